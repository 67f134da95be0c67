import { expect, test } from "vitest";
import { collect, conversation, openService, providerSuite } from "../../../testing/provider-suite.ts";
import { ollamaProvider } from "./index.ts";
import { toOllamaRequest } from "./to-outbound.ts";

const API = "ollama";
const suite = {
  api: API,
  folder: import.meta.dirname,
  make: ollamaProvider,
  lacks: ["responseId", "callId"],
} as const;
providerSuite(suite);

test("[RN33] what does not fit is to be refused, and results name their tool and call", () => {
  const asked = toOllamaRequest(conversation(API));

  expect(asked).toMatchObject({ options: {}, truncate: false, shift: false, think: false });
  expect(toOllamaRequest({ ...conversation(API), sampling: { maxTokens: 9 } })["options"]).toEqual({
    num_predict: 4_096,
  });
  expect(asked["messages"]).toEqual([
    { role: "system", content: "be brief" },
    { role: "user", content: "see", images: ["AA=="] },
    {
      role: "assistant",
      content: "Let me look.",
      tool_calls: [{ id: "call_1", function: { name: "read", arguments: { path: "a.txt" } } }],
    },
    { role: "tool", content: "content", tool_call_id: "call_1", tool_name: "read" },
  ]);
});

test("[RN31] a line that says error is a failure", async () => {
  await using service = await openService(suite, { text: `${JSON.stringify({ error: "no memory" })}\n` });

  const ended = collect(service.provider.stream(conversation(API), new AbortController().signal));

  await expect(ended).rejects.toMatchObject({ reason: "server_error", message: "no memory" });
});
