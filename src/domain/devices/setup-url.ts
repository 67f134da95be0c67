import { isIP } from "node:net";
import { invalidRequest } from "../../errors/protocol-error.ts";

/** Where a new device finds the gateway, and how far the way there can be trusted with a secret. */
export interface SetupUrl {
  readonly url: string;
  readonly source: string;
  readonly trust: "secure" | "private";
}

const INSECURE =
  "Tailscale and public mobile pairing require a secure gateway URL (wss://) or Tailscale Serve/Funnel. Resolved source: plugins.entries.device-pair.config.publicUrl. Fix: use a private LAN address, prefer gateway.tailscale.mode=serve, or set gateway.remote.url / plugins.entries.device-pair.config.publicUrl to a wss:// URL. ws:// is only valid for localhost, private LAN addresses, .local hosts, or the Android emulator.";
const INVALID = "Configured publicUrl is invalid.";

const SCHEMES: Readonly<Record<string, "ws" | "wss">> = {
  "http:": "ws",
  "ws:": "ws",
  "https:": "wss",
  "wss:": "wss",
};

/** Reads a URL that somebody typed. A bearer secret is not sent where anybody on the way could read it. */
export function readSetupUrl(text: string, source: string): SetupUrl {
  const given = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `ws://${text}`;
  const url = URL.parse(given);
  const scheme = SCHEMES[url?.protocol ?? ""];
  if (url === null || scheme === undefined || url.username !== "" || url.password !== "") {
    throw invalidRequest(INVALID);
  }
  const path = url.pathname === "/" ? "" : url.pathname;
  const host = url.hostname.toLowerCase().replace(/^\[|\]$/g, "");
  const isSecure = scheme === "wss" || isThisMachine(host);
  if (!isSecure && !isPrivate(host)) throw invalidRequest(INSECURE);
  return { url: `${scheme}://${url.host}${path}`, source, trust: isSecure ? "secure" : "private" };
}

export function isThisMachine(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(?:\.\d+){3}$/.test(host);
}

/** Addresses that no router passes on to the rest of the world, and names that only a local network knows. */
function isPrivate(host: string): boolean {
  if (host.endsWith(".local")) return true;
  if (isIP(host) === 6) return /^(?:fe[89ab]|f[cd])/.test(host);
  if (isIP(host) !== 4) return false;
  const [first = 0, second = 0] = host.split(".").map(Number);
  if (first === 10 || (first === 192 && second === 168) || (first === 169 && second === 254)) return true;
  return first === 172 && second >= 16 && second < 32;
}
