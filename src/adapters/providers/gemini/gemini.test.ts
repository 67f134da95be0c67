import { expect, test } from "vitest";
import { collect, conversation, openService, providerSuite } from "../../../testing/provider-suite.ts";
import { geminiProvider } from "./index.ts";
import { documentReader } from "./to-inbound.ts";
import { toGenerateRequest } from "./to-outbound.ts";

const API = "google-generative-ai";
const suite = { api: API, folder: import.meta.dirname, make: geminiProvider };
providerSuite(suite);

test("[RN33] calls and results keep their shape; a result has a content of its own", () => {
  const base = conversation(API);
  const asked = toGenerateRequest({ ...base, messages: [...base.messages, { role: "user", text: "and?" }] });

  expect(asked["contents"]).toEqual([
    { role: "user", parts: [{ text: "see" }, { inlineData: { mimeType: "image/png", data: "AA==" } }] },
    {
      role: "model",
      parts: [{ text: "Let me look." }, { functionCall: { name: "read", args: { path: "a.txt" } } }],
    },
    { role: "user", parts: [{ functionResponse: { name: "read", response: { output: "content" } } }] },
    { role: "user", parts: [{ text: "and?" }] },
  ]);
});

test("[RN36] the signature of a call comes in with it and goes back with it", () => {
  const part = { functionCall: { name: "read", args: {} }, thoughtSignature: "s" };
  const [piece] = documentReader().read({ responseId: "r", candidates: [{ content: { parts: [part] } }] });
  const call = { id: "r_1", name: "read", arguments: {}, signature: "s" };
  const messages = [{ role: "assistant" as const, text: "", toolCalls: [call] }];

  expect(piece).toEqual({ type: "tool-call", call });
  expect(toGenerateRequest(conversation(API, { messages }))["contents"]).toEqual([
    { role: "model", parts: [part] },
  ]);
});

test("[RN31] an error in the middle of a stream is a failure", async () => {
  const text = `data: ${JSON.stringify({ error: { code: 503, message: "busy" } })}\n\n`;
  await using service = await openService(suite, { text });

  const ended = collect(service.provider.stream(conversation(API), new AbortController().signal));

  await expect(ended).rejects.toMatchObject({ reason: "overloaded", message: "busy" });
});
