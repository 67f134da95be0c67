import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { scenarioOf } from "../compare/testing-trace.ts";
import { LaunchContract, loadContract } from "./contract.ts";
import { insideHome, launch } from "./launch.ts";
import { checkout } from "./places.ts";
import { PortFinder } from "./ports.ts";

/** A gateway that says hello-ok to everyone, or leaves at once when told so. */
const GATEWAY = `
import { createRequire } from "node:module";
const { WebSocketServer } = createRequire(process.argv[3])("ws");
if (process.env.REFUSE) { console.error("bad config"); process.exit(78); }
const server = new WebSocketServer({ port: Number(process.argv[2]), host: "127.0.0.1" });
server.on("connection", (socket) => {
  socket.send(JSON.stringify({ type: "event", event: "connect.challenge", payload: {} }));
  socket.on("message", (data) => {
    const { id } = JSON.parse(data);
    socket.send(JSON.stringify({ type: "res", id, ok: true, payload: { type: "hello-ok" } }));
  });
});
`;

let folder: string;
const ports = new PortFinder();
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "launch-"));
  await writeFile(join(folder, "gateway.mjs"), GATEWAY);
});
afterEach(() => rm(folder, { recursive: true }));

function contractOf(more: Record<string, unknown> = {}): LaunchContract {
  return LaunchContract.parse({
    name: "fake",
    command: process.execPath,
    args: [join(folder, "gateway.mjs"), "${port}", join(checkout, "package.json")],
    stateFolder: "${home}/.openclaw",
    configFile: "${home}/.openclaw/openclaw.json",
    ready: { timeoutMs: 10_000 },
    stop: { graceMs: 2000 },
    ...more,
  });
}

const start = (setup: Record<string, unknown> = {}, contract = contractOf()) =>
  launch({
    contract,
    setup: scenarioOf({ setup }).setup,
    ports,
    logFolder: join(folder, "logs"),
    label: "test",
  });

describe("launching", () => {
  test("a gateway gets its own HOME with config and files, restarts in it, and leaves nothing behind", async () => {
    const gateway = await start({
      config: { gateway: { port: null }, x: "${home}" },
      files: { "a/b.txt": "at ${port}" },
    });
    const home = gateway.home ?? "";
    const config: unknown = JSON.parse(await readFile(gateway.control?.configFile ?? "", "utf8"));
    expect(config).toMatchObject({
      x: home,
      gateway: { auth: { mode: "token" } },
      logging: { file: `${home}/gateway.log` },
    });
    expect(config).not.toHaveProperty("gateway.port");
    expect(await readFile(join(home, "a/b.txt"), "utf8")).toBe(`at ${gateway.port}`);
    await gateway.control?.restart();
    expect(existsSync(home)).toBe(true);
    expect((await gateway.control?.stop())?.signal).toBe("SIGTERM");
    await gateway[Symbol.asyncDispose]();
    expect(existsSync(home)).toBe(false);
  });

  test("a gateway that leaves before it is ready cannot be launched, and says why", async () => {
    await expect(start({ env: { REFUSE: "1" } })).rejects.toThrow(/exited with 78[\s\S]*bad config/);
  });

  test("a scenario may expect exactly that", async () => {
    await using gateway = await start({ env: { REFUSE: "1" }, startFails: { exitCode: 78 } });
    expect(gateway.control?.exit).toMatchObject({ code: 78 });
  });

  test("what the contract needs is looked for first", async () => {
    const needs = [{ path: "${home}/nowhere", hint: "install it" }];
    await expect(start({}, contractOf({ needs }))).rejects.toThrow("install it");
  });

  test("a scenario cannot write outside HOME", async () => {
    await expect(start({ files: { "../x": "" } })).rejects.toThrow("outside HOME");
    expect(() => insideHome("/h", "/etc/passwd")).toThrow("outside HOME");
    expect(insideHome("/h", "a/../b")).toBe("/h/b");
  });

  test.for([
    "reference",
    "understudy",
    join(import.meta.dirname, "template.yaml"),
  ])("contract %s is valid", async (name) => {
    expect((await loadContract(name)).configFile).toContain("openclaw.json");
  });
});
