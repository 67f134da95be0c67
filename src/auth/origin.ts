import { BlockList, isIP } from "node:net";

export type OriginProblem = "origin missing or invalid" | "origin not allowed";

export interface OriginRules {
  readonly allowedOrigins: readonly string[];
  readonly mayMatchHostHeader: boolean;
}

export interface OriginRequest {
  readonly origin: string | undefined;
  readonly host: string | undefined;
  /** The socket comes from this machine. */
  readonly isLoopback: boolean;
}

/** Networks that no public name leads to: a page served from one of them cannot have been rebound there. */
const PRIVATE = new BlockList();
PRIVATE.addSubnet("10.0.0.0", 8);
PRIVATE.addSubnet("172.16.0.0", 12);
PRIVATE.addSubnet("192.168.0.0", 16);
PRIVATE.addSubnet("169.254.0.0", 16);
PRIVATE.addSubnet("100.64.0.0", 10);
PRIVATE.addSubnet("fc00::", 7, "ipv6");
PRIVATE.addSubnet("fe80::", 10, "ipv6");

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet("127.0.0.0", 8);
LOOPBACK.addAddress("::1", "ipv6");

/**
 * Whether a page may talk to this gateway: it is listed, it is served by this machine to this machine, or by the
 * very host it talks to as long as that host cannot be anybody's public name. Undefined means yes.
 */
export function originProblem(request: OriginRequest, rules: OriginRules): OriginProblem | undefined {
  const page = parseOrigin(request.origin);
  if (page === undefined) return "origin missing or invalid";
  const listed = rules.allowedOrigins.map((entry) => entry.trim().toLowerCase());
  if (listed.includes("*") || listed.includes(page.origin)) return undefined;
  if (request.isLoopback && isLoopbackHost(page.hostname)) return undefined;
  const isSameHost = page.host === request.host?.trim().toLowerCase();
  if (isSameHost && (rules.mayMatchHostHeader || isPrivateHost(page.hostname))) return undefined;
  return "origin not allowed";
}

interface Page {
  readonly origin: string;
  readonly host: string;
  readonly hostname: string;
}

function parseOrigin(text: string | undefined): Page | undefined {
  const trimmed = text?.trim();
  if (trimmed === undefined || trimmed === "" || trimmed === "null") return undefined;
  if (!URL.canParse(trimmed)) return undefined;
  const url = new URL(trimmed);
  if (url.host === "") return undefined;
  return {
    // `URL.origin` is "null" for schemes that browsers do not know, such as those of extensions.
    origin: `${url.protocol}//${url.host}`.toLowerCase(),
    host: url.host.toLowerCase(),
    hostname: url.hostname.toLowerCase().replace(/^\[|\]$/g, ""),
  };
}

function isLoopbackHost(hostname: string): boolean {
  if (hostname === "localhost") return true;
  const family = isIP(hostname);
  return family !== 0 && LOOPBACK.check(hostname, family === 6 ? "ipv6" : "ipv4");
}

function isPrivateHost(hostname: string): boolean {
  if (isLoopbackHost(hostname) || hostname.endsWith(".local") || hostname.endsWith(".ts.net")) return true;
  const family = isIP(hostname);
  return family !== 0 && PRIVATE.check(hostname, family === 6 ? "ipv6" : "ipv4");
}

/** An installed Chrome extension: its id is 32 letters from a to p. */
export function isExtensionOrigin(origin: string | undefined): boolean {
  return origin !== undefined && /^chrome-extension:\/\/[a-p]{32}$/.test(origin);
}
