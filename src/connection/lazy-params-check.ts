import type { ConnectionDeps } from "./connection.ts";

/** Loaded with the first connection, so that listening does not wait for it. */
export function lazyParamsCheck(): ConnectionDeps["checkParams"] {
  let pending: Promise<(params: unknown) => string | undefined> | undefined;
  return async (params) => {
    pending ??= import("./connect-params.ts").then((module) => module.compileConnectParams());
    return (await pending)(params);
  };
}
