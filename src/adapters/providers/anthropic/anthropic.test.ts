import { expect, test } from "vitest";
import { conversation, providerSuite } from "../../../testing/provider-suite.ts";
import { failureIn } from "./errors.ts";
import { anthropicProvider } from "./index.ts";
import { toMessagesRequest } from "./to-outbound.ts";

const API = "anthropic-messages";
providerSuite({ api: API, folder: import.meta.dirname, make: anthropicProvider });

test("[RN33] roles take turns, results go back as the user's, and the newest block ends what is cached", () => {
  const request = conversation(API);
  const cached = { cache_control: { type: "ephemeral" } };

  expect(toMessagesRequest(request)["messages"]).toEqual([
    {
      role: "user",
      content: [
        { type: "text", text: "see" },
        { type: "image", source: { type: "base64", media_type: "image/png", data: "AA==" } },
      ],
    },
    {
      role: "assistant",
      content: [
        { type: "text", text: "Let me look." },
        { type: "tool_use", id: "call_1", name: "read", input: { path: "a.txt" } },
      ],
    },
    {
      role: "user",
      content: [
        {
          type: "tool_result",
          tool_use_id: "call_1",
          content: "content",
          is_error: false,
          ...cached,
        },
      ],
    },
  ]);
  expect(request.messages).toEqual(conversation(API).messages);
});

test("[RN36] signed thoughts go back before the calls they led to, and leave room for the answer", () => {
  const base = conversation(API, { thinking: "high" });
  const asked = toMessagesRequest({
    ...base,
    model: { ...base.model, reasoning: true, maxTokens: 8_000 },
    messages: [
      {
        role: "assistant",
        text: "",
        toolCalls: [{ id: "c", name: "read", arguments: {} }],
        thoughts: { text: "hm", signature: "s" },
      },
    ],
  });

  expect(asked["thinking"]).toEqual({ type: "enabled", budget_tokens: 6_976 });
  expect(asked["messages"]).toMatchObject([
    {
      content: [
        { type: "thinking", thinking: "hm", signature: "s" },
        { type: "tool_use", id: "c" },
      ],
    },
  ]);
});

test.for([
  ["overloaded_error", "overloaded"],
  ["rate_limit_error", "rate_limit"],
  ["authentication_error", "auth"],
  ["invalid_request_error", "format"],
])("[RN31] a stream that fails with %s is a failure of kind %s", ([type, reason]) => {
  expect(failureIn({ type: "error", error: { type, message: "no" } })).toMatchObject({
    reason,
    message: "no",
  });
  expect(failureIn({ type: "ping" })).toBeUndefined();
});
