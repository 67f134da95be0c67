import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

const KEY = "agent:main:main";

async function open(config: Record<string, unknown> = {}) {
  const gateway = await openTestGateway({ config });
  const client = await gateway.connect();
  let count = 0;
  const say = async (message: string): Promise<string> => {
    count += 1;
    const runId = `k${count}`;
    await client.call("chat.send", { sessionKey: KEY, message, idempotencyKey: runId });
    const isEnd = (payload: Record<string, unknown>) =>
      payload["runId"] === runId && payload["state"] === "final";
    const { payload } = await client.event("chat", isEnd);
    await client.call("agent.wait", { runId });
    const { content } = payload["message"] as { content: { text: string }[] };
    return content.map(({ text }) => text).join("\n");
  };
  const session = async () =>
    (await client.call("sessions.describe", { key: KEY })).payload["session"] as Record<string, unknown>;
  return { gateway, client, say, session };
}

test.for([
  ["/verbose full", "⚙️ Verbose logging set to full.", { verboseLevel: "full" }],
  ["/trace raw", /^⚙️ Trace set to raw\./, { traceLevel: "raw" }],
  ["/reasoning stream", "⚙️ Reasoning stream enabled.", { reasoningLevel: "stream" }],
  ["/fast auto", "⚙️ Fast mode set to auto.", { fastMode: "auto" }],
  ["/usage", "⚙️ Usage footer: tokens.", { responseUsage: "tokens" }],
  ["/send on", "⚙️ Send policy set to on.", { sendPolicy: "allow" }],
  ["/name My Title", "✅ Session renamed to “My Title”.", { label: "My Title" }],
  ["/queue followup", "⚙️ Queue mode set to followup.", { queueMode: "followup" }],
] as const)("[CH18] %s changes the session before it is answered", async ([message, text, change]) => {
  const { gateway, say, session } = await open();
  await using _gateway = gateway;
  const said = await say(message);
  if (typeof text === "string") expect(said).toBe(text);
  else expect(said).toMatch(text);
  expect(await session()).toMatchObject({ ...change, systemSent: false });
});

test.for([
  ["/verbose bogus", 'Unrecognized verbose level "bogus". Valid levels: off, on, full.'],
  ["/fast", "Current fast mode: off (default).\nOptions: on, off, auto (60 sec), default, status."],
  ["/queue cap:x", 'Invalid cap "x". Use a positive integer (e.g. cap:10).'],
  ["/exec host=bogus", 'Unrecognized exec host "bogus". Valid hosts: auto, sandbox, gateway, node.'],
  ["/exec security=deny", "⚙️ Exec policy for this run only (security=deny)."],
  ["/model nope/x", 'Unknown provider "nope". Use /models to list providers.'],
  ["/tools bogus", "Usage: /tools [compact|verbose]"],
  ["/tasks", "📋 Tasks\nTask runs: none active or recent for this session."],
  ["/session", /^Usage: \/session idle/],
  ["/config show", "⚠️ /config is disabled. Set commands.config=true to enable."],
  ["/activation mention", "⚙️ Group activation only applies to group chats."],
] as const)("[CH18] %s says what it can be, and changes nothing", async ([message, text]) => {
  const { gateway, say, session } = await open();
  await using _gateway = gateway;
  const said = await say(message);
  if (typeof text === "string") expect(said).toBe(text);
  else expect(said).toMatch(text);
  const { verboseLevel, queueMode, model } = await session();
  expect({ verboseLevel, queueMode, model }).toEqual({ model: "echo" });
});

test("[CH18] a reset by command leaves nothing counted, and what follows /new begins the new conversation", async () => {
  const { gateway, client, say, session } = await open();
  await using _gateway = gateway;
  await say("hello");
  expect(await say("/reset")).toBe("✅ Session reset.");
  expect(await session()).toMatchObject({ totalTokens: 0, systemSent: false });
  expect(await say("/new and hello again")).toContain("hello again");
  const { payload } = await client.call("chat.history", { sessionKey: KEY });
  const texts = (payload["messages"] as { role: string }[]).map(({ role }) => role);
  expect(texts.slice(-2)).toEqual(["user", "assistant"]);
});

test("[CH19] a session that may not send refuses every message", async () => {
  const { gateway, client, say } = await open();
  await using _gateway = gateway;
  expect(await say("/send off")).toBe("⚙️ Send policy set to off.");
  const refused = await client.call("chat.send", { sessionKey: KEY, message: "hi", idempotencyKey: "x" });
  expect(refused.error.message).toBe("send blocked by session policy");
});

test("[CH20] a conversation is exported into the workspace, and nowhere else", async () => {
  const { gateway, client, say } = await open();
  await using _gateway = gateway;
  await say("a <b> c");
  expect(await say("/export out.html")).toContain("📄 File: out.html");
  const { payload } = await client.call("skills.status", {});
  const page = await readFile(path.join(String(payload["workspaceDir"]), "out.html"), "utf8");
  expect(page).toContain("a &lt;b&gt; c");
  expect(await say("/export ../out.html")).toBe(
    "❌ Output path must be a regular file inside the workspace.",
  );
});

test("[CH21] a goal begins and goes on with the agent; the rest of its life is answered", async () => {
  const { gateway, say, session } = await open();
  await using _gateway = gateway;
  expect(await say("/goal pause")).toBe("Goal error: goal not found");
  await say("hello");
  expect(await say("/goal start write a book")).toContain("You said:");
  expect(await session()).toMatchObject({ goal: { objective: "write a book", status: "active" } });
  expect(await say("/goal start another")).toBe("Goal error: goal already exists");
  expect(await say("/goal block waiting")).toBe("Goal blocked: write a book");
  expect(await say("/goal")).toMatch(/^Goal\nStatus: blocked\nObjective: write a book\n[\s\S]*Note: waiting/);
  expect(await say("/goal clear")).toBe("Goal cleared.");
  expect(await say("/goal clear")).toBe("No goal to clear.");
});

test("[CH23] a model is chosen for the session, or for the agent as well", async () => {
  const models = [
    { id: "one", name: "One" },
    { id: "two", name: "Two" },
  ];
  const local = { baseUrl: "http://127.0.0.1:9/v1", apiKey: "k", api: "openai-completions", models };
  const { gateway, client, say, session } = await open({
    models: { providers: { local } },
    agents: { defaults: { model: { primary: "local/one" } } },
  });
  await using _gateway = gateway;
  expect(await say("/model local/two")).toBe(
    "Model set to local/two for this session only; configured default unchanged.",
  );
  expect(await session()).toMatchObject({ model: "two", modelOverrideSource: "user" });
  expect(await say("/model default")).toBe("Session model reset to configured default (local/one).");
  expect(await say("/model two -a")).toBe(
    "Model set to local/two for this session. Agent default update requested.",
  );
  const { payload } = await client.call("config.get", {});
  expect(payload).toMatchObject({ config: { agents: { entries: { main: { model: "local/two" } } } } });
});

test("[CH24] a question aside is answered, and is no part of the conversation", async () => {
  const { gateway, client, say } = await open();
  await using _gateway = gateway;
  await say("hello");
  await client.call("chat.send", { sessionKey: KEY, message: "/btw what is up", idempotencyKey: "b" });
  const { payload } = await client.event("chat.side_result", () => true);
  await client.call("agent.wait", { runId: "b" });
  const history = await client.call("chat.history", { sessionKey: KEY });

  expect(payload).toMatchObject({ kind: "btw", runId: "b", question: "what is up", isError: false, seq: 1 });
  expect(payload["text"]).toContain("what is up");
  expect(history.payload["messages"]).toHaveLength(2);
});
