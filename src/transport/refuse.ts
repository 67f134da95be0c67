import type { ServerResponse } from "node:http";
import type { Duplex } from "node:stream";

/** An HTTP answer that needs no route. */
export interface Refusal {
  readonly status: number;
  readonly reason: string;
  readonly contentType: string;
  readonly body: string;
}

/** What every answer carries, refusals included. */
export const SECURITY_HEADERS = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "permissions-policy": "camera=(), microphone=(self), geolocation=()",
} as const;

const TEXT = "text/plain; charset=utf-8";

export const TOO_MANY_SOCKETS: Refusal = {
  status: 503,
  reason: "Service Unavailable",
  contentType: TEXT,
  body: "Too many unauthenticated sockets",
};

export const PROXY_ATTRIBUTION_REQUIRED: Refusal = {
  status: 403,
  reason: "Forbidden",
  contentType: "application/json; charset=utf-8",
  body: JSON.stringify({
    error: {
      message:
        "Proxy client attribution is required. Configure gateway.trustedProxies narrowly and make the proxy overwrite or safely rebuild forwarded client headers.",
      type: "proxy_attribution_required",
    },
  }),
};

/** Answers an upgrade with plain HTTP and hangs up. */
export function refuseUpgrade(stream: Duplex, refusal: Refusal): void {
  const { status, reason, contentType, body } = refusal;
  stream.on("error", () => {});
  stream.end(
    [
      `HTTP/1.1 ${status} ${reason}`,
      "Connection: close",
      `Content-Type: ${contentType}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      "",
      body,
    ].join("\r\n"),
  );
}

export function refuseRequest(response: ServerResponse, refusal: Refusal): void {
  response.writeHead(refusal.status, {
    ...SECURITY_HEADERS,
    "content-type": refusal.contentType,
    "content-length": Buffer.byteLength(refusal.body),
  });
  response.end(refusal.body);
}
