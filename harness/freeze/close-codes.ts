import { once } from "node:events";
import { WebSocket } from "ws";
import type { CloseCode } from "./manifest.ts";
import type { Target } from "./wire.ts";

/** How to make a gateway hang up before anything else can happen. What it says then is what is frozen. */
type Provocation = readonly [when: string, act: (socket: WebSocket, token: string) => void];

const request = (method: string, params: unknown): string =>
  JSON.stringify({ type: "req", id: "c", method, params });

function connect(overrides: Readonly<Record<string, unknown>>, token: string): string {
  const client = { id: "gateway-client", version: "1", platform: "linux", mode: "backend" };
  const params = { minProtocol: 4, maxProtocol: 4, client, role: "operator", scopes: [], auth: { token } };
  return request("connect", { ...params, ...overrides });
}

const PROVOCATIONS: readonly Provocation[] = [
  ["the first frame is not JSON", (socket) => socket.send("hello")],
  ["the first frame is no request", (socket) => socket.send('{"type":"event","event":"x"}')],
  ["the first request is not connect", (socket) => socket.send(request("health", {}))],
  ["connect params are invalid", (socket) => socket.send(request("connect", {}))],
  ["a pre-auth frame is too large", (socket) => socket.send("x".repeat(65_537))],
  [
    "no protocol version in common",
    (socket, token) => socket.send(connect({ minProtocol: 9, maxProtocol: 9 }, token)),
  ],
  ["the role is unknown", (socket, token) => socket.send(connect({ role: "bogus" }, token))],
  ["the token is wrong", (socket) => socket.send(connect({ auth: { token: "not-the-token" } }, ""))],
  ["no credentials", (socket) => socket.send(connect({ auth: {} }, ""))],
  ["no connect within the handshake time", () => undefined],
];

/** Seen in flows that a probe of a second cannot make: shutdown, start-up, role errors in a row. */
const SEEN_ELSEWHERE: readonly CloseCode[] = [
  { code: 1008, reason: "repeated unauthorized calls", when: "eleven role errors in a row" },
  { code: 1009, reason: "", when: "an authenticated frame is larger than policy.maxPayload" },
  { code: 1012, reason: "service restart", when: "the gateway stops" },
  { code: 1013, reason: "gateway starting", when: "connect before the gateway is ready" },
];

export async function probeCloseCodes(target: Target): Promise<readonly CloseCode[]> {
  const seen = await Promise.all(PROVOCATIONS.map((provocation) => provoke(target, provocation)));
  return [...seen, ...SEEN_ELSEWHERE];
}

async function provoke(target: Target, [when, act]: Provocation): Promise<CloseCode> {
  const socket = new WebSocket(target.url, { perMessageDeflate: false });
  await once(socket, "message"); // the challenge
  act(socket, target.token);
  const [code, reason] = (await once(socket, "close")) as [number, Buffer]; // ws documents this pair
  return { code, reason: reason.toString(), when };
}
