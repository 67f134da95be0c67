import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { BlockList, isIP } from "node:net";
import type { Peer } from "../auth/admission.ts";

/** What the configuration says about proxies in front of the gateway. */
export interface ProxyTrust {
  readonly trustedProxies: readonly string[];
  readonly allowRealIpFallback: boolean;
}

/** Headers that only a proxy writes. Whoever sends one says that it speaks for somebody else. */
const PROXY_HEADERS = [
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-port",
  "x-forwarded-proto",
  "x-real-ip",
  "tailscale-user-login",
] as const;

/**
 * The client behind a request, or undefined when a proxy speaks for somebody and cannot be believed: its address is
 * not trusted, or it does not say for whom, or for this very machine.
 */
export function peerOf(request: IncomingMessage, trust: ProxyTrust): Peer | undefined {
  const source = plainAddress(request.socket.remoteAddress ?? "");
  const headers = flatten(request.headers);
  if (!PROXY_HEADERS.some((name) => headers[name] !== undefined)) {
    return { address: source, isLoopback: isLoopback(source), headers, isProxied: false };
  }
  const trusted = listOf(trust.trustedProxies);
  if (!contains(trusted, source)) return undefined;
  const address = forwardedAddress(headers, trusted, trust);
  if (address === undefined || isLoopback(address)) return undefined;
  return { address, isLoopback: false, headers, isProxied: true };
}

/** The rightmost address that is not one of our proxies: everything left of it may have been made up. */
function forwardedAddress(
  headers: Peer["headers"],
  trusted: BlockList,
  trust: ProxyTrust,
): string | undefined {
  const chain = headers["x-forwarded-for"]?.split(",").map((hop) => plainAddress(hop.trim()));
  if (chain === undefined) {
    const real = plainAddress(headers["x-real-ip"]?.trim() ?? "");
    return trust.allowRealIpFallback && isIP(real) !== 0 ? real : undefined;
  }
  for (const hop of chain.toReversed()) {
    if (isIP(hop) === 0) return undefined;
    if (!contains(trusted, hop)) return hop;
  }
  return undefined;
}

function flatten(headers: IncomingHttpHeaders): Peer["headers"] {
  const flat: Record<string, string | undefined> = {};
  for (const name in headers) {
    const value = headers[name];
    flat[name] = Array.isArray(value) ? value.join(", ") : value;
  }
  return flat;
}

/** IPv4 addresses that came over an IPv6 socket lose the prefix; ports and brackets of a header go too. */
function plainAddress(address: string): string {
  const bracketed = /^\[([^\]]+)\](?::\d+)?$/.exec(address)?.[1];
  const bare = bracketed ?? address.replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, "$1");
  return bare.replace(/^::ffff:(?=\d+\.)/i, "");
}

export function isLoopback(address: string): boolean {
  return address === "::1" || address.startsWith("127.");
}

/** Addresses and CIDR ranges; what is neither is left out, which trusts less and never more. */
function listOf(entries: readonly string[]): BlockList {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = "", prefix] = entry.trim().split("/");
    const family = isIP(address) === 6 ? "ipv6" : "ipv4";
    if (isIP(address) === 0) continue;
    const bits = Number(prefix);
    if (prefix === undefined) list.addAddress(address, family);
    else if (Number.isInteger(bits) && bits >= 0 && bits <= (family === "ipv6" ? 128 : 32)) {
      list.addSubnet(address, bits, family);
    }
  }
  return list;
}

function contains(list: BlockList, address: string): boolean {
  const family = isIP(address);
  return family !== 0 && list.check(address, family === 6 ? "ipv6" : "ipv4");
}
