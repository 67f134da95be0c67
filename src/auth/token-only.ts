import type { ConnectParams } from "../../schemas/handshake.ts";
import type { ConfigSource } from "../domain/config/index.ts";
import type { Admission, Authenticator } from "./admission.ts";

/** Admits whoever knows the shared token. Stands in until device identity and the other modes are there. */
export function createTokenAuthenticator(config: ConfigSource): Authenticator<ConnectParams> {
  return {
    admit(params): Promise<Admission> {
      const { mode, token } = config.current().gateway.auth;
      const role = params.role === "node" ? "node" : "operator";
      const scopes = params.scopes ?? [];
      if (mode !== "none" && params.auth?.token !== token) {
        const message = "unauthorized: gateway token mismatch (provide gateway auth token)";
        return Promise.resolve({
          kind: "refused",
          error: { code: "INVALID_REQUEST", message },
          close: { code: 1008, reason: message },
          delayMs: 0,
        });
      }
      return Promise.resolve({
        kind: "accepted",
        role,
        scopes,
        method: "token",
        auth: { method: "token", role, scopes },
      });
    },
  };
}
