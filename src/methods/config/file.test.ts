import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { openTestGateway, type TestGateway } from "../../testing/gateway.ts";

const CONFIG = {
  agents: { defaults: { skills: ["a", "b"] }, entries: { main: { name: "Main" } } },
  models: {
    providers: {
      mock: { baseUrl: "http://h/v1", apiKey: "key-of-the-mock", models: [{ id: "m", name: "M" }] },
    },
  },
};

const fileOf = (gateway: TestGateway) => path.join(gateway.stateDir, "openclaw.json");

async function rig() {
  const gateway = await openTestGateway({ config: CONFIG });
  const client = await gateway.connect();
  const read = async () => (await client.call("config.get", {})).payload;
  return { gateway, client, read, [Symbol.asyncDispose]: () => gateway[Symbol.asyncDispose]() };
}

test("[CF13] config.get shows the file without its secrets", async () => {
  await using on = await rig();
  const answer = await on.read();
  expect(answer).toMatchObject({
    path: fileOf(on.gateway),
    exists: true,
    valid: true,
    issues: [],
    parsed: { gateway: { auth: { token: "__OPENCLAW_REDACTED__" } } },
    sourceConfig: { models: { providers: { mock: { apiKey: "__OPENCLAW_REDACTED__" } } } },
    runtimeConfig: {
      models: { providers: { mock: { models: [{ id: "m", input: ["text"], maxTokens: 8192 }] } } },
      commands: { native: "auto", nativeSkills: "auto", restart: true },
    },
  });
  expect(JSON.stringify(answer)).not.toContain("key-of-the-mock");
  expect(answer["hash"]).toMatch(/^hmac-sha256:v1:[\w-]{43}$/);
  expect(answer["configRevisionHash"]).toBe(answer["appliedConfigHash"]);
});

test("[CF14] a patch is written, comes into force, and is told to a second connection", async () => {
  await using on = await rig();
  const other = await on.gateway.connect();
  const before = await on.read();
  const raw = "{ agents: { defaults: { skills: ['a', 'b', 'c'] } } }";
  const answer = await on.client.call("config.patch", { raw, baseHash: before["hash"], note: "why" });
  expect(answer).toMatchObject({
    ok: true,
    payload: {
      ok: true,
      changedPaths: ["agents.defaults.skills"],
      sentinel: { payload: { kind: "config-patch", message: "why", stats: { requiresRestart: false } } },
    },
  });
  expect(JSON.parse(await readFile(fileOf(on.gateway), "utf8"))).toMatchObject({
    agents: { defaults: { skills: ["a", "b", "c"] } },
    models: { providers: { mock: { apiKey: "key-of-the-mock" } } },
    meta: { lastTouchedVersion: "2026.9.6" },
  });
  const event = await other.event("config.changed");
  expect(event.payload).toMatchObject({ path: fileOf(on.gateway), hash: answer.payload["hash"] });
  expect((await on.read())["hash"]).toBe(answer.payload["hash"]);
});

test("[CF14] of what a form sends back, only what it changed comes into the file", async () => {
  await using on = await rig();
  const { config, hash } = await on.read();
  const shown = config as Record<string, object>;
  const raw = JSON.stringify({ ...shown, commands: { ...shown["commands"], restart: false } });
  const answer = await on.client.call("config.set", { raw, baseHash: hash });
  expect(answer.error).toBeUndefined();
  const written = JSON.parse(await readFile(fileOf(on.gateway), "utf8"));
  expect(written.commands).toEqual({ restart: false });
  expect(written.agents).toEqual(CONFIG.agents);
  expect(written.models).toEqual(CONFIG.models);
});

test("[CF14] what is so already is not written", async () => {
  await using on = await rig();
  const before = await readFile(fileOf(on.gateway), "utf8");
  const { hash } = await on.read();
  const answer = await on.client.call("config.patch", {
    raw: "{agents:{defaults:{skills:['a','b']}}}",
    baseHash: hash,
  });
  expect(answer.payload).toMatchObject({ ok: true, noop: true, changedPaths: [] });
  expect(await readFile(fileOf(on.gateway), "utf8")).toBe(before);
});

