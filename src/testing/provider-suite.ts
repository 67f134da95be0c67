import { readFile } from "node:fs/promises";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { expect, test } from "vitest";
import type { ProviderOptions } from "../adapters/providers/options.ts";
import { OFFLINE_ECHO } from "../domain/models/index.ts";
import type { PromptMessage, Provider, ProviderEvent, ProviderRequest } from "../domain/runs/index.ts";
import type { Ids } from "../platform/ids.ts";
import { createTestClock, type TestClock } from "./clock.ts";

export interface ProviderSuite {
  readonly api: string;
  /** The adapter's own folder, with the recorded answers of a service in `__fixtures__`. */
  readonly folder: string;
  readonly make: (options: ProviderOptions & { readonly ids: Ids }) => Provider;
  /** What its services do not do: tell thoughts, or say what they call an answer. */
  readonly lacks?: readonly ("thinking" | "responseId" | "callId")[];
}

/** What one call asked the service for. */
export interface Asked {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly text: string;
  /** The connection stays open and nothing more comes. */
  readonly isSilent?: boolean;
}

const CONVERSATION: readonly PromptMessage[] = [
  { role: "user", text: "see", images: [{ mimeType: "image/png", base64: "AA==" }] },
  {
    role: "assistant",
    text: "Let me look.",
    toolCalls: [{ id: "call_1", name: "read", arguments: { path: "a.txt" } }],
  },
  { role: "tool", callId: "call_1", name: "read", text: "content" },
];

export const conversation = (api: string, more: Partial<ProviderRequest> = {}): ProviderRequest => ({
  model: { ...OFFLINE_ECHO, provider: "fake", id: "mock-1", api, maxTokens: 4_096, input: ["text", "image"] },
  system: "be brief",
  messages: CONVERSATION,
  tools: [{ name: "read", description: "reads", parameters: { type: "object" } }],
  thinking: "off",
  ...more,
});

/** A service on a port of its own that gives every call the same reply and remembers what it was asked. */
export async function openService(suite: ProviderSuite, reply: Reply) {
  const asked: Asked[] = [];
  const server = createServer((incoming, outgoing) => {
    let text = "";
    incoming.on("data", (chunk: Buffer) => {
      text += chunk.toString();
    });
    incoming.on("end", () => {
      asked.push({ path: incoming.url ?? "", headers: incoming.headers, body: JSON.parse(text) as unknown });
      outgoing.writeHead(reply.status ?? 200, { "content-type": "text/event-stream", ...reply.headers });
      if (reply.isSilent === true) outgoing.write(reply.text);
      else outgoing.end(reply.text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A server that listens on a port has an address of this form.
  const { port } = server.address() as AddressInfo;
  const clock: TestClock = createTestClock();
  const settings = {
    baseUrl: `http://127.0.0.1:${port}`,
    apiKey: "key",
    headers: { "x-mine": "1" },
    models: [],
  };
  const provider = suite.make({
    settings: () => settings,
    idleTimeoutMs: 5_000,
    clock,
    ids: { uuid: () => "id", token: () => "id" },
  });
  return {
    asked,
    clock,
    provider,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export async function collect(stream: AsyncIterable<ProviderEvent>): Promise<ProviderEvent[]> {
  const pieces: ProviderEvent[] = [];
  for await (const piece of stream) pieces.push(piece);
  return pieces;
}

/** What every adapter of a model provider has to do, with the recorded answers of its own service. */
export function providerSuite(suite: ProviderSuite): void {
  const fixture = (name: string) => readFile(path.join(suite.folder, "__fixtures__", name), "utf8");
  const lacks = (what: NonNullable<ProviderSuite["lacks"]>[number]) => suite.lacks?.includes(what) === true;
  const answerTo = (provider: Provider, signal = new AbortController().signal) =>
    collect(provider.stream(conversation(suite.api), signal));
  const origin = { ...(lacks("responseId") ? {} : { responseId: "reply-1" }), responseModel: "mock-1-exact" };

  test(`[RN34] ${suite.api}: thoughts, text, calls, usage and the end are told in order`, async () => {
    await using service = await openService(suite, { text: await fixture("answer-with-tool.txt") });

    const pieces = await answerTo(service.provider);

    const said = pieces.filter((piece) => piece.type === "text").map((piece) => piece.text);
    expect(said.join("")).toBe("Let me look.");
    const thought = pieces.flatMap((piece) => (piece.type === "thinking" ? [piece.text] : [])).join("");
    expect(thought).toBe(lacks("thinking") ? "" : "hm");
    const id = lacks("callId") ? "call_id" : "call_1";
    // Some services tell more; what all of them tell is the same.
    expect(pieces.slice(-3)).toMatchObject([
      { type: "tool-call", call: { id, name: "read", arguments: { path: "a.txt" } } },
      { type: "usage", usage: { input: 100, output: 7, cacheRead: 0, cacheWrite: 0, total: 107 } },
      { type: "stop", reason: "toolUse", ...origin },
    ]);
  });

  test(`[RN34] ${suite.api}: an answer that was cut by its bound says so`, async () => {
    await using service = await openService(suite, { text: await fixture("answer-too-long.txt") });

    const pieces = await answerTo(service.provider);

    expect(pieces.at(-1)).toMatchObject({ type: "stop", reason: "length", ...origin });
  });

  test(`[RN32] ${suite.api}: a stream that breaks off has no end`, async () => {
    const whole = await fixture("answer-with-tool.txt");
    const mark = whole.includes("\n\n") ? "\n\n" : "\n";
    const end = whole.lastIndexOf(mark, whole.length / 2) + mark.length;
    await using service = await openService(suite, { text: whole.slice(0, end) });

    const pieces = await answerTo(service.provider);

    expect(pieces.length).toBeGreaterThan(0);
    expect(pieces.some((piece) => piece.type === "stop")).toBe(false);
  });

  test(`[RN31] ${suite.api}: a refusal is told with its kind, its words and the wait`, async () => {
    const headers = { "retry-after": "2", "content-type": "application/json" };
    await using service = await openService(suite, {
      status: 429,
      headers,
      text: await fixture("refusal.json"),
    });

    const failure: unknown = await answerTo(service.provider).catch((error: unknown) => error);

    expect(failure).toMatchObject({
      name: "ProviderFailure",
      reason: "rate_limit",
      status: 429,
      message: "slow down",
      retryAfterMs: 2_000,
    });
    expect(service.asked).toHaveLength(1);
  });

  test(`[RN35] ${suite.api}: an abort ends the stream with its own reason`, async () => {
    await using service = await openService(suite, { text: ":\n", isSilent: true });
    const stop = new AbortController();
    const ended = answerTo(service.provider, stop.signal).catch((error: unknown) => error);

    stop.abort(new Error("enough"));

    expect(await ended).toMatchObject({ message: "enough" });
  });

  test(`[RN35] ${suite.api}: silence is a timeout`, async () => {
    await using service = await openService(suite, { text: ":\n", isSilent: true });
    const ended = answerTo(service.provider).catch((error: unknown) => error);

    service.clock.advance(5_000);

    expect(await ended).toMatchObject({ name: "ProviderFailure", reason: "timeout" });
  });

  test(`[RN33] ${suite.api}: the key and the configured headers go along`, async () => {
    await using service = await openService(suite, { text: await fixture("answer-with-tool.txt") });

    await answerTo(service.provider);

    const { headers } = service.asked[0] ?? {};
    expect(headers).toMatchObject({ "x-mine": "1" });
    expect(Object.values(headers ?? {})).toSatisfy((values: unknown[]) =>
      values.some((value) => value === "key" || value === "Bearer key"),
    );
  });
}
