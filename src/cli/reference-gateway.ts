import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { pause, systemClock } from "../platform/clock.ts";
import { CallError, type Client, connect } from "./client.ts";

const READY_WITHIN_MS = 120_000;
const RETRY_MS = 500;
const STOP_WITHIN_MS = 10_000;
const CALL_TIMEOUT_MS = 30_000;

export interface StartedReference extends AsyncDisposable {
  connect(): Promise<Client>;
}

/**
 * Starts an installed reference on a free port of this machine, with a HOME that goes with it, and waits until it
 * lets clients in. Throws a CallError when the folder holds none, when it ends, or when it takes too long.
 */
export async function startReference(
  folder: string,
  tell: (line: string) => void,
): Promise<StartedReference> {
  const entry = path.join(folder, "openclaw.mjs");
  if (!existsSync(entry)) {
    throw new CallError("NOT_FOUND", `${folder} holds no reference (it has no openclaw.mjs)`);
  }
  const home = await mkdtemp(path.join(tmpdir(), "understudy-catalog-"));
  const port = await freePort();
  const token = randomBytes(24).toString("base64url");
  await mkdir(path.join(home, ".openclaw"), { mode: 0o700 });
  await writeFile(
    path.join(home, ".openclaw", "openclaw.json"),
    JSON.stringify({ gateway: { port, mode: "local", bind: "loopback", auth: { mode: "token", token } } }),
  );
  const child = spawn(process.execPath, [entry, "gateway", "--port", String(port)], {
    env: {
      PATH: process.env["PATH"],
      HOME: home,
      OPENCLAW_DISABLE_BONJOUR: "1",
      OPENCLAW_NO_RESPAWN: "1",
      OPENCLAW_SKIP_CHANNELS: "1",
    },
    stdio: "ignore",
  });
  const ended = once(child, "exit");
  ended.catch(() => {});
  const stop = async (): Promise<void> => {
    child.kill("SIGTERM");
    await Promise.race([ended, pause(systemClock, STOP_WITHIN_MS)]).catch(() => {});
    child.kill("SIGKILL");
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  };
  const open = (): Promise<Client> =>
    connect({ url: `ws://127.0.0.1:${port}`, token, timeoutMs: CALL_TIMEOUT_MS, clock: systemClock });
  try {
    tell(`starting ${entry} ...`);
    await untilReady(open, () => child.exitCode !== null || child.signalCode !== null);
  } catch (error) {
    await stop();
    throw error;
  }
  tell("it is up; asking for its catalogues ...");
  return { connect: open, [Symbol.asyncDispose]: stop };
}

async function untilReady(open: () => Promise<Client>, hasEnded: () => boolean): Promise<void> {
  const deadlineMs = systemClock.now() + READY_WITHIN_MS;
  while (systemClock.now() < deadlineMs) {
    if (hasEnded()) throw new CallError("UNAVAILABLE", "the reference ended before it was ready");
    try {
      await using _client = await open();
      return;
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      await pause(systemClock, RETRY_MS);
    }
  }
  throw new CallError("TIMEOUT", `the reference was not ready within ${READY_WITHIN_MS / 1000} s`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("a listening socket has no port");
  return address.port;
}
