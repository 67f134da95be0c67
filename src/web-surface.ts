import path from "node:path";
import { REFERENCE_VERSION } from "../schemas/reference.ts";
import type { ConfigSource } from "./domain/config/index.ts";
import { createControlUi, type WebAnswer, type WebRequest } from "./transport/control-ui/index.ts";

export interface WebSurfaceParts {
  readonly config: ConfigSource;
  readonly uptimeMs: () => number;
  readonly connections: () => number;
  readonly isAuthorized: (bearer: string | undefined) => boolean;
  /** The value of PATH, where an installed reference is looked for. */
  readonly searchPath: string;
}

/** The hosted Control UI as this gateway's configuration wants it; undefined when it is turned off. */
export function composeWebSurface(
  parts: WebSurfaceParts,
): ((request: WebRequest) => Promise<WebAnswer | undefined>) | undefined {
  const { controlUi } = parts.config.current().gateway;
  if (!controlUi.enabled) return undefined;
  const surface = createControlUi({
    basePath: controlUi.basePath,
    isTerminalEnabled: false,
    search: {
      ...(controlUi.root === undefined ? {} : { configured: controlUi.root }),
      path: parts.searchPath,
      besides: [path.dirname(parts.config.path)],
    },
    isAuthorized: (request) => Promise.resolve(parts.isAuthorized(bearerOf(request))),
    bootConfig: () => ({ serverVersion: REFERENCE_VERSION, embedSandbox: controlUi.embedSandbox }),
    state: () => ({
      version: REFERENCE_VERSION,
      connections: parts.connections(),
      uptimeMs: parts.uptimeMs(),
    }),
  });
  return (request) => surface.handle(request);
}

function bearerOf(request: WebRequest): string | undefined {
  return /^Bearer\s+(.+)$/i.exec(request.headers["authorization"] ?? "")?.[1]?.trim();
}
