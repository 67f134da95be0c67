import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { openTestGateway } from "../testing/gateway.ts";
import { parseGatewayFlags } from "./gateway-flags.ts";
import { runCli } from "./main.ts";
import { lineOf } from "./source-line.ts";

interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

async function run(args: readonly string[], env: Record<string, string> = {}): Promise<Outcome> {
  let out = "";
  let error = "";
  const code = await runCli(args, {
    env: { HOME: "/nonexistent", ...env },
    hasColor: false,
    out: (text) => void (out += text),
    error: (text) => void (error += text),
  });
  return { code, out, error };
}

async function home(
  config?: string,
): Promise<{ env: Record<string, string>; folder: string } & AsyncDisposable> {
  const folder = await mkdtemp(path.join(tmpdir(), "understudy-cli-"));
  if (config !== undefined) await writeFile(path.join(folder, "openclaw.json"), config);
  return {
    folder,
    env: { HOME: folder, OPENCLAW_STATE_DIR: folder },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

test("[CL1] help is there for every command, with examples, and is no failure", async () => {
  const { out, code } = await run(["--help"]);
  expect(code).toBe(0);
  const commands = [...out.matchAll(/^ {2}([a-z]+) {2,}/gm)].map((match) => match[1] ?? "");
  expect(commands).toEqual(["gateway", "call", "status", "doctor", "config", "import", "catalog"]);
  for (const command of commands) {
    const help = await run([command, "--help"]);
    expect(help).toMatchObject({ code: 0, error: "" });
    expect(help.out).toContain("Examples:");
    expect(await run(["help", command])).toEqual(help);
  }
});

test("[CL1] the version names the package and the reference", async () => {
  const { version } = JSON.parse(await readFile(new URL("../../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  expect((await run(["--version"])).out).toBe(`understudy ${version} (answers as OpenClaw 2026.9.6)\n`);
});

test.for<[args: string[], complaint: string]>([
  [["nope"], 'unknown command "nope"'],
  [["call"], "which method?"],
  [["call", "health", "--params", "{"], "--params is not JSON"],
  [["call", "health", "--params", "[1]"], "--params wants a JSON object"],
  [["call", "health", "--frob"], 'does not recognize option "--frob"'],
  [["call", "health", "more"], 'unexpected argument "more"'],
  [["call", "health", "--timeout", "soon"], "--timeout wants milliseconds"],
  [["status", "--url", "http://x"], "--url wants ws://"],
  [["config"], "say check, path or get"],
  [["gateway", "--port", "abc"], "Invalid --port. Use a port number from 1 to 65535, for example 18789."],
  [["gateway", "--port", "65536"], "Invalid --port."],
  [["gateway", "--bind", "foo"], 'Invalid --bind. Use "loopback", "lan", "tailnet", "auto", or "custom".'],
  [["gateway", "--auth", "foo"], 'Invalid --auth. Use "none", "token", "password", or "trusted-proxy".'],
  [["gateway", "--password-file", "/nonexistent/pw"], "cannot read /nonexistent/pw"],
])("[CL2] %j is wrong usage, exit code 2", async ([args, complaint]) => {
  const { code, out, error } = await run(args);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(error).toContain(complaint);
  expect(error).toContain("--help");
});

test("[CL3] flags of the gateway", () => {
  expect(parseGatewayFlags(["run", "--port", "18790", "--bind", "lan", "--token", "t", "--verbose"])).toEqual(
    {
      port: 18_790,
      bind: "lan",
      token: "t",
      allowsUnconfigured: false,
      isVerbose: true,
      isJsonLog: false,
    },
  );
});

test.for<[config: string, args: string[], code: number, text: string]>([
  [
    "{ gateway: { mode: 'local',\n prot: 1 } }",
    [],
    78,
    'openclaw.json:1 — gateway: Unrecognized key: "prot"',
  ],
  ["{ gateway:", [], 78, "<root>: JSON5 parse failed"],
  ["{ gateway: { port: 1 } }", [], 78, "existing config is missing gateway.mode"],
  ["{ gateway: { mode: 'remote' } }", [], 78, "set gateway.mode=local (current: remote)"],
  [
    "{ gateway: { mode: 'local', auth: { mode: 'none' } } }",
    ["--bind", "lan"],
    78,
    "Refusing to bind gateway to lan without auth.",
  ],
  ["{ gateway: { mode: 'local', auth: { mode: 'password' } } }", [], 78, "no password is configured"],
  ["{ gateway: { mode: 'local', auth: { token: 't', password: 'p' } } }", [], 1, "are both configured"],
  [
    "{ gateway: { mode: 'local', auth: { token: { source: 'file', provider: 'q', id: '/a' } } } }",
    [],
    1,
    'Secret provider "q" is not configured',
  ],
])("[CL4] %s does not start", async ([config, args, code, text]) => {
  await using at = await home(config);
  const outcome = await run(["gateway", ...args], at.env);
  expect(outcome.code).toBe(code);
  expect(outcome.error).toContain(text);
});

test("[CL5] config check lists faults, warnings and keys without effect", async () => {
  await using at = await home(
    "{ gateway: { mode: 'local' }, wizard: {}, messages: { responsePrefix: '${NOPE}' } }",
  );
  const good = await run(["config", "check"], at.env);
  expect(good.code).toBe(0);
  expect(good.out).toContain('warning  messages.responsePrefix: missing env var "NOPE"');
  expect(good.out).toContain("ignored  messages");
  await writeFile(path.join(at.folder, "openclaw.json"), "{ foo: 1 }");
  const bad = await run(["config", "check", "--json"], at.env);
  expect(bad.code).toBe(78);
  expect(JSON.parse(bad.out)).toMatchObject({
    valid: false,
    issues: [{ path: "", message: 'Unrecognized key: "foo"' }],
  });
});

test("[CL5] config get masks secrets, config path names the file", async () => {
  await using at = await home("{ gateway: { port: 5, auth: { token: 'secret' } } }");
  expect((await run(["config", "get", "gateway.auth.token"], at.env)).out).toBe("__OPENCLAW_REDACTED__\n");
  expect((await run(["config", "get", "gateway.port"], at.env)).out).toBe("5\n");
  expect(await run(["config", "get", "gateway.nope"], at.env)).toMatchObject({ code: 1 });
  expect((await run(["config", "path"], at.env)).out).toBe(`${path.join(at.folder, "openclaw.json")}\n`);
});

test("[CL6] call and status ask a running gateway, with the token of its file", async () => {
  await using gateway = await openTestGateway();
  const env = { HOME: gateway.stateDir, OPENCLAW_STATE_DIR: gateway.stateDir };
  const port = ["--port", String(gateway.port)];
  const health = await run(["call", "health", "--json", ...port], env);
  expect(health.code).toBe(0);
  expect(JSON.parse(health.out)).toMatchObject({ ok: true });
  const status = await run(["status", "--json", ...port], env);
  expect(status.code).toBe(0);
  expect(JSON.parse(status.out)).toMatchObject({
    reachable: true,
    ok: true,
    server: "2026.9.6",
    protocol: 4,
  });
  const unknown = await run(["call", "no.such", "--json", ...port], env);
  expect(unknown.code).toBe(1);
  expect(JSON.parse(unknown.out)).toMatchObject({ error: { code: "INVALID_REQUEST" } });
  const stranger = await run(["call", "health", "--url", gateway.url, "--token", "wrong"], env);
  expect(stranger).toMatchObject({ code: 1, out: "" });
});

test("[CL6] a gateway that is not there is told in one line", async () => {
  const { code, error } = await run(["status", "--url", "ws://127.0.0.1:9", "--token", "t"]);
  expect(code).toBe(1);
  expect(error).toMatch(/^understudy: ws:\/\/127\.0\.0\.1:9: nothing is listening there/);
});

test("[CL7] doctor finds the running owner, and what is wrong", async () => {
  await using gateway = await openTestGateway();
  const env = {
    HOME: gateway.stateDir,
    OPENCLAW_STATE_DIR: gateway.stateDir,
    OPENCLAW_GATEWAY_PORT: String(gateway.port),
  };
  const sound = await run(["doctor", "--json"], env);
  const { findings } = JSON.parse(sound.out) as {
    findings: { check: string; verdict: string; text: string }[];
  };
  expect(findings.find(({ check }) => check === "owner")?.text).toContain(
    `process ${process.pid} has the state folder`,
  );
  expect(findings.filter(({ verdict }) => verdict === "fault")).toEqual([]);
  await writeFile(path.join(gateway.stateDir, "openclaw.json"), "{ foo: 1 }");
  expect(await run(["doctor"], env)).toMatchObject({ code: 78 });
});

test("[CL8] the line of a key, whatever stands around it", () => {
  const text = "{ // {\n 'a': \"}\",\n b: [1, { c: '\\'' },\n {d: 2}], /* e: 1,\n */ e: { f: 3 } }";
  expect(lineOf(text, ["a"])).toBe(2);
  expect(lineOf(text, ["b", "0"])).toBe(3);
  expect(lineOf(text, ["b", "2", "d"])).toBe(4);
  expect(lineOf(text, ["e", "f"])).toBe(5);
  expect(lineOf(text, ["nope"])).toBeUndefined();
});