test.for<[method: string, params: Record<string, unknown>, message: string]>([
  ["config.set", { raw: "{}" }, "config base hash required; re-run config.get and retry"],
  [
    "config.set",
    { raw: "{}", baseHash: "zzz" },
    "config changed since last load; re-run config.get and retry",
  ],
  ["config.set", { raw: "{foo:", baseHash: "$HASH" }, "SyntaxError: JSON5: invalid end of input at 1:6"],
  ["config.set", { raw: "5", baseHash: "$HASH" }, "invalid config"],
  [
    "config.set",
    { raw: "[]", baseHash: "$HASH" },
    "invalid config: <root>: Invalid input: expected object, received array",
  ],
  [
    "config.set",
    { raw: "{gateway:{prot:1}}", baseHash: "$HASH" },
    'invalid config: gateway: Unrecognized key: "prot"',
  ],
  [
    "config.set",
    { raw: "{gateway:{auth:{password:'__OPENCLAW_REDACTED__'}}}", baseHash: "$HASH" },
    'Sentinel value "__OPENCLAW_REDACTED__" in key gateway.auth.password is not valid as real data',
  ],
  [
    "config.patch",
    { raw: "{models:{providers:{zz:{apiKey:'__OPENCLAW_REDACTED__'}}}}", baseHash: "$HASH" },
    'Sentinel value "__OPENCLAW_REDACTED__" in key models.providers.*.apiKey is not valid as real data',
  ],
  ["config.patch", { raw: "[]", baseHash: "$HASH" }, "config.patch raw must be an object"],
  [
    "config.patch",
    { raw: "{gateway:{port:1}}" },
    "config base hash required for gateway.port; re-run config.get and retry with baseHash",
  ],
  [
    "config.patch",
    { raw: "{agents:{defaults:{skills:['a']}}}", baseHash: "$HASH" },
    "config.patch would remove entries from array path(s): agents.defaults.skills. Pass replacePaths with the exact path(s) when this is intentional, or use config.apply for full-config replacement.",
  ],
  [
    "config.patch",
    { raw: "{agents:{entries:{solo:{name:'Solo'}}}}", baseHash: "$HASH" },
    'invalid config: agents.ownership: multi-agent rosters require agents.ownership="explicit"',
  ],
  ["config.apply", { raw: "{}" }, "config base hash required; re-run config.get and retry"],
  ["config.set", {}, "invalid config.set params: must have required property 'raw'"],
])("[CF14] %s refuses %j", async ([method, params, message]) => {
  await using on = await rig();
  const { hash } = await on.read();
  const filled = params["baseHash"] === "$HASH" ? { ...params, baseHash: hash } : params;
  const answer = await on.client.call(method, filled);
  expect(answer).toMatchObject({ ok: false, error: { code: "INVALID_REQUEST" } });
  // What a roster of several has to say is told at length.
  const cut = message.includes("multi-agent") ? message.length : undefined;
  expect(answer.error.message.slice(0, cut)).toBe(message);
});

test("[CF14] a write that loses gateway.mode is refused and kept beside the file", async () => {
  await using on = await rig();
  const { hash } = await on.read();
  const answer = await on.client.call("config.set", { raw: "{ agents: {} }", baseHash: hash });
  expect(answer.error).toMatchObject({ code: "UNAVAILABLE" });
  expect(answer.error).not.toHaveProperty("retryable");
  expect(answer.error.message).toMatch(/^Error: Config write rejected: .*gateway-mode-removed\)/);
  expect(
    (await readdir(on.gateway.stateDir)).some((name) => name.startsWith("openclaw.json.rejected.")),
  ).toBe(true);
});

test("[CF14] an edit of what an include brings in is refused, an edit beside it keeps the include", async () => {
  await using on = await rig();
  const file = fileOf(on.gateway);
  const { models: _, ...rest } = JSON.parse(await readFile(file, "utf8")) as Record<string, unknown>;
  await writeFile(path.join(on.gateway.stateDir, "models.json5"), "{ mode: 'merge' }");
  await writeFile(file, JSON.stringify({ ...rest, models: { $include: "./models.json5" } }));
  const { hash } = await on.read();
  const refused = await on.client.call("config.patch", { raw: "{models:{mode:'replace'}}", baseHash: hash });
  expect(refused.error.message).toBe(
    "Error: Config write would flatten $include-owned config at models; edit that include file directly or remove the $include first.: code=CONFIG_INCLUDE_OWNERSHIP",
  );
  const written = await on.client.call("config.patch", { raw: "{ui:{seamColor:'ff0000'}}", baseHash: hash });
  expect(written.ok).toBe(true);
  expect(JSON.parse(await readFile(file, "utf8"))).toMatchObject({
    models: { $include: "./models.json5" },
    ui: { seamColor: "ff0000" },
  });
});

test("[CF14] reading needs operator.read, writing operator.admin", async () => {
  await using on = await rig();
  const reader = await on.gateway.connect({ scopes: ["operator.read"] });
  expect((await reader.call("config.get", {})).ok).toBe(true);
  const refused = await reader.call("config.set", { raw: "{}" });
  expect(refused).toMatchObject({ ok: false, error: { details: { code: "MISSING_SCOPE" } } });
});

test("[CF14] a patch that asks for nothing changes nothing, whatever the file says by now", async () => {
  await using on = await rig();

  expect((await on.client.call("config.patch", { raw: "{}" })).payload).toMatchObject({
    noop: true,
    changedPaths: [],
  });
});
