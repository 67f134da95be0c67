import { access, mkdir, mkdtempDisposable, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import type { TestClient } from "./testing/client.ts";
import { createTestClock, type TestClock } from "./testing/clock.ts";
import { openTestGateway } from "./testing/gateway.ts";

interface Call {
  readonly tool: string;
  readonly args: Record<string, unknown>;
}

/** A model that makes the one call it is told to make, and then says what came of it. */
async function obedientModel() {
  const offered: string[][] = [];
  const heard: string[] = [];
  const server = createServer((incoming, outgoing) => {
    let text = "";
    incoming.on("data", (chunk: Buffer) => (text += chunk.toString()));
    incoming.on("end", () => {
      const { messages, tools = [] } = JSON.parse(text) as {
        messages: { role: string; content: unknown }[];
        tools?: { function: { name: string } }[];
      };
      offered.push(tools.map((tool) => tool.function.name));
      const last = messages.at(-1);
      if (last?.role === "tool") heard.push(JSON.stringify(last.content));
      const delta = last?.role === "tool" ? { content: "done" } : { tool_calls: [calling(last?.content)] };
      const base = { id: "c", object: "chat.completion.chunk", created: 1, model: "mock-1" };
      const end = { index: 0, delta: {}, finish_reason: last?.role === "tool" ? "stop" : "tool_calls" };
      outgoing.writeHead(200, { "content-type": "text/event-stream" });
      for (const choice of [{ index: 0, delta, finish_reason: null }, end]) {
        outgoing.write(`data: ${JSON.stringify({ ...base, choices: [choice] })}\n\n`);
      }
      outgoing.end("data: [DONE]\n\n");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    offered,
    heard,
    baseUrl: `http://127.0.0.1:${port}/v1`,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => void server.close(() => resolve())),
  };
}

/** What clients were told of the call. The next message must find the session idle, or it is steered into this run. */
async function ending(client: TestClient, runId: string): Promise<string> {
  const { payload } = await client.event(
    "agent",
    ({ runId: of, stream, data }) =>
      of === runId && stream === "tool" && (data as Record<string, unknown>)["phase"] === "result",
  );
  await client.event("chat", (one) => one["runId"] === runId && one["state"] === "final");
  return JSON.stringify(payload);
}

/** The call stands as JSON at the end of the message, behind the time of day. */
function calling(content: unknown) {
  const text = typeof content === "string" ? content : JSON.stringify(content);
  const json = typeof content === "string" ? text.slice(text.indexOf("{")) : firstText(content);
  const { tool, args } = JSON.parse(json) as Call;
  return { index: 0, id: "k", type: "function", function: { name: tool, arguments: JSON.stringify(args) } };
}

function firstText(content: unknown): string {
  const [part] = content as { text: string }[];
  return part?.text.slice(part.text.indexOf("{")) ?? "";
}

async function guarded(options: { exec?: Record<string, unknown>; file?: object; clock?: TestClock } = {}) {
  const stack = new AsyncDisposableStack();
  const model = stack.use(await obedientModel());
  const folder = stack.use(await mkdtempDisposable(path.join(tmpdir(), "understudy-gate-")));
  const workspace = path.join(folder.path, "workspace");
  await mkdir(workspace);
  const provider = { baseUrl: model.baseUrl, apiKey: "k", api: "openai-completions" };
  const gateway = stack.use(
    await openTestGateway({
      ...(options.clock === undefined ? {} : { clock: options.clock }),
      config: {
        models: { providers: { fake: { ...provider, models: [{ id: "mock-1", name: "Mock" }] } } },
        agents: { defaults: { model: "fake/mock-1", workspace, skipBootstrap: true } },
        ...(options.exec === undefined ? {} : { tools: { exec: options.exec } }),
      },
    }),
  );
  const client = stack.use(await gateway.connect({ caps: ["tool-events"] }));
  if (options.file !== undefined) {
    const { hash } = (await client.call("exec.approvals.get")).payload;
    const set = await client.call("exec.approvals.set", { file: options.file, baseHash: hash });
    expect(set.ok).toBe(true);
  }
  let runs = 0;
  const start = (tool: string, args: Record<string, unknown>) => {
    runs += 1;
    const runId = `run-${runs}`;
    const message = JSON.stringify({ tool, args });
    const sent = { sessionKey: "agent:main:main", message, idempotencyKey: runId };
    const accepted = client.call("chat.send", sent);
    return {
      runId,
      accepted,
      get said() {
        return ending(client, runId);
      },
    };
  };
  return {
    gateway,
    client,
    model,
    workspace,
    start,
    exec: (command: string, more: Record<string, unknown> = {}) => start("exec", { command, ...more }),
    made: (name: string) =>
      access(path.join(workspace, name)).then(
        () => true,
        () => false,
      ),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

const ALLOWS = (...patterns: string[]) => ({
  version: 1,
  agents: { main: { security: "allowlist", allowlist: patterns.map((pattern) => ({ pattern })) } },
});
const ASKS = { mode: "ask" };
const REVIEWER = { caps: ["approvals"] };

const decide = (reviewer: TestClient, id: unknown, decision: string) =>
  reviewer.call("exec.approval.resolve", { id, decision });

test("[AP14] commands run where nothing is said about them", async () => {
  await using rig = await guarded();
  await rig.exec("touch made && echo $((1+1))").said;
  expect(await rig.made("made")).toBe(true);
});

test.for([
  { exec: { mode: "deny" } },
  { exec: { security: "deny" } },
  { file: { version: 1, defaults: { security: "deny" } } },
  { exec: { mode: "full" }, file: { version: 1, agents: { main: { security: "deny" } } } },
])("[AP14] where commands are denied nothing runs, whoever said so: %j", async (options) => {
  await using rig = await guarded(options);
  expect(await rig.exec("touch made").said).toContain("exec denied: host=gateway security=deny");
  expect(await rig.made("made")).toBe(false);
});

test.for([
  "touch made",
  "echo a; touch made",
  "echo a && touch made",
  "echo a | touch made",
  "echo $(touch made)",
  'echo "$(touch made)"',
  "echo `touch made`",
  "echo a\ntouch made",
  "echo a & touch made",
  "echo a > made",
  "./echo made",
  "X=1 echo a",
  "nice echo a",
  "env touch made",
])("[AP13] what is not on the list does not run, however it is written: %j", async (command) => {
  await using rig = await guarded({ file: ALLOWS("echo", "env", "nice") });
  await writeFile(path.join(rig.workspace, "echo"), "#!/bin/sh\ntouch made\n", { mode: 0o755 });
  expect(await rig.exec(command).said).toContain("exec denied: allowlist miss");
  expect(await rig.made("made")).toBe(false);
});

test("[AP13] what is on the list runs, unless the call brings an environment of its own", async () => {
  await using rig = await guarded({ file: ALLOWS("echo", "/usr/bin/t*h") });
  expect(await rig.exec("echo 'x;y' && touch made | echo z").said).toContain("z");
  expect(await rig.made("made")).toBe(true);
  expect(await rig.exec("echo a", { env: { GREETING: "x" } }).said).toContain("exec denied: allowlist miss");
  expect(await rig.exec("echo a", { env: { LD_PRELOAD: "x" } }).said).toContain(
    "Environment variable 'LD_PRELOAD' is forbidden",
  );
});

test("[AP15] a reviewer says yes or no to what is not on the list", async () => {
  await using rig = await guarded({ exec: ASKS });
  await using reviewer = await rig.gateway.connect(REVIEWER);
  const first = rig.exec("touch one");
  const requested = await reviewer.event("exec.approval.requested");
  expect(requested.payload).toMatchObject({
    request: {
      command: "touch one",
      host: "gateway",
      sessionKey: "agent:main:main",
      runId: first.runId,
      toolCallId: "k",
    },
  });
  expect(await rig.made("one")).toBe(false);
  await decide(reviewer, requested.payload["id"], "allow-once");
  await first.said;
  expect(await rig.made("one")).toBe(true);

  const second = rig.exec("touch two");
  const again = await reviewer.event(
    "exec.approval.requested",
    ({ request }) => (request as Record<string, unknown>)["runId"] === second.runId,
  );
  await decide(reviewer, again.payload["id"], "deny");
  expect(await second.said).toContain("exec denied: user-denied");
  expect(await rig.made("two")).toBe(false);
});

test("[AP15] allow-always covers the very same command, and nothing that is not understood", async () => {
  await using rig = await guarded({ exec: ASKS });
  await using reviewer = await rig.gateway.connect(REVIEWER);
  const asked = async (runId: string) =>
    (
      await reviewer.event(
        "exec.approval.requested",
        ({ request }) => (request as Record<string, unknown>)["runId"] === runId,
      )
    ).payload;
  const first = rig.exec("touch one");
  await decide(reviewer, (await asked(first.runId))["id"], "allow-always");
  await first.said;

  expect(await rig.exec("touch one").said).not.toContain("denied");
  const other = rig.exec("touch two");
  await decide(reviewer, (await asked(other.runId))["id"], "deny");
  expect(await other.said).toContain("user-denied");
  const dynamic = rig.exec("touch $(echo three)");
  const { id } = await asked(dynamic.runId);
  expect((await decide(reviewer, id, "allow-always")).error.message).toContain("allow-always is unavailable");
  await decide(reviewer, id, "deny");
  await dynamic.said;
});

test.for([
  { fallback: undefined, runs: false },
  { fallback: "allowlist", runs: false },
  { fallback: "full", runs: true },
])("[AP16] an approval that nobody gave in time counts as $fallback", async ({ fallback, runs }) => {
  const clock = createTestClock();
  const defaults = { ask: "always", ...(fallback === undefined ? {} : { askFallback: fallback }) };
  await using rig = await guarded({ clock, file: { version: 1, defaults } });
  await using reviewer = await rig.gateway.connect(REVIEWER);
  const run = rig.exec("touch made");
  const { payload } = await reviewer.event("exec.approval.requested");
  // In steps, so that the peers can answer the gateway's pings.
  while (clock.now() < Number(payload["expiresAtMs"])) {
    clock.advance(10_000);
    await Promise.all([reviewer.call("health"), rig.client.call("health")]);
  }
  const said = await run.said;
  expect(said.includes("exec denied: approval-timeout")).toBe(!runs);
  expect(await rig.made("made")).toBe(runs);
});

test("[AP16] without a reviewer nobody is waited for", async () => {
  await using rig = await guarded({ exec: ASKS });
  expect(await rig.exec("touch made").said).toContain("exec denied: approval-required");
  expect(await rig.made("made")).toBe(false);
});

test("[AP17] what was exchanged or forbidden while the question stood does not run; a stopped run asks no more", async () => {
  await using rig = await guarded({ exec: ASKS });
  await using reviewer = await rig.gateway.connect(REVIEWER);
  const script = path.join(rig.workspace, "x.sh");
  await writeFile(script, "true");
  const run = rig.exec("bash x.sh $(true)");
  const { payload } = await reviewer.event("exec.approval.requested");
  await writeFile(script, "touch made");
  await decide(reviewer, payload["id"], "allow-once");
  expect(await run.said).toContain("exec denied");
  expect(await rig.made("made")).toBe(false);

  const stopped = rig.exec("touch made");
  const of = (one: Record<string, unknown>) =>
    (one["request"] as Record<string, unknown>)["runId"] === stopped.runId;
  const question = await reviewer.event("exec.approval.requested", of);
  await rig.client.call("chat.abort", { sessionKey: "agent:main:main", runId: stopped.runId });
  await reviewer.event("exec.approval.resolved", of);
  const late = await decide(reviewer, question.payload["id"], "allow-once");
  expect(late.error.message).toBe("approval already resolved");
  expect(await rig.made("made")).toBe(false);
});

test("[AP18] the session's mode comes before the configuration", async () => {
  await using rig = await guarded({ file: { version: 1, defaults: { security: "deny" } } });
  await using reviewer = await rig.gateway.connect(REVIEWER);
  const mode = async (permissionMode: string) =>
    expect(await rig.client.call("sessions.patch", { key: "agent:main:main", permissionMode })).toMatchObject(
      { ok: true },
    );
  await rig.exec("true").said;

  await mode("full");
  await rig.exec("touch full").said;
  expect(await rig.made("full")).toBe(true);

  await mode("read-only");
  const said = await rig.start("write", { path: "made", content: "x" }).said;
  expect(said).toContain("Tool write not found");
  expect(await rig.exec("touch made").said).toContain("Tool exec not found");
  expect(await rig.made("made")).toBe(false);
  const found = ["tool_call", "tool_describe", "tool_search"];
  expect(rig.model.offered.at(-1)).toEqual(["ls", "openclaw", "read", "sessions_yield", ...found]);
  const message = JSON.stringify({ tool: "exec", args: { command: "touch made" } });
  await rig.start("openclaw", { message }).said;
  expect(rig.model.heard.at(-2)).toContain("Tool exec not found");
  expect(await rig.made("made")).toBe(false);

  const { hash } = (await rig.client.call("exec.approvals.get")).payload;
  await rig.client.call("exec.approvals.set", { file: { version: 1 }, baseHash: hash });
  await mode("guarded");
  const asking = rig.exec("touch made");
  const { payload } = await reviewer.event("exec.approval.requested");
  await decide(reviewer, payload["id"], "deny");
  expect(await asking.said).toContain("user-denied");
});
