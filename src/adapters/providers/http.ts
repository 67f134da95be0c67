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
    const response = await fetch(request.url, {
      method: "POST",
      headers: { "content-type": "application/json", ...request.headers },
      body: JSON.stringify(request.body),
      signal: AbortSignal.any([signal, silence.signal]),
      redirect: "error",
    });
    if (!response.ok || response.body === null) throw await refusalOf(response);
    yield* linesOf(response.body, heard);
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

async function* linesOf(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  heard: () => void,
): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of body) {
    heard();
    rest += decoder.decode(chunk, { stream: true });
    const lines = rest.split(/\r?\n/);
    rest = lines.pop() ?? "";
    if (rest.length > LINE_CHARS_MAX) throw new ProviderFailure("format", "a line of the answer is too long");
    yield* lines;
  }
  if (rest !== "") yield rest;
}

async function refusalOf(response: Response): Promise<ProviderFailure> {
  const text = (await response.text()).slice(0, ERROR_CHARS_MAX);
  const said = messageOf(parseJson(text)) ?? (text.trim() || response.statusText);
  return new ProviderFailure(reasonOf(response.status, said), said, {
    status: response.status,
    retryAfterMs: retryAfterMs(response.headers.get("retry-after")),
  });
}

/** `{ error: { message } }`, `{ error: "…" }` and `[{ error: … }]` are all in use. */
export function messageOf(document: unknown): string | undefined {
  const [first] = Array.isArray(document) ? (document as readonly unknown[]) : [document];
  const error = member(first, "error");
  const said = typeof error === "string" ? error : member(error, "message");
  return typeof said === "string" ? said : undefined;
}
