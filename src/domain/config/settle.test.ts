import { chmod, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { systemClock } from "../../platform/clock.ts";
import { systemIds } from "../../platform/ids.ts";
import { gatewayTokenFile, keptSecret } from "./own-secret.ts";
import { locate } from "./paths.ts";
import { type ConfigFlags, settle } from "./settle.ts";

const settled = (
  source: Record<string, unknown>,
  env: Record<string, string> = {},
  flags: ConfigFlags = {},
) =>
  settle({
    source,
    env,
    flags,
    home: "/home/someone",
    stateDir: "/home/someone/.openclaw",
    clock: systemClock,
    ownToken: async () => "kept",
  });

test("[CF7] with nothing at all: loopback, 18789, a token of its own, the offline model", async () => {
  const config = await settled({});
  expect(config.gateway).toMatchObject({
    port: 18_789,
    bind: "loopback",
    auth: { mode: "token", token: "kept" },
  });
  expect(config.agents.defaults.model).toEqual({ primary: "offline/echo", fallbacks: [] });
  expect(config.agents.defaults.workspace).toBe("/home/someone/.openclaw/workspace");
  expect(config.agents.entries).toEqual([{ id: "main", default: false }]);
  expect(Object.isFrozen(config.gateway.auth)).toBe(true);
});

test("[CF8] a flag beats the environment, the environment beats the file's port", async () => {
  const file = { gateway: { port: 1000 } };
  const env = { OPENCLAW_GATEWAY_PORT: "2000" };
  expect((await settled(file)).gateway.port).toBe(1000);
  expect((await settled(file, env)).gateway.port).toBe(2000);
  expect((await settled(file, env, { port: 3000 })).gateway.port).toBe(3000);
  expect((await settled(file, { OPENCLAW_GATEWAY_PORT: "abc" })).gateway.port).toBe(1000);
});

test("[CF8] the file's token beats the environment's, and a flag beats both", async () => {
  const file = { gateway: { auth: { token: "file" } } };
  const env = { OPENCLAW_GATEWAY_TOKEN: "environment" };
  expect((await settled({}, env)).gateway.auth.token).toBe("environment");
  expect((await settled(file, env)).gateway.auth.token).toBe("file");
  expect((await settled(file, env, { token: "flag" })).gateway.auth.token).toBe("flag");
});

test("[CF8] the kind of secret decides the mode, and two of them are refused", async () => {
  const password = await settled({ gateway: { auth: { password: "p" } } });
  expect(password.gateway.auth).toEqual({ mode: "password", password: "p" });
  await expect(settled({ gateway: { auth: { token: "t", password: "p" } } })).rejects.toThrow(
    "gateway.auth.token and gateway.auth.password are both configured",
  );
  await expect(settled({ gateway: { auth: { mode: "password" } } })).rejects.toThrow(
    "no password is configured",
  );
});

test("[CF9] models get the reference's defaults, and their provider's api", async () => {
  const { models } = await settled({
    models: {
      providers: {
        x: { baseUrl: "http://h/v1", api: "openai-completions", models: [{ id: "m", name: "M" }] },
      },
    },
  });
  expect(models.providers["x"]?.models[0]).toMatchObject({
    id: "m",
    api: "openai-completions",
    reasoning: false,
    input: ["text"],
    cost: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 },
    maxTokens: 8_192,
  });
});

async function temporaryFolder(): Promise<{ path: string } & AsyncDisposable> {
  const folder = await mkdtemp(path.join(tmpdir(), "understudy-settle-"));
  return { path: folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

test("[CF10] secret references: environment, file, program", async () => {
  await using folder = await temporaryFolder();
  const secrets = path.join(folder.path, "secrets.json");
  await writeFile(secrets, JSON.stringify({ a: { "b/c": "from file" } }), { mode: 0o600 });
  const program = path.join(folder.path, "vault");
  await writeFile(
    program,
    `#!${process.execPath}
let text = ""; process.stdin.on("data", (d) => (text += d)).on("end", () => {
  const { ids } = JSON.parse(text);
  process.stdout.write(JSON.stringify({ protocolVersion: 1, values: { [ids[0]]: "from program " + ids[0] } }));
});\n`,
    { mode: 0o700 },
  );
  const apiKey = async (ref: unknown, more: Record<string, unknown> = {}) => {
    const provider = { baseUrl: "http://h", apiKey: ref, models: [] };
    const config = await settled(
      { models: { providers: { x: provider } }, secrets: { providers: more } },
      { KEY: "from env" },
    );
    return config.models.providers["x"]?.apiKey;
  };
  expect(await apiKey("plain")).toBe("plain");
  expect(await apiKey("$KEY")).toBe("from env");
  expect(await apiKey("${STILL_MISSING}")).toBeUndefined();
  expect(await apiKey({ source: "env", provider: "default", id: "KEY" })).toBe("from env");
  const file = { f: { source: "file", path: secrets } };
  expect(await apiKey({ source: "file", provider: "f", id: "/a/b~1c" }, file)).toBe("from file");
  const exec = { v: { source: "exec", command: program } };
  expect(await apiKey({ source: "exec", provider: "v", id: "x/y" }, exec)).toBe("from program x/y");
  // What cannot be resolved is not there; it does not stop a start.
  expect(await apiKey({ source: "file", provider: "f", id: "/nope" }, file)).toBeUndefined();
  expect(await apiKey({ source: "exec", provider: "v", id: "../x" }, exec)).toBeUndefined();
  await chmod(secrets, 0o644);
  expect(await apiKey({ source: "file", provider: "f", id: "/a/b~1c" }, file)).toBeUndefined();
});

test("[CF10] the gateway's own secret must resolve", async () => {
  const token = { source: "file", provider: "q", id: "/a" };
  await expect(settled({ gateway: { auth: { token } } })).rejects.toThrow(
    'Secret provider "q" is not configured (ref: file:q:/a).',
  );
});

test("[CF11] the token of the first start is private and stays", async () => {
  await using folder = await temporaryFolder();
  const file = gatewayTokenFile(folder.path);
  const [one, two] = await Promise.all([keptSecret(file, systemIds), keptSecret(file, systemIds)]);
  expect(one).toBe(two);
  expect(one.length).toBeGreaterThanOrEqual(43);
  expect(await keptSecret(file, systemIds)).toBe(one);
  expect((await readFile(file, "utf8")).trim()).toBe(one);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test.for<[env: Record<string, string>, config: string, state: string]>([
  [{ HOME: "/h" }, "/h/.openclaw/openclaw.json", "/h/.openclaw"],
  [{ HOME: "/h", OPENCLAW_HOME: "/o" }, "/o/.openclaw/openclaw.json", "/o/.openclaw"],
  [{ HOME: "/h", OPENCLAW_HOME: "undefined" }, "/h/.openclaw/openclaw.json", "/h/.openclaw"],
  [{ HOME: "/h", OPENCLAW_STATE_DIR: "~/s" }, "/h/s/openclaw.json", "/h/s"],
  [{ HOME: "/h", OPENCLAW_CONFIG_PATH: "/c/x.json5" }, "/c/x.json5", "/h/.openclaw"],
  [{ HOME: "/h", OPENCLAW_PROFILE: "work" }, "/h/.openclaw-work/openclaw.json", "/h/.openclaw-work"],
])("[CF8] %j names the file and the state folder", ([env, config, state]) => {
  expect(locate(env)).toMatchObject({ configPath: config, stateDir: state });
});
