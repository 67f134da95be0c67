import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Facts, Place, RealClient } from "./client.ts";
import { shapeOf } from "./shape.ts";

const run = promisify(execFile);
const COMMAND_TIMEOUT_MS = 90_000;
const OUTPUT_BYTES_MAX = 32 * 1024 * 1024;

interface Finished {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the reference's own command line in the HOME that leads to the gateway. */
export async function openclaw(place: Place, args: readonly string[]): Promise<Finished> {
  const program = join(place.reference, "node_modules", "openclaw", "openclaw.mjs");
  const env = {
    PATH: process.env["PATH"] ?? "",
    HOME: place.home,
    TZ: "UTC",
    LANG: "C.UTF-8",
    NO_COLOR: "1",
  };
  const options = { env, cwd: place.home, timeout: COMMAND_TIMEOUT_MS, maxBuffer: OUTPUT_BYTES_MAX };
  try {
    const { stdout, stderr } = await run(place.node, [program, ...args], options);
    return { exitCode: 0, stdout, stderr };
  } catch (error) {
    const { code, stdout = "", stderr = "" } = error as { code?: unknown; stdout?: string; stderr?: string };
    if (typeof code !== "number") throw error;
    return { exitCode: code, stdout, stderr };
  }
}

/** A command with `--json`: the exit code and the shape of what it printed are what must not differ. */
function jsonCommand(
  name: string,
  args: readonly string[],
  pick: (answer: unknown) => unknown = shapeOf,
): RealClient {
  return {
    name: `openclaw ${name}`,
    async run(place): Promise<Facts> {
      const { exitCode, stdout, stderr } = await openclaw(
        place,
        args.map((part) => fill(part, place)),
      );
      const answer = parse(stdout);
      if (answer === undefined) return { exitCode, printed: "no JSON", stderr: firstLine(stderr) };
      return { exitCode, answer: pick(answer) };
    },
  };
}

function fill(part: string, place: Place): string {
  return part.replace("{url}", place.gateway.url).replace("{token}", place.gateway.token);
}

/** The JSON document in the output; the command may say something before it. */
function parse(stdout: string): unknown {
  const start = stdout.search(/^[[{]/m);
  if (start < 0) return undefined;
  try {
    return JSON.parse(stdout.slice(start));
  } catch {
    return undefined;
  }
}

function firstLine(text: string): string {
  return text.trim().split("\n")[0] ?? "";
}

function member(answer: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined,
    answer,
  );
}

/** The commands of the first conversation; all of them ask the gateway over its socket. */
export const CLI_CLIENTS: readonly RealClient[] = [
  jsonCommand(
    "gateway call health",
    ["gateway", "call", "health", "--url", "{url}", "--token", "{token}", "--json"],
    // What is below eventLoop comes and goes with the load, and plugins with what is installed.
    (answer) => ({ ok: member(answer, "ok"), members: Object.keys(Object(answer)).sort() }),
  ),
  jsonCommand("gateway probe", ["gateway", "probe", "--json"], (answer) => ({
    ok: member(answer, "ok"),
    capability: member(answer, "capability"),
  })),
  jsonCommand("status", ["status", "--json"], (answer) => Object.keys(Object(answer)).sort()),
  jsonCommand(
    "agent",
    ["agent", "--agent", "main", "--message", "hi from the command line", "--json"],
    (answer) => ({
      status: member(answer, "status"),
      text: member(member(answer, "result", "payloads"), "0", "text"),
    }),
  ),
  jsonCommand("gateway call agents.list", ["gateway", "call", "agents.list", "--json"]),
  jsonCommand("gateway call models.list", ["gateway", "call", "models.list", "--json"]),
  jsonCommand("gateway call no.such.method", ["gateway", "call", "no.such.method", "--json"]),
  jsonCommand("system presence", ["system", "presence", "--json"]),
];
