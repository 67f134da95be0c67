import { checkSharedSecret } from "../auth/shared-secret.ts";
import { checkTrustedProxy } from "../auth/trusted-proxy.ts";
import type { ConfigSource } from "../domain/config/index.ts";
import type { Exchange } from "../transport/exchange.ts";
import { unauthorized } from "./answers.ts";

/** Who asks: a request of the HTTP API carries its own proof, every time. */
export interface Requester {
  readonly scopes: readonly string[];
  readonly isOwner: boolean;
}

const ADMIN = "operator.admin";

/** What the gateway's secret opens, whatever narrower scopes a request names. */
const ALL_SCOPES = [
  ADMIN,
  "operator.approvals",
  "operator.pairing",
  "operator.read",
  "operator.talk.secrets",
  "operator.write",
];

/** The one who asks, or undefined when the request was refused. */
export function authorize(exchange: Exchange, config: ConfigSource): Requester | undefined {
  const requester = requesterOf(exchange, config);
  if (requester === undefined) unauthorized(exchange);
  return requester;
}

function requesterOf(exchange: Exchange, config: ConfigSource): Requester | undefined {
  const { auth } = config.current().gateway;
  if (auth.mode === "token" || auth.mode === "password") {
    const secret = bearerOf(exchange);
    if (secret === undefined || !checkSharedSecret(auth, { [auth.mode]: secret }).ok) return undefined;
    return { scopes: ALL_SCOPES, isOwner: true };
  }
  if (auth.mode === "trusted-proxy" && !checkTrustedProxy(auth.trustedProxy, exchange.peer).ok)
    return undefined;
  // An open gateway is for this machine; whoever comes over a network has to be let in by somebody.
  if (auth.mode === "none" && !exchange.peer.isLoopback) return undefined;
  const named = exchange.headers["x-openclaw-scopes"];
  const scopes = named === undefined ? ALL_SCOPES : named.split(/[\s,]+/).filter((scope) => scope !== "");
  return { scopes, isOwner: scopes.includes(ADMIN) };
}

export function bearerOf({ headers }: Pick<Exchange, "headers">): string | undefined {
  const secret = /^Bearer\s+(.+)$/i.exec(headers["authorization"] ?? "")?.[1]?.trim();
  return secret === "" ? undefined : secret;
}
