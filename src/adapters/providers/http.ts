import type { IncomingMessage } from "node:http";
import { ProviderFailure } from "../../domain/runs/index.ts";
import type { Timer } from "../../platform/clock.ts";
import { parseJson } from "../../platform/json.ts";
import { brokenConnection, reasonOf, retryAfterMs } from "./failures.ts";
import { member } from "./foreign.ts";
import type { ProviderOptions } from "./options.ts";

export interface StreamRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Characters of an error document that are read; the rest says nothing that a person would read. */
const ERROR_CHARS_MAX = 64_000;
/** Characters that a line of a stream may have: pictures and long arguments come in one. */
const LINE_CHARS_MAX = 16_000_000;

/**
 * Asks a service over plain HTTP and hands on its answer line by line. A status that is no success, a connection that
 * breaks and a silence that lasts too long become a `ProviderFailure`; an abort stays what it is.
 */
export async function* postForLines(
  request: StreamRequest,
  options: ProviderOptions,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const silence = new AbortController();
  const seconds = options.settings()?.timeoutSeconds;
  const idleMs = seconds === undefined ? options.idleTimeoutMs : seconds * 1_000;
  let timer: Timer | undefined;
  const heard = () => {
    timer?.cancel();
    timer = options.clock.after(idleMs, () => silence.abort(new Error(`silent for ${idleMs} ms`)));
  };
  heard();
  try {
    const response = await post(request, AbortSignal.any([signal, silence.signal]));
    if (!isSuccess(response)) throw await refusalOf(response);
    yield* linesOf(response, heard);
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof ProviderFailure ? error : brokenConnection(error);
  } finally {
    timer?.cancel();
  }
}

/** The data of server-sent events, one JSON value after another; lines that are none of that are passed over. */
export async function* postForEvents(
  request: StreamRequest,
  options: ProviderOptions,
  signal: AbortSignal,
): AsyncGenerator<unknown> {
  for await (const line of postForLines(request, options, signal)) {
    if (!line.startsWith("data:")) continue;
    const value = parseJson(line.slice("data:".length));
    if (value !== undefined) yield value;
  }
}

/**
 * Resolves with the head of the answer. Node's own client keeps connections open between calls; `fetch` would do that
 * as well, for several times the work.
 */
function post({ url, headers, body }: StreamRequest, signal: AbortSignal): Promise<IncomingMessage> {
  // Imported as a module, node:http would load undici as well, for exports that nobody asks for.
  const { request } = process.getBuiltinModule(url.startsWith("https:") ? "node:https" : "node:http");
  const bytes = Buffer.from(JSON.stringify(body));
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const own = { accept: "*/*", "content-type": "application/json", "content-length": bytes.length };
  let isAnswered = false;
  const sent = request(url, { method: "POST", headers: { ...own, ...headers }, signal }, (response) => {
    isAnswered = true;
    resolve(response);
  });
  sent.on("error", (error) => {
    // A service may close a connection that waits for the next call at the very moment of that call.
    const isStale = sent.reusedSocket && !isAnswered && !signal.aborted;
    if (isStale && Reflect.get(error, "code") === "ECONNRESET") resolve(post({ url, headers, body }, signal));
    else reject(error);
  });
  sent.end(bytes);
  return promise;
}

function isSuccess({ statusCode = 0 }: IncomingMessage): boolean {
  return statusCode >= 200 && statusCode < 300;
}

async function* linesOf(body: IncomingMessage, heard: () => void): AsyncGenerator<string> {
  let rest = "";
  for await (const text of textsOf(body)) {
    heard();
    const lines = (rest + text).split(/\r?\n/);
    rest = lines.pop() ?? "";
    if (rest.length > LINE_CHARS_MAX) throw new ProviderFailure("format", "a line of the answer is too long");
    yield* lines;
  }
  if (rest !== "") yield rest;
}

/** With an encoding set, a message is read as texts, none of which ends in the middle of a letter. */
function textsOf(body: IncomingMessage): AsyncIterable<string> {
  return body.setEncoding("utf8");
}

async function refusalOf(response: IncomingMessage): Promise<ProviderFailure> {
  const { statusCode: status, statusMessage = "", headers } = response;
  let text = "";
  for await (const part of textsOf(response)) {
    text += part;
    if (text.length >= ERROR_CHARS_MAX) break;
  }
  const said = messageOf(parseJson(text)) ?? (text.trim() || statusMessage);
  return new ProviderFailure(reasonOf(status, said), said, {
    status,
    retryAfterMs: retryAfterMs(headers["retry-after"]),
  });
}

/** `{ error: { message } }`, `{ error: "…" }` and `[{ error: … }]` are all in use. */
export function messageOf(document: unknown): string | undefined {
  const [first] = Array.isArray(document) ? (document as readonly unknown[]) : [document];
  const error = member(first, "error");
  const said = typeof error === "string" ? error : member(error, "message");
  return typeof said === "string" ? said : undefined;
}
