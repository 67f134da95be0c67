import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import type { TestClient } from "../../testing/client.ts";
import { openTestGateway } from "../../testing/gateway.ts";

const SIZE = { cols: 80, rows: 24 };
const shell = { gateway: { terminal: { shell: "/bin/sh" } } };

afterEach(() => vi.unstubAllEnvs());

/** Everything a terminal printed up to and with this text. */
async function printed(client: TestClient, text: string): Promise<string> {
  let all = "";
  while (!all.includes(text)) {
    const length = all.length;
    const isNext = (event: Record<string, unknown>): boolean => Number(event["seq"]) > length;
    const { payload } = await client.event("terminal.data", isNext);
    const { data, seq } = payload as { data: string; seq: number };
    all += data;
    expect(seq).toBe(all.length);
  }
  return all;
}

test("[TE1] a terminal is a real shell behind a pseudo-terminal; seq counts what it printed", async () => {
  await using gateway = await openTestGateway({ config: shell });
  await using client = await gateway.connect();

  const opened = await client.call("terminal.open", SIZE);
  const { sessionId } = opened.payload;
  await client.call("terminal.resize", { sessionId, cols: 101, rows: 33 });
  await client.call("terminal.input", {
    sessionId,
    data: 'stty size; echo "<$OPENCLAW_TERMINAL>"; exit 3\n',
  });
  const text = await printed(client, "<1>");
  const exit = await client.event("terminal.exit");

  expect(opened.payload).toMatchObject({ agentId: "main", shell: "/bin/sh", confined: false });
  expect(text).toContain("33 101");
  expect(exit.payload).toEqual({ sessionId, exitCode: 3, signal: null, reason: "process_exit" });
  expect((await client.call("terminal.list")).payload).toEqual({ sessions: [] });
});

test("[TE2] a terminal obeys the connection that it belongs to; who attaches takes it over with what it printed", async () => {
  await using gateway = await openTestGateway({ config: shell });
  await using owner = await gateway.connect();
  await using other = await gateway.connect();
  const { sessionId } = (await owner.call("terminal.open", SIZE)).payload;

  const refused = await other.call("terminal.input", { sessionId, data: "x" });
  await owner.call("terminal.input", { sessionId, data: "echo a''b\n" });
  await printed(owner, "ab");
  const taken = await other.call("terminal.attach", { sessionId });
  const lost = await owner.event("terminal.exit");
  const late = await owner.call("terminal.close", { sessionId });

  expect(refused.payload).toEqual({ ok: false });
  expect(taken.payload["buffer"]).toContain("ab");
  expect(lost.payload).toEqual({ sessionId, exitCode: null, signal: null, reason: "detached" });
  expect(late.payload).toEqual({ ok: false });
  expect((await other.call("terminal.close", { sessionId })).payload).toEqual({ ok: true });
  expect((await other.event("terminal.exit")).payload).toMatchObject({ reason: "closed" });
});

test("[TE3] a terminal waits for somebody to come back to it, unless it is told not to", async () => {
  const keeping = await openTestGateway({ config: shell });
  const impatient = await openTestGateway({
    config: { gateway: { terminal: { shell: "/bin/sh", detachedSessionTimeoutSeconds: 0 } } },
  });
  const rows: unknown[] = [];
  for (const gateway of [keeping, impatient]) {
    await using _gateway = gateway;
    await using watcher = await gateway.connect();
    const client = await gateway.connect();
    await client.call("terminal.open", SIZE);
    await client[Symbol.asyncDispose]();
    rows.push((await watcher.call("terminal.list")).payload["sessions"]);
  }

  expect(rows).toEqual([[expect.objectContaining({ attached: false, owner: "conn" })], []]);
});

test("[TE4] a terminal of a chat session is shared by who looks on, and ends with the session", async () => {
  await using gateway = await openTestGateway({ config: shell });
  await using one = await gateway.connect();
  await using two = await gateway.connect();
  await one.call("sessions.create", { key: "agent:main:t" });

  const { sessionId } = (await one.call("terminal.open", { ...SIZE, sessionKey: "agent:main:t" })).payload;
  await two.call("terminal.attach", { sessionId });
  await two.call("terminal.input", { sessionId, data: "echo a''b\n" });
  await Promise.all([printed(one, "ab"), two.event("terminal.data")]);
  await two.call("terminal.close", { sessionId });
  const kept = await one.call("terminal.list");
  await one.call("sessions.delete", { key: "agent:main:t" });

  expect(kept.payload["sessions"]).toMatchObject([{ attached: true, owner: "agent:agent:main:t" }]);
  expect((await one.event("terminal.exit")).payload).toMatchObject({ sessionId, reason: "closed" });
});

test.for([
  [{ ...SIZE, agentId: "nope" }, 'unknown agent "nope"'],
  [{ ...SIZE, sessionKey: "agent:main:nope" }, "session is no longer available; refresh and retry"],
  [{ ...SIZE, sessionKey: "agent:zz:x" }, 'agent "main" does not match session key agent "zz"'],
  [{ ...SIZE, catalog: { catalogId: "x", hostId: "y", threadId: "z" } }, "unknown session catalog: x"],
] as const)("[TE5] what cannot be opened is refused: %j", async ([params, message]) => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  expect((await client.call("terminal.open", params)).error.message).toBe(message);
});

test("[TE6] a file is kept where only this user reads it, under a name that is one", async () => {
  await using gateway = await openTestGateway({ config: shell });
  await using client = await gateway.connect();
  // Staged files lie in the system's temporary folder, which others use as well.
  vi.stubEnv("TMPDIR", gateway.stateDir);
  const { sessionId } = (await client.call("terminal.open", SIZE)).payload;
  const upload = { sessionId, contentBase64: "aGVsbG8=" };

  const kept = await client.call("terminal.upload", { ...upload, name: "../../a:b.txt" });
  const place = String(kept.payload["path"]);
  const broken = await client.call("terminal.upload", { ...upload, name: "x", contentBase64: "aGk" });

  expect([path.basename(place), kept.payload["size"]]).toEqual(["a_b.txt", 5]);
  expect(await readFile(place, "utf8")).toBe("hello");
  expect(((await stat(path.dirname(place))).mode & 0o777).toString(8)).toBe("700");
  expect(broken.error.message).toBe("invalid terminal.upload base64 content");
});

test("[TE7] terminals that are switched off are refused, and so are agents that live in a sandbox", async () => {
  const config = {
    gateway: { terminal: { enabled: false } },
    agents: { entries: { main: { default: true }, boxed: { sandbox: { mode: "all" } } } },
  };
  await using off = await openTestGateway({ config });
  await using on = await openTestGateway({ config: { agents: config.agents } });
  await using client = await off.connect();
  await using other = await on.connect();

  expect((await client.call("terminal.list")).error.message).toBe("terminal is disabled");
  expect((await client.call("terminal.open", SIZE)).error.message).toBe("terminal is disabled");
  const boxed = await other.call("terminal.open", { ...SIZE, agentId: "boxed" });
  expect(boxed.error.message).toBe('agent "boxed" is fully sandboxed');
});
