import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Gateway } from "../launch/gateway.ts";
import { REFERENCE_VERSION } from "../launch/places.ts";
import { needsReference } from "../replay/target.ts";
import { parseScenario } from "../scenario/schema.ts";
import { runScenario } from "./run-scenario.ts";
import { BRISK } from "./session.ts";

/** A command line that says what it was asked, where it lives, and which gateway its configuration names. */
const PROGRAM = `
import { readFileSync } from "node:fs";
const config = JSON.parse(readFileSync(process.env.HOME + "/.openclaw/openclaw.json", "utf8"));
const args = process.argv.slice(2);
if (args[0] === "fail") { console.error("hint\\n[openclaw] Reason: because"); process.exit(3); }
if (args[0] === "talk") { console.log("one\\n\\ntwo"); process.exit(0); }
console.log("a word before");
console.log(JSON.stringify({ args, gateway: config.gateway, id: 7 }));
`;

let cache: string;
beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), "cli-step-"));
  vi.stubEnv("UNDERSTUDY_CACHE", cache);
  vi.stubEnv("UNDERSTUDY_SCRATCH", cache);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(cache, { recursive: true });
});

async function install(): Promise<void> {
  const modules = join(cache, `reference-${REFERENCE_VERSION}`, "node_modules");
  await mkdir(join(modules, "openclaw"), { recursive: true });
  await mkdir(join(modules, "node", "bin"), { recursive: true });
  await symlink(process.execPath, join(modules, "node", "bin", "node"));
  await writeFile(join(modules, "openclaw", "openclaw.mjs"), PROGRAM);
}

const scenarioOf = (...clis: readonly object[]) =>
  parseScenario(
    {
      id: "cli/test",
      title: "commands",
      area: "rpc-events",
      covers: ["health"],
      steps: clis.map((cli) => ({ cli, expect: { present: "/exitCode" } })),
    },
    "test",
  );

async function play(...clis: readonly object[]) {
  const tape = { load() {}, releaseAll() {}, asks: [], lastActivity: 0, port: 2 };
  // As much of a gateway as a scenario without connections touches.
  const gateway = { url: "ws://127.0.0.1:1", port: 1, token: "secret-token", tape } as unknown as Gateway;
  return await runScenario(scenarioOf(...clis), gateway, { patience: BRISK, settleMs: 1 });
}

test("a command's exit code and its JSON are received, and its HOME leads to the gateway", async () => {
  await install();
  const { steps } = await play({ args: ["cron", "list", "--json"] }, { args: ["health"], mode: "remote" });

  expect(steps[0]).toMatchObject({ subject: "CLI cron list", sent: ["cron", "list", "--json"] });
  expect(steps[0]?.received).toMatchObject({
    exitCode: 0,
    json: {
      args: ["cron", "list", "--json"],
      gateway: { port: 1, mode: "local", auth: { token: "secret-token" } },
    },
  });
  expect(steps[1]?.received).toMatchObject({
    json: { gateway: { mode: "remote", remote: { url: "ws://127.0.0.1:1", token: "secret-token" } } },
  });
});

test("a shape has no values, text comes when it is asked for, and a failure says why", async () => {
  await install();
  const { steps } = await play(
    { args: ["x"], show: "shape" },
    { args: ["talk"], show: "text" },
    { args: ["fail"] },
  );

  expect(steps[0]?.received).toMatchObject({ json: { args: ["string"], id: "number" } });
  expect(steps[1]?.received).toEqual({ exitCode: 0, lines: ["one", "two"] });
  expect(steps[2]?.received).toEqual({ exitCode: 3, complaint: "[openclaw] Reason: because" });
});

test("without an installed reference such a scenario cannot be played, and says so", async () => {
  const { steps } = await play({ args: ["x"] });

  expect(needsReference(scenarioOf({ args: ["x"] }))).toMatch(/not installed here/);
  expect(steps[0]?.problem).toMatch(/not installed here/);
  await install();
  expect(needsReference(scenarioOf({ args: ["x"] }))).toBeUndefined();
});
