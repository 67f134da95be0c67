import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

const WORD = "zebrafinch";

/** Whether any file below the folder has the word in it. */
function isOnDisk(folder: string, word: string): boolean {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  return files.some((file) => readFileSync(path.join(file.parentPath, file.name)).includes(word));
}

test("[SE33] what is said in an incognito session is in its history and nowhere on the disk", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const { payload } = await client.call("sessions.create", { incognito: true, label: WORD });
  const key = String(payload["key"]);
  const ended = client.event("chat", (event) => Reflect.get(Object(event), "state") === "final");

  await client.call("chat.send", { sessionKey: key, message: `tell me of ${WORD}`, idempotencyKey: WORD });
  await ended;

  const history = await client.call("chat.history", { sessionKey: key });
  expect(key).toMatch(/^agent:main:dashboard:incognito-/);
  expect(history.payload["messages"]).toHaveLength(2);
  expect(isOnDisk(gateway.stateDir, WORD)).toBe(false);
});

test("[SE33] only who has its key finds it", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const { payload } = await client.call("sessions.create", { incognito: true, label: WORD });

  const listed = await client.call("sessions.list", { search: WORD, archived: "all" });
  const byLabel = await client.call("sessions.resolve", { label: WORD });
  const byKey = await client.call("sessions.describe", { key: payload["key"] });
  const deleted = await client.call("sessions.delete", { key: payload["key"] });

  expect(listed.payload["totalCount"]).toBe(0);
  expect(byLabel.error.message).toBe(`No session found with label: ${WORD}`);
  expect(byKey.payload["session"]).toMatchObject({ incognito: true, label: WORD });
  expect(deleted.payload).toMatchObject({ deleted: true, archived: [] });
});

test("[SE33] what begins under one is one as well", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const parent = await client.call("sessions.create", { incognito: true });

  const child = await client.call("sessions.create", { parentSessionKey: parent.payload["key"] });
  const forked = await client.call("sessions.create", {
    parentSessionKey: parent.payload["key"],
    fork: true,
  });

  expect(child.payload["key"]).toMatch(/:incognito-/);
  expect(forked.payload["key"]).toMatch(/:incognito-/);
});

test.for([
  [{ incognito: true, key: "a" }, "incognito sessions are web-only"],
  [{ incognito: true, worktree: true }, "incognito sessions are web-only"],
  [{ incognito: true, parentSessionKey: "main" }, "incognito sessions cannot have durable parents"],
  [{ key: "dashboard:incognito-x" }, "incognito-shaped session keys require incognito: true"],
  [
    { incognito: true, key: "agent:main:dashboard:incognito-x" },
    "incognito is immutable and requires a new session key",
  ],
  [{ key: "agent:main:harness:x" }, "Session key namespace is reserved for agent harness-owned sessions."],
] as const)("[SE33] refuses %j", async ([params, text]) => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  expect((await client.call("sessions.create", params)).error.message).toBe(text);
});

test("[SE34] nothing begins in a session that was put away", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const key = "agent:main:a";
  const { payload } = await client.call("sessions.create", { key });
  await client.call("sessions.patch", { key, archived: true, expectedSessionId: payload["sessionId"] });
  const refusal = `Session "${key}" is archived. Restore it before starting new work.`;
  const refused = async (method: string, params: object) => (await client.call(method, params)).error.message;

  expect(await refused("chat.send", { sessionKey: key, message: "x", idempotencyKey: "1" })).toBe(refusal);
  expect(await refused("sessions.send", { key, message: "x" })).toBe(refusal);
  expect(await refused("agent", { sessionKey: key, message: "x", idempotencyKey: "2" })).toBe(refusal);
  expect(await refused("sessions.reset", { key })).toBe(refusal);
  expect(await refused("chat.inject", { sessionKey: key, message: "x" })).toBe(`Error: ${refusal}`);
});
