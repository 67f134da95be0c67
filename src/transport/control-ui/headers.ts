/** Header names as the reference writes them. */
export type Headers = Readonly<Record<string, string>>;

const DIRECTIVES_BEFORE = [
  "default-src 'self'",
  "base-uri 'none'",
  "object-src 'none'",
  "frame-ancestors 'none'",
  "frame-src 'self' http: https:",
];
const DIRECTIVES_AFTER = [
  "style-src 'self' 'unsafe-inline' https://fonts.googleapis.com",
  "img-src 'self' data: blob: https:",
  "media-src 'self' data: blob:",
  "font-src 'self' https://fonts.gstatic.com",
  "worker-src 'self'",
];
const CONNECT_SOURCES = "'self' ws: wss: data: https://api.openai.com https://tweakcn.com";

/** What every answer of the hosted web surface carries. */
export function surfaceHeaders(): Headers {
  return securityHeaders(policy("script-src 'self'", CONNECT_SOURCES));
}

/**
 * The same for the page itself: its inline scripts are allowed by hash, and so are other ports of the host that
 * the page came from, where the reference serves sandboxed apps.
 */
export function pageHeaders(scriptHashes: readonly string[], hostHeader: string | undefined): Headers {
  const scripts = ["script-src 'self'", ...scriptHashes, "'wasm-unsafe-eval'"].join(" ");
  const host = hostOnly(hostHeader);
  const siblings = host === undefined ? "" : ` http://${host}:* https://${host}:*`;
  return securityHeaders(policy(scripts, CONNECT_SOURCES + siblings));
}

function policy(scripts: string, connect: string): string {
  return [...DIRECTIVES_BEFORE, scripts, ...DIRECTIVES_AFTER, `connect-src ${connect}`].join("; ");
}

function securityHeaders(contentSecurityPolicy: string): Headers {
  return {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(self), microphone=*, geolocation=*, clipboard-write=*",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": contentSecurityPolicy,
  };
}

/** The host without its port, or undefined for anything that could smuggle a directive into the policy. */
function hostOnly(hostHeader: string | undefined): string | undefined {
  const match = /^([A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\])(?::\d{1,5})?$/.exec(hostHeader ?? "");
  return match?.[1];
}
