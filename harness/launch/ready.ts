import WebSocket from "ws";
import { delay, TimedOut, within } from "./bounded.ts";
import { PASSWORD, TOKEN } from "./secrets.ts";

const PROBE_MS = 5000;
const PAUSE_MS = 40;

const CONNECT = {
  type: "req",
  id: "ready",
  method: "connect",
  params: {
    minProtocol: 4,
    maxProtocol: 4,
    client: { id: "gateway-client", version: "1.0.0", platform: "linux", mode: "backend" },
    role: "operator",
    scopes: ["operator.read"],
    caps: [],
    auth: { token: TOKEN, password: PASSWORD },
  },
};

function isFinalAnswer(frame: unknown): boolean {
  if (typeof frame !== "object" || frame === null || Reflect.get(frame, "id") !== "ready") return false;
  if (Reflect.get(frame, "ok") === true) return true;
  const error: unknown = Reflect.get(frame, "error");
  const code: unknown = typeof error === "object" && error !== null ? Reflect.get(error, "code") : undefined;
  return code !== "UNAVAILABLE";
}

/** One try: true when the gateway answered the handshake for good, with hello-ok or with a refusal. */
function probe(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url);
    const timer = setTimeout(() => finish(false), PROBE_MS);
    const finish = (answered: boolean): void => {
      clearTimeout(timer);
      socket.removeAllListeners();
      socket.on("error", () => undefined);
      socket.close();
      resolve(answered);
    };
    socket.once("error", () => finish(false));
    socket.once("close", () => finish(false));
    socket.once("unexpected-response", () => finish(true));
    socket.on("message", (data: Buffer) => {
      let frame: unknown;
      try {
        frame = JSON.parse(data.toString("utf8"));
      } catch {
        return finish(true);
      }
      if (
        typeof frame === "object" &&
        frame !== null &&
        Reflect.get(frame, "event") === "connect.challenge"
      ) {
        socket.send(JSON.stringify(CONNECT));
      } else if (typeof frame === "object" && frame !== null && Reflect.get(frame, "id") === "ready") {
        finish(isFinalAnswer(frame));
      }
      return undefined;
    });
  });
}

/** Waits for a protocol-level answer. `gone` ends the wait: the process has exited. */
export async function waitUntilReady(url: string, timeoutMs: number, gone: Promise<string>): Promise<void> {
  let stopped = false;
  const polling = async (): Promise<void> => {
    while (!stopped) {
      if (await probe(url)) return;
      await delay(PAUSE_MS);
    }
  };
  const exit = gone.then((reason) => {
    throw new Error(reason);
  });
  try {
    await within(Promise.race([polling(), exit]), timeoutMs, `${url} is not ready`);
  } catch (error) {
    if (error instanceof TimedOut) throw new Error(error.message, { cause: error });
    throw error;
  } finally {
    stopped = true;
  }
}
