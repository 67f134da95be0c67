/**
 * Installs the package as a user would and uses it: `npm pack`, `npm install` of the tarball into an empty folder,
 * then `understudy --version`, `referee --help` and a gateway that answers its health route.
 */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "..");
const READY_WITHIN_MS = 30_000;

const folder = mkdtempSync(join(tmpdir(), "understudy-package-"));
try {
  await check();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function check(): Promise<void> {
  const tarball = pack();
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true }));
  // Scripts are off: nothing in the package may need one.
  npm(["install", "--prefer-offline", "--ignore-scripts", "--omit=dev", tarball], folder);
  const installed = join(folder, "node_modules", "understudy");
  const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string };
  expectThat(readdirSync(installed).includes("src") === false, "the package carries no sources");
  expectThat(run("understudy", ["--version"]).includes(version), `understudy --version says ${version}`);
  expectThat(run("referee", ["--help"]).includes("replay"), "referee --help lists its commands");
  await gatewayAnswers();
}

function pack(): string {
  const out = npm(["pack", "--json", "--pack-destination", folder], ROOT);
  const [packed] = JSON.parse(out.slice(out.indexOf("["))) as { filename: string; unpackedSize: number }[];
  if (packed === undefined) throw new Error("npm pack reported no file");
  console.log(`ok    packed ${packed.filename}, ${Math.round(packed.unpackedSize / 1024)} KiB unpacked`);
  return join(folder, packed.filename);
}

function npm(args: readonly string[], cwd: string): string {
  return execFileSync("npm", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
}

function run(command: string, args: readonly string[]): string {
  return execFileSync(process.execPath, [bin(command), ...args], {
    cwd: folder,
    encoding: "utf8",
    env: ownEnv(),
  });
}

function bin(command: string): string {
  return join(folder, "node_modules", ".bin", command);
}

/** A home of its own: the user's configuration and state stay out of it. */
function ownEnv(): Record<string, string> {
  return { PATH: process.env["PATH"] ?? "", HOME: folder, OPENCLAW_STATE_DIR: join(folder, "state") };
}

async function gatewayAnswers(): Promise<void> {
  const port = await freePort();
  const child = spawn(process.execPath, [bin("understudy"), "gateway", "--port", String(port)], {
    cwd: folder,
    env: ownEnv(),
    stdio: ["ignore", "inherit", "inherit"],
  });
  try {
    const body = await healthOf(port, child);
    expectThat(body.includes('"ok":true'), "understudy gateway answers /health");
    // The token is the one that the gateway made and keeps in the state folder.
    const sessions = run("understudy", [
      "call",
      "sessions.list",
      "--url",
      `ws://127.0.0.1:${port}`,
      "--json",
    ]);
    expectThat(sessions.includes('"sessions"'), "understudy call sessions.list is answered from the store");
  } finally {
    child.kill("SIGTERM");
    if (child.exitCode === null) await new Promise((done) => child.once("exit", done));
  }
  expectThat(child.exitCode === 0, "understudy gateway ends by SIGTERM with exit code 0");
}

async function healthOf(port: number, child: ChildProcess): Promise<string> {
  const deadline = performance.now() + READY_WITHIN_MS;
  while (performance.now() < deadline && child.exitCode === null) {
    try {
      const response = await fetch(`http://127.0.0.1:${port}/health`);
      return await response.text();
    } catch {
      await new Promise((done) => setTimeout(done, 50));
    }
  }
  return `no answer; exit code ${String(child.exitCode)}`;
}

function freePort(): Promise<number> {
  const { promise, resolve: found } = Promise.withResolvers<number>();
  const server = createServer().listen(0, "127.0.0.1", () => {
    const address = server.address();
    server.close(() => found(typeof address === "object" && address !== null ? address.port : 0));
  });
  return promise;
}

function expectThat(isTrue: boolean, what: string): void {
  console.log(`${isTrue ? "ok   " : "FAIL "} ${what}`);
  if (!isTrue) process.exitCode = 1;
}
