import type { HttpRoute } from "./manifest.ts";
import type { Target } from "./wire.ts";

/** Every path that the docs name or that a client was seen to ask for; the answers are the gateway's. */
const CANDIDATES: readonly (readonly [method: string, path: string])[] = [
  ["GET", "/health"],
  ["HEAD", "/health"],
  ["POST", "/health"],
  ["GET", "/healthz"],
  ["GET", "/ready"],
  ["GET", "/readyz"],
  ["POST", "/readyz"],
  ["GET", "/startupz"],
  ["GET", "/"],
  ["HEAD", "/"],
  ["POST", "/"],
  ["GET", "/chat/main"],
  ["GET", "/settings/connection"],
  ["GET", "/no-such-page"],
  ["GET", "/no-such-file.json"],
  ["GET", "/assets/no-such-file.js"],
  ["GET", "/control-ui-config.json"],
  ["GET", "/sw.js"],
  ["GET", "/manifest.webmanifest"],
  ["GET", "/favicon.ico"],
  ["GET", "/favicon.svg"],
  ["GET", "/avatar/main"],
  ["GET", "/api/users/gateway-owner/avatar"],
  ["GET", "/api/no-such-route"],
  ["GET", "/api/artifacts/download/no-such-artifact"],
  ["GET", "/api/chat/media/outgoing/no-such-media"],
  ["GET", "/api/nodes/watch/no-such-node"],
  ["GET", "/api/diagnostics/prometheus"],
  ["POST", "/api/channels/no-such-channel"],
  ["GET", "/plugins/no-such-plugin"],
  ["GET", "/__openclaw__/assistant-media?source=x&meta=1"],
  ["GET", "/__openclaw__/plugin-icon/no-such-plugin"],
  ["GET", "/__openclaw__/canvas/"],
  ["GET", "/__openclaw__/a2ui"],
  ["GET", "/__openclaw__/cap/no-such-ticket/"],
  ["GET", "/__openclaw__/mcp-app"],
  ["GET", "/__openclaw__/board/no-such-board"],
  ["GET", "/sessions/main/history"],
  ["POST", "/sessions/main/kill"],
  ["GET", "/tools/invoke"],
  ["POST", "/tools/invoke"],
  ["GET", "/v1/models"],
  ["POST", "/v1/chat/completions"],
  ["POST", "/v1/responses"],
  ["POST", "/v1/embeddings"],
  ["POST", "/hooks/wake"],
  ["POST", "/hooks/agent"],
  ["GET", "/mcp"],
  ["GET", "/metrics"],
  ["GET", "/.well-known/agent-card.json"],
];

export async function probeHttpRoutes(target: Target): Promise<readonly HttpRoute[]> {
  const origin = target.url.replace(/^ws/, "http");
  const routes: HttpRoute[] = [];
  for (const [method, path] of CANDIDATES) {
    const bare = await fetch(origin + path, { method, redirect: "manual" });
    await bare.arrayBuffer();
    const authorization = `Bearer ${target.token}`;
    const held = await fetch(origin + path, { method, redirect: "manual", headers: { authorization } });
    await held.arrayBuffer();
    const type = held.headers.get("content-type") ?? "";
    routes.push({ method, path, status: bare.status, withToken: held.status, type });
  }
  return routes;
}
