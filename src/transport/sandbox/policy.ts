import { parseJson } from "../../platform/json.ts";

/** Sources that a page may ask for: whole schemes that carry nothing of ours, and origins of the web. */
const SOURCE = /^(?:https:|blob:|data:|(?:https|wss):\/\/[a-z0-9*.-]+(?::\d+)?)$/i;

/** The policy under which a page runs, from what its address asks for; what is no source is left out. */
export function sandboxPolicy(csp: string | null): string {
  const asked = parse(csp);
  const sources = (key: string): string =>
    list(asked[key])
      .filter((source) => SOURCE.test(source))
      .map((source) => ` ${source}`)
      .join("");
  const resources = sources("resourceDomains");
  const connect = sources("connectDomains");
  return [
    "default-src 'none'",
    `script-src 'self' 'unsafe-inline'${resources}`,
    `style-src 'self' 'unsafe-inline'${resources}`,
    `img-src 'self' data:${resources}${sources("mediaDomains")}`,
    `media-src 'self' data:${resources}${sources("mediaDomains")}`,
    `font-src 'self'${resources}`,
    `connect-src ${connect === "" ? "'none'" : connect.trim()}`,
    "webrtc 'block'",
    "frame-src 'none'",
    "base-uri 'self'",
    "object-src 'none'",
    "form-action 'none'",
    "frame-ancestors http: https:",
  ].join("; ");
}

function parse(csp: string | null): Readonly<Record<string, unknown>> {
  const value = parseJson(Buffer.from(csp ?? "", "base64url").toString("utf8"));
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function list(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
