import { systemClock } from "../platform/clock.ts";
import { parseCommandLine } from "./arguments.ts";
import { reportCallError } from "./call.ts";
import { CallError, connect } from "./client.ts";
import { resolveTarget, TARGET_HELP, TARGET_OPTIONS } from "./target.ts";
import { type Command, EXIT, type Terminal } from "./terminal.ts";

const command: Command = {
  help: `Asks a running gateway how it is.

Usage: understudy status [options]

Options:
${TARGET_HELP}
Exit codes: 0 it answers and is well, 1 it is not well or not reachable, 2 wrong usage.

Examples:
  understudy status
  understudy status --json
  understudy status --url ws://127.0.0.1:18790 --token secret
`,
  run,
};
export default command;

interface Facts {
  readonly url: string;
  readonly reachable: true;
  readonly ok: boolean;
  readonly server: unknown;
  readonly protocol: unknown;
  readonly methods: number;
  readonly uptimeMs: number | undefined;
  readonly connections: number | undefined;
  readonly roundTripMs: number;
}

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values } = parseCommandLine(args, TARGET_OPTIONS, 0);
  const target = await resolveTarget(values, terminal);
  try {
    await using client = await connect({ ...target, clock: systemClock });
    const before = systemClock.elapsed();
    const health = record(await client.call("health", {}));
    const roundTripMs = Math.round((systemClock.elapsed() - before) * 10) / 10;
    const facts = factsOf(target.url, client.hello, health, roundTripMs);
    terminal.out(values.json === true ? `${JSON.stringify({ ...facts, health })}\n` : lines(facts));
    return facts.ok ? EXIT.ok : EXIT.failed;
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    return reportCallError(error, values.json === true, terminal);
  }
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

function factsOf(
  url: string,
  hello: Readonly<Record<string, unknown>>,
  health: Readonly<Record<string, unknown>>,
  roundTripMs: number,
): Facts {
  const snapshot = record(hello["snapshot"]);
  const methods = record(hello["features"])["methods"];
  const { presence, uptimeMs } = snapshot;
  return {
    url,
    reachable: true,
    ok: health["ok"] === true,
    server: record(hello["server"])["version"],
    protocol: hello["protocol"],
    methods: Array.isArray(methods) ? methods.length : 0,
    uptimeMs: typeof uptimeMs === "number" ? uptimeMs : undefined,
    connections: Array.isArray(presence) ? presence.length : undefined,
    roundTripMs,
  };
}

function lines(facts: Facts): string {
  const uptime = facts.uptimeMs === undefined ? "" : `, up ${Math.round(facts.uptimeMs / 1000)} s`;
  return [
    `${facts.ok ? "ok" : "NOT OK"}  ${facts.url}`,
    `  answers as   ${String(facts.server)}, protocol ${String(facts.protocol)}${uptime}`,
    `  methods      ${facts.methods}`,
    `  presence     ${facts.connections ?? "unknown"}`,
    `  round trip   ${facts.roundTripMs} ms`,
    "",
  ].join("\n");
}
