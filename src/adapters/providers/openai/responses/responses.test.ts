import { expect, test } from "vitest";
import { collect, conversation, openService, providerSuite } from "../../../../testing/provider-suite.ts";
import { responsesProvider } from "./index.ts";
import { toResponsesRequest } from "./to-outbound.ts";

const API = "openai-responses";
const suite = {
  api: API,
  folder: import.meta.dirname,
  make: responsesProvider,
  lacks: ["thinking"],
} as const;
providerSuite(suite);

test("[RN33] calls and results are items of their own, and nothing is stored with the service", () => {
  const asked = toResponsesRequest(conversation(API));

  expect(asked).toMatchObject({ store: false, stream: true, max_output_tokens: 4_096 });
  expect(asked.input).toEqual([
    { role: "system", content: "be brief" },
    {
      type: "message",
      role: "user",
      content: [
        { type: "input_text", text: "see" },
        { type: "input_image", detail: "auto", image_url: "data:image/png;base64,AA==" },
      ],
    },
    { role: "assistant", content: "Let me look." },
    { type: "function_call", call_id: "call_1", name: "read", arguments: '{"path":"a.txt"}' },
    { type: "function_call_output", call_id: "call_1", output: "content" },
  ]);
});

test("[RN31] a response that failed is a failure", async () => {
  const error = { code: "rate_limit_exceeded", message: "too fast" };
  const event = { type: "response.failed", response: { error } };
  await using service = await openService(suite, {
    text: `event: response.failed\ndata: ${JSON.stringify(event)}\n\n`,
  });

  const ended = collect(service.provider.stream(conversation(API), new AbortController().signal));

  await expect(ended).rejects.toMatchObject({ reason: "rate_limit", message: "too fast" });
});

test("[RN34] what the service calls its text, and how the stream ended, are told with the end", async () => {
  const completed = { id: "r1", model: "m", status: "completed", output: [] };
  const events = [
    { type: "response.output_text.delta", delta: "Hi." },
    { type: "response.output_item.done", item: { type: "message", id: "msg_7" } },
    { type: "response.completed", response: completed },
  ];
  const text = events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join("");
  await using service = await openService(suite, { text });

  const pieces = await collect(service.provider.stream(conversation(API), new AbortController().signal));

  expect(pieces.at(-1)).toMatchObject({
    type: "stop",
    textId: "msg_7",
    terminal: { eventType: "response.completed", stopReason: "stop", endTurn: "absent" },
  });
});
