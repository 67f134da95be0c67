import { WebSocket } from "ws";
import { PROTOCOL_VERSION } from "../../schemas/reference.ts";
import type { Clock } from "../platform/clock.ts";
import { parseJson } from "../platform/json.ts";
import { packageVersion } from "./version.ts";

export interface ClientOptions {
  readonly url: string;
  readonly token?: string;
  readonly password?: string;
  readonly timeoutMs: number;
  readonly clock: Clock;
}

/** The gateway refused, in its own words. */
export class CallError extends Error {
  override readonly name = "CallError";
  readonly code: string;
  readonly details: unknown;

  constructor(code: string, message: string, details?: unknown) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

interface Frame {
  readonly type?: string;
  readonly id?: string;
  readonly event?: string;
  readonly ok?: boolean;
  readonly payload?: unknown;
  readonly error?: { readonly code?: string; readonly message?: string; readonly details?: unknown };
}

export interface Client extends AsyncDisposable {
  /** The payload of `hello-ok`. */
  readonly hello: Readonly<Record<string, unknown>>;
  /** With `isFinal`, an answer that only says `accepted` is not the end. */
  call(method: string, params: unknown, options?: { readonly isFinal?: boolean }): Promise<unknown>;
}

const SCOPES = [
  "operator.admin",
  "operator.read",
  "operator.write",
  "operator.approvals",
  "operator.pairing",
  "operator.questions",
];
const FRAME_BYTES_MAX = 26_214_400;

interface Waiting {
  readonly isFinal: boolean;
  resolve(value: unknown): void;
  reject(reason: Error): void;
}

/** Connects as a command-line client and shakes hands. */
export async function connect(options: ClientOptions): Promise<Client> {
  const socket = new WebSocket(options.url, {
    maxPayload: FRAME_BYTES_MAX,
    handshakeTimeout: options.timeoutMs,
  });
  const waiting = new Map<string, Waiting>();
  const end = Promise.withResolvers<never>();
  end.promise.catch(() => {});
  let lastId = 0;

  const send = (method: string, params: unknown, isFinal: boolean): Promise<unknown> => {
    const id = `c${++lastId}`;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    waiting.set(id, { isFinal, resolve, reject });
    socket.send(JSON.stringify({ type: "req", id, method, params }));
    return withDeadline(Promise.race([promise, end.promise]), method);
  };
  const withDeadline = async (answer: Promise<unknown>, what: string): Promise<unknown> => {
    const late = Promise.withResolvers<never>();
    const timer = options.clock.after(options.timeoutMs, () =>
      late.reject(new CallError("TIMEOUT", `no answer to ${what} within ${options.timeoutMs} ms`)),
    );
    try {
      return await Promise.race([answer, late.promise]);
    } finally {
      timer.cancel();
    }
  };

  const challenged = Promise.withResolvers<unknown>();
  socket.on("message", (data: Buffer) => {
    const frame = decode(data);
    if (frame.event === "connect.challenge") challenged.resolve(frame.payload);
    const entry = frame.type === "res" && frame.id !== undefined ? waiting.get(frame.id) : undefined;
    if (entry === undefined || frame.id === undefined) return;
    if (entry.isFinal && frame.ok === true && isAccepted(frame.payload)) return;
    waiting.delete(frame.id);
    if (frame.ok === true) entry.resolve(frame.payload);
    else entry.reject(errorOf(frame));
  });
  socket.on("error", (error) =>
    end.reject(new CallError("UNREACHABLE", `${options.url}: ${describe(error)}`)),
  );
  socket.on("close", (code, reason) =>
    end.reject(
      new CallError("CLOSED", `the gateway closed the connection: ${code} ${reason.toString()}`.trim()),
    ),
  );
  try {
    await withDeadline(Promise.race([challenged.promise, end.promise]), "the connection");
    const hello = await send("connect", connectParams(options), false);
    return {
      // A successful `connect` is answered with an object.
      hello: (hello ?? {}) as Record<string, unknown>,
      call: (method, params, how) => send(method, params, how?.isFinal === true),
      async [Symbol.asyncDispose]() {
        socket.removeAllListeners();
        socket.on("error", () => {});
        socket.close();
        options.clock.after(100, () => socket.terminate());
      },
    };
  } catch (error) {
    socket.removeAllListeners();
    socket.on("error", () => {});
    socket.terminate();
    throw error;
  }
}

function connectParams(options: ClientOptions): Record<string, unknown> {
  const { token, password } = options;
  return {
    minProtocol: PROTOCOL_VERSION,
    maxProtocol: PROTOCOL_VERSION,
    client: { id: "gateway-client", version: packageVersion(), platform: process.platform, mode: "backend" },
    role: "operator",
    scopes: SCOPES,
    caps: [],
    auth: {
      ...(token === undefined ? {} : { token }),
      ...(password === undefined ? {} : { password }),
    },
  };
}

function decode(data: Buffer): Frame {
  const frame = parseJson(data.toString("utf8"));
  // Members are looked at one by one; a gateway that sends something else is not answered.
  return typeof frame === "object" && frame !== null ? (frame as Frame) : {};
}

function isAccepted(payload: unknown): boolean {
  return (
    typeof payload === "object" && payload !== null && "status" in payload && payload.status === "accepted"
  );
}

function errorOf(frame: Frame): CallError {
  const { code = "UNKNOWN", message = "the gateway gave no reason", details } = frame.error ?? {};
  return new CallError(code, message, details);
}

function describe(error: Error): string {
  const code = "code" in error ? String(error.code) : "";
  if (code === "ECONNREFUSED") return "nothing is listening there (connection refused)";
  return error.message === "" ? code : error.message;
}
