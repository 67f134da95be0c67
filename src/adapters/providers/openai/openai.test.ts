import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { OFFLINE_ECHO } from "../../../domain/models/index.ts";
import { ProviderFailure, type ProviderRequest } from "../../../domain/runs/index.ts";
import { createTestClock } from "../../../testing/clock.ts";
import { openaiProvider } from "./index.ts";
import { toChatRequest } from "./to-outbound.ts";

const request: ProviderRequest = {
  model: { ...OFFLINE_ECHO, provider: "fake", id: "fake-1", api: "openai-completions", maxTokens: 77 },
  system: "be brief",
  messages: [{ role: "user", text: "hi" }],
  tools: [],
  thinking: "off",
};

/** A service that answers every call with these lines, and remembers what it was asked. */
async function fakeService(respond: {
  status?: number;
  headers?: Record<string, string>;
  lines: readonly unknown[];
}) {
  const asked: { headers: Record<string, unknown>; body: Record<string, unknown> }[] = [];
  const server = createServer((incoming, outgoing) => {
    let text = "";
    incoming.on("data", (chunk: Buffer) => {
      text += chunk.toString();
    });
    incoming.on("end", () => {
      asked.push({ headers: incoming.headers, body: JSON.parse(text) as Record<string, unknown> });
      const { status = 200, headers = { "content-type": "text/event-stream" }, lines } = respond;
      outgoing.writeHead(status, headers);
      for (const line of lines)
        outgoing.write(status === 200 ? `data: ${JSON.stringify(line)}\n\n` : JSON.stringify(line));
      outgoing.end(status === 200 ? "data: [DONE]\n\n" : undefined);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const settings = {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    apiKey: "key",
    headers: { "x-mine": "1" },
    models: [],
  };
  return {
    asked,
    provider: openaiProvider({ settings: () => settings, idleTimeoutMs: 5_000, clock: createTestClock() }),
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => void server.close(() => resolve())),
  };
}

const chunk = (delta: unknown, more: Record<string, unknown> = {}) => ({
  id: "c1",
  object: "chat.completion.chunk",
  created: 1,
  model: "fake-1-exact",
  choices: [{ index: 0, delta, finish_reason: null, ...more }],
});

async function collect(stream: AsyncIterable<unknown>) {
  const pieces: unknown[] = [];
  for await (const piece of stream) pieces.push(piece);
  return pieces;
}

test("[RN30] text, tool calls in pieces, usage and the end come in order; key and headers go along", async () => {
  await using service = await fakeService({
    lines: [
      chunk({ role: "assistant", content: "" }),
      chunk({ reasoning_content: "hm" }),
      chunk({ content: "Look" }),
      chunk({
        tool_calls: [{ index: 0, id: "t1", type: "function", function: { name: "read", arguments: '{"pa' } }],
      }),
      chunk({ tool_calls: [{ index: 0, function: { arguments: 'th":"a"}' } }] }),
      {
        ...chunk({}, { finish_reason: "tool_calls" }),
        usage: {
          prompt_tokens: 10,
          completion_tokens: 2,
          total_tokens: 12,
          prompt_tokens_details: { cached_tokens: 4 },
        },
      },
    ],
  });

  const pieces = await collect(service.provider.stream(request, new AbortController().signal));

  expect(pieces).toEqual([
    { type: "thinking", text: "hm" },
    { type: "text", text: "Look" },
    { type: "tool-call", call: { id: "t1", name: "read", arguments: { path: "a" } } },
    { type: "usage", usage: { input: 6, output: 2, cacheRead: 4, cacheWrite: 0, total: 12 } },
    { type: "stop", reason: "toolUse", responseId: "c1", responseModel: "fake-1-exact" },
  ]);
  expect(service.asked[0]?.headers).toMatchObject({ authorization: "Bearer key", "x-mine": "1" });
  expect(service.asked[0]?.body).toMatchObject({ model: "fake-1", stream: true, max_completion_tokens: 77 });
});

test.for([
  { status: 401, reason: "auth" },
  { status: 404, reason: "model_not_found" },
  { status: 400, reason: "format" },
  { status: 429, reason: "rate_limit" },
  { status: 500, reason: "server_error" },
  { status: 503, reason: "overloaded" },
])("[RN31] HTTP $status is a failure of kind $reason, asked for once", async ({ status, reason }) => {
  await using service = await fakeService({
    status,
    headers: { "content-type": "application/json", "retry-after": "2" },
    lines: [{ error: { message: "said so" } }],
  });

  const failure = await collect(service.provider.stream(request, new AbortController().signal)).catch(
    (error) => error,
  );

  expect(failure).toBeInstanceOf(ProviderFailure);
  expect(failure).toMatchObject({ reason, status, message: "said so", retryAfterMs: 2_000 });
  expect(service.asked).toHaveLength(1);
});

test("[RN32] a stream that breaks off has no end", async () => {
  await using service = await fakeService({ lines: [chunk({ content: "Part" })] });

  const pieces = await collect(service.provider.stream(request, new AbortController().signal));

  expect(pieces).toEqual([{ type: "text", text: "Part" }]);
});

test("[RN33] a conversation with tools and pictures is told as the service wants it", () => {
  const asked = {
    ...request,
    model: { ...request.model, provider: "openai", reasoning: true },
    thinking: "high",
    tools: [{ name: "read", description: "reads", parameters: { type: "object" } }],
    messages: [
      { role: "user", text: "see", images: [{ mimeType: "image/png", base64: "AA==" }] },
      { role: "assistant", text: "", toolCalls: [{ id: "t1", name: "read", arguments: { path: "a" } }] },
      { role: "tool", callId: "t1", name: "read", text: "content" },
    ],
  } as const;
  const { messages, tools, reasoning_effort } = toChatRequest(asked);

  expect(messages.slice(1)).toEqual([
    {
      role: "user",
      content: [
        { type: "text", text: "see" },
        { type: "image_url", image_url: { url: "data:image/png;base64,AA==" } },
      ],
    },
    {
      role: "assistant",
      content: null,
      tool_calls: [{ id: "t1", type: "function", function: { name: "read", arguments: '{"path":"a"}' } }],
    },
    { role: "tool", tool_call_id: "t1", content: "content" },
  ]);
  expect(tools).toHaveLength(1);
  expect(reasoning_effort).toBe("high");
  const elsewhere = toChatRequest({ ...asked, model: { ...asked.model, provider: "own-server" } });
  expect(elsewhere).not.toHaveProperty("reasoning_effort");
});
