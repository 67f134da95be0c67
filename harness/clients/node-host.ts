import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { commandEnvironment, jsonIn, runCommandLine } from "../reference/command-line.ts";
import { shapeOf } from "../shape/shape.ts";
import type { Facts, Place, RealClient } from "./client.ts";

const COMMAND_MS_MAX = 90_000;
const LOOKS_MAX = 20;
const LOOK_INTERVAL_MS = 1_000;
const STOP_MS = 10_000;
const NAME = "clients-box";

/** The node host of the reference: it pairs, is approved for what it offers, runs a command and goes. */
export const nodeHost: RealClient = {
  name: "openclaw node run",
  async run(place): Promise<Facts> {
    // A machine of its own, so that what it keeps is not the operator's.
    const home = await mkdtemp(join(tmpdir(), "referee-node-"));
    const host = startHost(place, home);
    try {
      const request = await pendingRequest(place);
      const approved = await ask(place, ["nodes", "approve", request, "--json"]);
      const status = await until(place, ["nodes", "status", "--json"], (answer) =>
        /"connected":\s*true/.test(JSON.stringify(answer)),
      );
      const which = ["--command", "system.which", "--params", '{"bins":["ls","no-such-program"]}'];
      const found = await ask(place, ["nodes", "invoke", "--node", NAME, ...which, "--json"]);
      const refused = await ask(place, ["nodes", "invoke", "--node", NAME, "--command", "no.such", "--json"]);
      const described = await ask(place, ["nodes", "describe", "--node", NAME, "--json"]);
      const removed = await ask(place, ["nodes", "remove", "--node", NAME, "--json"]);
      return {
        approved: shapeOf(approved.answer),
        status: shapeOf(settled(status)),
        found: shapeOf(found.answer),
        refused: { exitCode: refused.exitCode, said: refused.complaint },
        described: shapeOf(settled(described.answer)),
        removed: removed.exitCode,
      };
    } finally {
      await stop(host);
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    }
  },
};

interface Asked {
  readonly exitCode: number;
  readonly answer: unknown;
  readonly complaint: string;
}

async function ask(place: Place, args: readonly string[]): Promise<Asked> {
  const { exitCode, stdout, stderr } = await runCommandLine(args, {
    home: place.home,
    timeoutMs: COMMAND_MS_MAX,
  });
  const complaint = stderr.trim().split("\n").at(-1) ?? "";
  return { exitCode, answer: jsonIn(stdout), complaint: complaint.replaceAll(/[0-9a-f]{16,}/g, "<id>") };
}

async function until(
  place: Place,
  args: readonly string[],
  isEnough: (answer: unknown) => boolean,
): Promise<unknown> {
  let last: Asked | undefined;
  for (let look = 0; look < LOOKS_MAX; look += 1) {
    last = await ask(place, args);
    if (isEnough(last.answer)) return last.answer;
    await pause(LOOK_INTERVAL_MS);
  }
  throw new Error(`${args.join(" ")} did not come to it: ${JSON.stringify(last)}`);
}

/** Without what a host tells once a minute: whether it has done so yet is a matter of when one asks. */
function settled(answer: unknown): unknown {
  return JSON.parse(
    JSON.stringify(answer, (key, value: unknown) => (key === "hostStats" ? undefined : value)),
  );
}

async function pendingRequest(place: Place): Promise<string> {
  const pending = await until(
    place,
    ["nodes", "pending", "--json"],
    (answer) => Array.isArray(answer) && answer.length > 0,
  );
  const { requestId } = (pending as { requestId?: string }[])[0] ?? {};
  if (requestId === undefined) throw new Error(`no id in ${JSON.stringify(pending)}`);
  return requestId;
}

function startHost(place: Place, home: string): ChildProcess {
  const program = join(place.reference, "node_modules", "openclaw", "openclaw.mjs");
  const port = new URL(place.gateway.url).port;
  const args = ["node", "run", "--host", "127.0.0.1", "--port", port, "--display-name", NAME];
  return spawn(place.node, [program, ...args], {
    cwd: home,
    env: { ...commandEnvironment(home), OPENCLAW_GATEWAY_TOKEN: place.gateway.token },
    stdio: "ignore",
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
  await ended;
  clearTimeout(timer);
}
