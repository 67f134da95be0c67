import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ProviderReply } from "../scenario/provider-schema.ts";
import { Tape } from "./tape.ts";

let tape: Tape;
beforeEach(async () => {
  tape = await Tape.listen(0);
});
afterEach(() => tape[Symbol.asyncDispose]());

const load = (...replies: object[]): void => tape.load(replies.map((reply) => ProviderReply.parse(reply)));
const post = (path: string, body: unknown): Promise<Response> =>
  fetch(`http://127.0.0.1:${tape.port}${path}`, { method: "POST", body: JSON.stringify(body) });
const user = (content: string) => ({ role: "user", content });
const chat = (...messages: object[]) => ({ model: "mock-1", stream: true, messages });
const INTERNAL = user("<<<BEGIN_OPENCLAW_INTERNAL_CONTEXT>>> many words");

describe("dialects", () => {
  const system = { role: "system", content: "be good" };
  test.for([
    ["/v1/chat/completions", chat(system, user("hi"))],
    ["/v1/responses", { model: "mock-1", stream: true, instructions: "be good", input: [user("hi")] }],
    ["/v1/messages", { model: "mock-1", stream: true, system: "be good", messages: [user("hi")] }],
    [
      "/v1beta/models/mock-1:streamGenerateContent",
      { systemInstruction: {}, contents: [{ role: "user", parts: [{ text: "hi" }] }] },
    ],
    ["/api/chat", { model: "mock-1", messages: [system, user("hi")] }],
  ] as const)("%s is read the same way, and streams words and a tool", async ([path, body]) => {
    load({ text: "One two", tools: [{ name: "read", arguments: { path: "x" } }] });
    const text = await (await post(path, body)).text();
    expect(tape.asks[0]).toMatchObject({
      model: "mock-1",
      stream: true,
      hasSystem: true,
      roles: ["user"],
      userTexts: ["hi"],
    });
    for (const part of ["One ", "two", "read", "path"]) expect(text).toContain(part);
  });

  test.for([
    ["/v1/chat/completions", { messages: [user("hi")] }, "/choices/0/message/content"],
    ["/v1/responses", { input: "hi" }, "/output/0/content/0/text"],
    ["/v1/messages", { messages: [user("hi")] }, "/content/0/text"],
    [
      "/v1beta/models/m:generateContent",
      { contents: [{ parts: [{ text: "hi" }] }] },
      "/candidates/0/content/parts/0/text",
    ],
    ["/api/chat", { stream: false, messages: [user("hi")] }, "/message/content"],
  ] as const)("%s echoes in one document when nothing is scripted", async ([path, body, pointer]) => {
    load();
    const answer: unknown = await (await post(path, body)).json();
    const found = pointer
      .slice(1)
      .split("/")
      .reduce<unknown>(
        (value, key) => (typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined),
        answer,
      );
    expect(found).toBe("echo: hi");
  });

  test.for([
    ["/v1/chat/completions", { messages: [user("hi"), { role: "tool", content: "42" }] }],
    ["/v1/responses", { input: [user("hi"), { type: "function_call_output", output: "42" }] }],
    [
      "/v1/messages",
      { messages: [user("hi"), { role: "user", content: [{ type: "tool_result", content: "42" }] }] },
    ],
    ["/api/chat", { stream: false, messages: [user("hi"), { role: "tool", content: "42" }] }],
  ] as const)("%s: tool results are told from what the person said", async ([path, body]) => {
    load({ afterTool: false, text: "no" }, { afterTool: true, text: "yes" });
    expect(await (await post(path, body)).text()).toContain("yes");
    expect(tape.asks[0]).toMatchObject({ roles: ["user", "tool"], userTexts: ["hi"], toolResults: ["42"] });
  });
});

describe("script", () => {
  test("replies fit by any user message, in order, as often as they may", async () => {
    load({ when: "red", text: "R", times: 2 }, { when: "blue", text: "B" });
    const said = async (text: string): Promise<string> => {
      const body = { ...chat(user(text), INTERNAL), stream: false };
      return (await post("/v1/chat/completions", body)).text();
    };
    expect(await said("blue car")).toContain('"B"');
    expect(await said("red car")).toContain('"R"');
    expect(await said("red car")).toContain('"R"');
    expect(await said("red car")).toContain("echo: red car");
    expect(tape.asks[0]).toMatchObject({ userTexts: ["blue car"], roles: ["user"] });
  });

  test("what the gateway writes around a person's words is not the person's", async () => {
    load();
    const around = user("hi\n\nRuntime: agent=main | host=x");
    const behind = user("there <<<BEGIN_OPENCLAW_INTERNAL_CONTEXT>>> many words");
    await (await post("/v1/chat/completions", chat(around, behind))).text();
    expect(tape.asks[0]?.userTexts).toEqual(["hi", "there"]);
  });

  test("errors have the vendor's shape and status", async () => {
    load({ error: { status: 429, message: "slow down", retryAfterS: 7 } });
    const answer = await post("/v1/messages", { messages: [user("hi")] });
    expect(answer.status).toBe(429);
    expect(answer.headers.get("retry-after")).toBe("7");
    expect(await answer.json()).toEqual({
      type: "error",
      error: { type: "rate_limit_error", message: "slow down" },
    });
  });

  test("a cut stream ends without its end", async () => {
    load({ chunks: ["a", "b"], cutAfterChunks: 1 });
    const answer = await post("/v1/chat/completions", chat(user("hi")));
    await expect(answer.text()).rejects.toThrow(/terminated|closed/);
  });

  test("a held reply goes on when it is released", async () => {
    load({ chunks: ["a", "b"], hold: "gate", holdAfterChunks: 1 });
    const answer = await post("/v1/chat/completions", chat(user("hi")));
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    while (!text.includes('"a"')) text += (await reader?.read())?.value ?? "";
    expect(text).not.toContain('"b"');
    tape.release("gate");
    for (let part = await reader?.read(); part?.done === false; part = await reader?.read())
      text += part.value;
    expect(text).toContain('"b"');
    expect(text).toContain("[DONE]");
  });

  test("what is no conversation is answered too, and what is nothing is refused", async () => {
    expect((await post("/api/tags", {})).status).toBe(200);
    expect((await post("/v1/embeddings", {})).status).toBe(404);
    expect(tape.asks).toEqual([]);
  });
});
