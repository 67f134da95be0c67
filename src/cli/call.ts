import { systemClock } from "../platform/clock.ts";
import { parseJson } from "../platform/json.ts";
import { parseCommandLine } from "./arguments.ts";
import { CallError, connect } from "./client.ts";
import { resolveTarget, TARGET_HELP, TARGET_OPTIONS } from "./target.ts";
import { type Command, EXIT, type Terminal, UsageError } from "./terminal.ts";

const command: Command = {
  help: `Calls one method of a running gateway and prints its result.

Usage: understudy call <method> [options]

Options:
  --params <json>         the params (default {})
  --expect-final          wait for the last answer of a method that answers twice, such as agent
${TARGET_HELP}
Exit codes: 0 answered, 1 refused or not reachable, 2 wrong usage.

Examples:
  understudy call health
  understudy call sessions.list --params '{"limit":5}' --json
  understudy call agent --expect-final --timeout 60000 \\
    --params '{"message":"hello","sessionKey":"main","idempotencyKey":"k1"}'
  understudy call status --url ws://127.0.0.1:18790 --token secret
`,
  run,
};
export default command;

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const options = {
    ...TARGET_OPTIONS,
    params: { type: "string" },
    "expect-final": { type: "boolean" },
  } as const;
  const { values, positionals } = parseCommandLine(args, options, 1);
  const [method] = positionals;
  if (method === undefined) throw new UsageError("which method? For example: understudy call health");
  const params = parseParams(values.params);
  const target = await resolveTarget(values, terminal);
  try {
    await using client = await connect({ ...target, clock: systemClock });
    const result = await client.call(method, params, { isFinal: values["expect-final"] === true });
    const spacing = values.json === true ? undefined : 2;
    terminal.out(`${JSON.stringify(result ?? null, null, spacing)}\n`);
    return EXIT.ok;
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    return reportCallError(error, values.json === true, terminal);
  }
}

export function reportCallError(error: CallError, isJson: boolean, terminal: Terminal): number {
  const { code, message, details } = error;
  if (isJson) terminal.out(`${JSON.stringify({ error: { code, message, details } })}\n`);
  else terminal.error(`understudy: ${message} (${code})\n`);
  return EXIT.failed;
}

function parseParams(text: string | undefined): unknown {
  if (text === undefined) return {};
  const params = parseJson(text);
  if (params === undefined) throw new UsageError(`--params is not JSON: ${text}`);
  if (typeof params !== "object" || params === null || Array.isArray(params)) {
    throw new UsageError("--params wants a JSON object");
  }
  return params;
}
