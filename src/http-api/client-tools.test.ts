import { createServer } from "node:http";
import OpenAI from "openai";
import { expect, test } from "vitest";
import { openTestGateway } from "../testing/gateway.ts";

type Delta = Record<string, unknown>;

/** A model that says these things, one after another, and remembers what it was asked. */
async function modelThatSays(...said: readonly Delta[]) {
  const asked: Record<string, unknown>[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      asked.push(JSON.parse(Buffer.concat(parts).toString()) as Record<string, unknown>);
      const delta = said[asked.length - 1] ?? { content: "done" };
      response.writeHead(200, { "content-type": "text/event-stream" });
      const write = (choice: object) =>
        response.write(`data: ${JSON.stringify({ id: "r", choices: [{ index: 0, ...choice }] })}\n\n`);
      write({ delta });
      write({ delta: {}, finish_reason: "tool_calls" in delta ? "tool_calls" : "stop" });
      response.end("data: [DONE]\n\n");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const models = [{ id: "m", name: "M", input: ["text"], contextWindow: 128_000, maxTokens: 4_096 }];
  const provider = { baseUrl: `http://127.0.0.1:${port}/v1`, apiKey: "k", api: "openai-completions", models };
  const gateway = await openTestGateway({
    config: {
      models: { providers: { fake: provider } },
      agents: { defaults: { model: { primary: "fake/m" } } },
      gateway: { http: { endpoints: { chatCompletions: { enabled: true }, responses: { enabled: true } } } },
    },
  });
  return {
    asked,
    openai: new OpenAI({
      baseURL: `http://127.0.0.1:${gateway.port}/v1`,
      apiKey: gateway.token,
      maxRetries: 0,
    }),
    async [Symbol.asyncDispose]() {
      await gateway[Symbol.asyncDispose]();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const wanting = (...cities: readonly string[]): Delta => ({
  content: "Let me look.",
  tool_calls: cities.map((city, index) => ({
    index,
    id: `c${index}`,
    type: "function",
    function: { name: "tool_call", arguments: JSON.stringify({ id: "weather", args: { city } }) },
  })),
});

const WEATHER = {
  type: "function" as const,
  function: {
    name: "weather",
    parameters: { type: "object", required: ["city"], properties: { city: { type: "string" } } },
  },
};
const HI = [{ role: "user" as const, content: "hi" }];
const CALL = { type: "function", function: { name: "weather", arguments: '{"city":"Oslo"}' } };

test("[HT9] a tool of the client ends the turn and is called by the client, which brings the result", async () => {
  await using api = await modelThatSays(wanting("Oslo"), { content: "It is sunny." });
  const ask = { model: "openclaw", tools: [WEATHER], user: "u" };

  const first = await api.openai.chat.completions.create({ ...ask, messages: HI });

  const [choice] = first.choices;
  expect(choice).toMatchObject({
    finish_reason: "tool_calls",
    message: { content: "", tool_calls: [CALL] },
  });
  expect(api.asked).toHaveLength(1);
  const call = choice?.message.tool_calls?.[0];
  if (choice === undefined || call === undefined) throw new Error("no call");
  const result = { role: "tool" as const, tool_call_id: call.id, content: "sunny" };
  const second = await api.openai.chat.completions.create({
    ...ask,
    messages: [...HI, choice.message, result],
  });
  expect(second.choices[0]?.message.content).toBe("It is sunny.");
  expect(JSON.stringify(api.asked[1])).toContain(`Tool:${call.id}: sunny`);
});

test("[HT10] calls of a streamed turn come in pieces, several with their number", async () => {
  await using api = await modelThatSays(wanting("Oslo", "Rome"));

  const stream = await api.openai.chat.completions.create({
    model: "openclaw",
    tools: [WEATHER],
    messages: HI,
    stream: true,
  });
  const calls: string[] = [];
  const finished: (string | null)[] = [];
  for await (const { choices } of stream) {
    finished.push(choices[0]?.finish_reason ?? null);
    expect(choices[0]?.delta.content ?? "").toBe("");
    for (const { index, function: called } of choices[0]?.delta.tool_calls ?? [])
      calls[index] = (calls[index] ?? "") + (called?.arguments ?? "");
  }

  expect(calls).toEqual(['{"city":"Oslo"}', '{"city":"Rome"}']);
  expect(finished.at(-1)).toBe("tool_calls");
});

test("[HT9] what is missing in a call is told to the model, not to the client", async () => {
  const [call] = (wanting("x")["tool_calls"] as object[]) ?? [];
  const empty = { ...call, function: { name: "tool_call", arguments: '{"id":"weather","args":{}}' } };
  await using api = await modelThatSays({ tool_calls: [empty] }, wanting("Oslo"));

  const answer = await api.openai.responses.create({
    model: "openclaw",
    input: "hi",
    tools: [{ type: "function", name: "weather", parameters: WEATHER.function.parameters, strict: false }],
  });

  expect(answer.output).toMatchObject([
    { type: "function_call", name: "weather", arguments: '{"city":"Oslo"}', call_id: expect.any(String) },
  ]);
  expect(JSON.stringify(api.asked[1])).toContain("must have required properties city");
});

test.for([
  [[WEATHER, WEATHER]],
  [[{ type: "function" as const, function: { name: "exec", parameters: { type: "object" } } }]],
])("[HT9] names that mean two tools are refused: %j", async ([tools]) => {
  await using api = await modelThatSays();
  await expect(
    api.openai.chat.completions.create({ model: "openclaw", tools: tools ?? [], messages: HI }),
  ).rejects.toThrow("400 invalid tool configuration");
});

test("[HT9] what the client wants of the answer is handed on, within what the model can", async () => {
  await using api = await modelThatSays();
  await api.openai.chat.completions.create({
    model: "openclaw",
    messages: HI,
    temperature: 0.5,
    stop: "X",
    max_completion_tokens: 77,
    response_format: { type: "json_object" },
  });

  expect(api.asked[0]).toMatchObject({
    temperature: 0.5,
    stop: ["X"],
    max_completion_tokens: 77,
    response_format: { type: "json_object" },
  });
});
