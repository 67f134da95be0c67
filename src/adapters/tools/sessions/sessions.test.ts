import { createServer } from "node:http";
import { expect, test } from "vitest";
import { openTestGateway } from "../../../testing/gateway.ts";

interface Asked {
  readonly tools: readonly string[];
  readonly results: readonly string[];
  readonly texts: readonly string[];
}

/** A model that makes the call that a message asks for (`CALL name {…}`) and says `done` after it. */
async function obedientModel() {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const body = JSON.parse(Buffer.concat(parts).toString()) as {
        messages: { role: string; content: unknown }[];
        tools?: { function: { name: string } }[];
      };
      const texts = body.messages.map(({ content }) =>
        typeof content === "string" ? content : JSON.stringify(content),
      );
      asked.push({
        tools: (body.tools ?? []).map((tool) => tool.function.name),
        results: texts.filter((_text, index) => body.messages[index]?.role === "tool"),
        texts,
      });
      const wanted =
        body.messages.at(-1)?.role === "user" ? /CALL (\w+) (\{.*\})/.exec(texts.at(-1) ?? "") : null;
      const delta =
        wanted === null
          ? { content: "done" }
          : {
              tool_calls: [
                { index: 0, id: "c1", type: "function", function: { name: wanted[1], arguments: wanted[2] } },
              ],
            };
      response.writeHead(200, { "content-type": "text/event-stream" });
      const write = (choice: object) =>
        response.write(`data: ${JSON.stringify({ id: "r", choices: [{ index: 0, ...choice }] })}\n\n`);
      write({ delta });
      write({ delta: {}, finish_reason: wanted === null ? "stop" : "tool_calls" });
      response.end("data: [DONE]\n\n");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const models = [{ id: "m", name: "M", input: ["text"], contextWindow: 128_000, maxTokens: 4_096 }];
  const provider = { baseUrl: `http://127.0.0.1:${port}/v1`, apiKey: "k", api: "openai-completions", models };
  return {
    asked,
    config: {
      models: { providers: { fake: provider } },
      agents: { defaults: { model: { primary: "fake/m" } } },
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function openWithModel() {
  const model = await obedientModel();
  const gateway = await openTestGateway({ config: model.config });
  const client = await gateway.connect({ scopes: ["operator.admin", "operator.read", "operator.write"] });
  let count = 0;
  const ask = async (message: string, sessionKey = "agent:main:talk") => {
    const id = client.request("agent", { message, sessionKey, idempotencyKey: `a${(count += 1)}` });
    await client.response(id, 1);
    return client.response(id, 2);
  };
  const found = () => model.asked.flatMap(({ results }) => results);
  return {
    model,
    client,
    ask,
    found,
    async [Symbol.asyncDispose]() {
      await client[Symbol.asyncDispose]();
      await gateway[Symbol.asyncDispose]();
      await model[Symbol.asyncDispose]();
    },
  };
}

test("[TL20] a turn is offered the tools by name in order, with those that find the others; the gateway's own for owners", async () => {
  await using rig = await openWithModel();
  await rig.ask("hello");

  expect(rig.model.asked[0]?.tools).toEqual([
    "apply_patch",
    "edit",
    "exec",
    "ls",
    "openclaw",
    "process",
    "read",
    "sessions_yield",
    "tool_call",
    "tool_describe",
    "tool_search",
    "write",
  ]);
});

test("[TL21] tools that are not offered are found, described and used", async () => {
  await using rig = await openWithModel();
  await rig.ask('CALL tool_search {"query":"session history"}');
  await rig.ask('CALL tool_describe {"id":"nope"}');
  await rig.ask('CALL tool_call {"id":"sessions_list","args":{"limit":5}}');

  const [searched, unknown, listed] = rig.found().filter((text, index, all) => all.indexOf(text) === index);
  expect(JSON.parse(searched ?? "[]")[0]).toMatchObject({
    id: "openclaw:core:sessions_history",
    source: "openclaw",
  });
  expect(JSON.parse(unknown ?? "{}")).toMatchObject({ status: "error", tool: "tool_describe" });
  expect(JSON.parse(listed ?? "{}")).toMatchObject({
    tool: { id: "openclaw:core:sessions_list" },
    result: { details: { count: 1, sessions: [{ key: "agent:main:talk", status: "running" }] } },
  });
});

test("[TL22] one session says something in another and gets its answer; not in itself, and not in one that is not there", async () => {
  await using rig = await openWithModel();
  await rig.ask("hello", "agent:main:other");
  const say = (sessionKey: string) =>
    rig.ask(`CALL tool_call {"id":"sessions_send","args":{"sessionKey":"${sessionKey}","message":"ping"}}`);
  await say("agent:main:other");
  await say("agent:main:talk");
  await say("agent:main:nobody");

  const texts = rig.found().join("\n");
  expect(texts).toContain('\\"reply\\": \\"done\\"');
  expect(texts).toContain("cannot target the current session");
  expect(texts).toContain("No session found: agent:main:nobody");
});

test("[TL23] a child works in a session of its own, and its parent hears of the end once", async () => {
  await using rig = await openWithModel();
  const delivered = rig.client.event("task", (payload) => {
    const task = payload["task"] as { runtime: string; deliveryStatus: string };
    return task.runtime === "subagent" && task.deliveryStatus === "delivered";
  });
  await rig.ask('CALL tool_call {"id":"sessions_spawn","args":{"task":"count","label":"Counter"}}');
  const { task } = (await delivered).payload as { task: Record<string, unknown> };

  expect(task).toMatchObject({
    title: "Counter",
    status: "completed",
    ownerKey: "agent:main:talk",
    progressSummary: "done",
    childSessionKey: expect.stringMatching(/^agent:main:subagent:/),
  });
  const told = rig.model.asked.filter(({ texts }) =>
    texts.at(-1)?.includes("[Internal] A task you handed out"),
  );
  expect(told).toHaveLength(1);
  const history = await rig.client.call("chat.history", { sessionKey: "agent:main:talk" });
  const messages = history.payload["messages"] as { role: string }[];
  expect(messages.map(({ role }) => role)).toEqual([
    "user",
    "assistant",
    "toolResult",
    "assistant",
    "assistant",
  ]);
});

test("[AP18] a child of a session that may only read may only read", async () => {
  await using rig = await openWithModel();
  await rig.ask("hello");
  const mode = { key: "agent:main:talk", permissionMode: "read-only" };
  expect(await rig.client.call("sessions.patch", mode)).toMatchObject({ ok: true });
  await rig.ask('CALL tool_call {"id":"sessions_spawn","args":{"task":"count","label":"Counter"}}');

  const { payload } = await rig.client.call("sessions.list", {});
  const rows = payload["sessions"] as Record<string, unknown>[];
  expect(rows.find(({ label }) => label === "Counter")).toMatchObject({
    spawnedBy: "agent:main:talk",
    permissionMode: "read-only",
  });
});

test("[TL24] a turn cannot wait for children that it does not have", async () => {
  await using rig = await openWithModel();
  const answer = await rig.ask('CALL sessions_yield {"message":"later"}');

  expect(rig.found()[0]).toContain("No pending child completion is owned by this turn.");
  expect(answer.ok).toBe(true);
});
