import type { Exporters } from "./exporters.ts";
import type { ApiParts } from "./http-api/index.ts";
import type { WebRequest } from "./transport/control-ui/index.ts";
import type { Http, HttpOptions } from "./transport/http.ts";
import type { HttpHandler } from "./transport/listen.ts";
import type { WebSurfaceParts } from "./web-surface.ts";

/** The routes and the web surface load with the first plain request: most gateways see none for hours. */
export function lazyHttp(
  options: HttpOptions,
  web: WebSurfaceParts & ApiParts,
  exporters: Exporters | undefined,
): HttpHandler {
  let pending: Promise<Http> | undefined;
  const load = async (): Promise<Http> => {
    const [{ createHttp }, { composeWebSurface }, { createHttpApi }] = await Promise.all([
      import("./transport/http.ts"),
      import("./web-surface.ts"),
      import("./http-api/index.ts"),
    ]);
    const surface = composeWebSurface(web);
    const api = createHttpApi(web);
    const handle = async (request: WebRequest) =>
      (await exporters?.handle(request)) ?? (await surface?.(request));
    return createHttp({ ...options, api, web: handle });
  };
  return (request, response, peer) => {
    pending ??= load();
    pending.then(
      (http) => http.handle(request, response, peer),
      () => response.writeHead(500).end(),
    );
  };
}
