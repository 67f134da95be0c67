import { type Finished, jsonIn, runCommandLine } from "../reference/command-line.ts";
import { shapeOf } from "../shape/shape.ts";
import type { Facts, Place, RealClient } from "./client.ts";

const COMMAND_MS_MAX = 90_000;

function openclaw(place: Place, args: readonly string[]): Promise<Finished> {
  const filled = args.map((part) => fill(part, place));
  return runCommandLine(filled, { home: place.home, timeoutMs: COMMAND_MS_MAX });
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
      const { exitCode, stdout, stderr } = await openclaw(place, args);
      const answer = jsonIn(stdout);
      if (answer === undefined) return { exitCode, printed: "no JSON", stderr: firstLine(stderr) };
      return { exitCode, answer: pick(answer) };
    },
  };
}

/** A command for people: the exit code, and the last line of what it printed and of what it complained. */
function textCommand(name: string, args: readonly string[]): RealClient {
  return {
    name: `openclaw ${name}`,
    async run(place): Promise<Facts> {
      const { exitCode, stdout, stderr } = await openclaw(place, args);
      return { exitCode, printed: plain(lastLine(stdout), place), complaint: plain(lastLine(stderr), place) };
    },
  };
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}

/** Without what two gateways of one machine must not share. */
function plain(text: string, { gateway, home }: Place): string {
  return text
    .replaceAll(gateway.url, "{url}")
    .replaceAll(home, "~")
    .replaceAll(/generation \d+/g, "generation {n}");
}

function fill(part: string, place: Place): string {
  return part.replace("{url}", place.gateway.url).replace("{token}", place.gateway.token);
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
  // These look for a running gateway on this machine before they ask it anything.
  jsonCommand("models list", ["models", "list", "--json"]),
  textCommand("plugins reload", ["plugins", "reload", "browser"]),
  textCommand("agent --thinking", ["agent", "--agent", "main", "--message", "hi", "--thinking", "high"]),
  textCommand("agent /new", ["agent", "--session-key", "agent:main:cli-new", "--message", "/new"]),
  textCommand("health with a wrong token", [
    ...["gateway", "call", "health", "--url", "{url}", "--token", "wrong"],
  ]),
];
