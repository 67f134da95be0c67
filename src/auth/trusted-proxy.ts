import type { Peer } from "./admission.ts";

export interface TrustedProxySettings {
  readonly userHeader: string;
  readonly requiredHeaders?: readonly string[];
  readonly allowUsers?: readonly string[];
}

export type ProxyCheck =
  | { readonly ok: true; readonly user: string }
  | {
      readonly ok: false;
      readonly reason:
        | "trusted_proxy_untrusted_source"
        | "trusted_proxy_user_missing"
        | "trusted_proxy_user_not_allowed";
    };

/** Reads who the proxy says this is. The header counts only when the request came through a trusted proxy. */
export function checkTrustedProxy(settings: TrustedProxySettings | undefined, peer: Peer): ProxyCheck {
  if (settings === undefined) return { ok: false, reason: "trusted_proxy_untrusted_source" };
  const user = headerOf(peer, settings.userHeader);
  // A request of this machine that no proxy forwarded names nobody.
  if (!peer.isProxied || user === "") return { ok: false, reason: "trusted_proxy_user_missing" };
  const isComplete = (settings.requiredHeaders ?? []).every((header) => headerOf(peer, header) !== "");
  if (!isComplete) return { ok: false, reason: "trusted_proxy_untrusted_source" };
  const allowed = settings.allowUsers ?? [];
  if (allowed.length > 0 && !allowed.some((name) => isSameUser(name, user))) {
    return { ok: false, reason: "trusted_proxy_user_not_allowed" };
  }
  return { ok: true, user };
}

function headerOf(peer: Peer, name: string): string {
  return peer.headers[name.toLowerCase()]?.trim() ?? "";
}

/** Mail addresses differ by their letters' case only in writing; other names are exact. */
function isSameUser(left: string, right: string): boolean {
  if (left.includes("@")) return left.toLowerCase() === right.toLowerCase();
  return left === right;
}
