import { withStateVariables } from "../domain/config/environment.ts";
import { notHonoured } from "../domain/config/honoured.ts";
import type { Snapshot } from "../domain/config/index.ts";
import { loadKeySpace } from "../domain/config/keys.ts";
import { locate } from "../domain/config/paths.ts";
import { readSnapshot } from "../domain/config/read.ts";
import { redactValue } from "../domain/config/redact.ts";
import { parseCommandLine } from "./arguments.ts";
import { explainIssues } from "./explain-config.ts";
import { type Command, EXIT, type Terminal, UsageError } from "./terminal.ts";

const command: Command = {
  help: `Checks, locates or reads the configuration, without a gateway.

Usage:
  understudy config check [--json]        is the file right, and which of its keys have no effect here
  understudy config path                  where the file is looked for
  understudy config get [<path>] [--json] what is in force at a path; secrets are masked

Options:
  --json  one JSON document on standard output
  --help  print this

Exit codes: 0 right, 1 no such path, 2 wrong usage, 78 the file is wrong.

Examples:
  understudy config check
  understudy config get gateway.port
  OPENCLAW_CONFIG_PATH=./openclaw.json understudy config check --json
`,
  run,
};
export default command;

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseCommandLine(args, { json: { type: "boolean" } } as const, 2);
  const [action, path] = positionals;
  const isJson = values.json === true;
  if (action === "path" && path === undefined) {
    const { configPath, stateDir } = locate(terminal.env);
    terminal.out(isJson ? `${JSON.stringify({ configPath, stateDir })}\n` : `${configPath}\n`);
    return EXIT.ok;
  }
  if (action === "check" && path === undefined) return check(await snapshotOf(terminal), isJson, terminal);
  if (action === "get") return get(await snapshotOf(terminal), path ?? "", terminal);
  throw new UsageError("say check, path or get");
}

async function snapshotOf(terminal: Terminal): Promise<Snapshot> {
  const { configPath, stateDir, includeRoots } = locate(terminal.env);
  const env = await withStateVariables(terminal.env, stateDir);
  return readSnapshot({ path: configPath, env, includeRoots });
}

async function check(snapshot: Snapshot, isJson: boolean, terminal: Terminal): Promise<number> {
  const { path, exists, issues, warnings, includedPaths } = snapshot;
  const ignored = notHonoured(snapshot.source);
  const isValid = issues.length === 0;
  if (isJson) {
    const report = { path, exists, valid: isValid, issues, warnings, includedPaths, notHonoured: ignored };
    terminal.out(`${JSON.stringify(report)}\n`);
    return isValid ? EXIT.ok : EXIT.config;
  }
  if (!exists) {
    terminal.out(`${path} is not there: built-in defaults apply\n`);
    return EXIT.ok;
  }
  terminal.out(`${path}${includedPaths.map((file) => `\n  includes ${file}`).join("")}\n`);
  for (const line of explainIssues(snapshot)) terminal.out(`  error    ${line}\n`);
  for (const { path: at, message } of warnings) terminal.out(`  warning  ${at}: ${message}\n`);
  for (const at of ignored) terminal.out(`  ignored  ${at}: accepted, has no effect here yet\n`);
  terminal.out(isValid ? "The file is right.\n" : `The file is wrong: ${issues.length} found.\n`);
  return isValid ? EXIT.ok : EXIT.config;
}

async function get(snapshot: Snapshot, path: string, terminal: Terminal): Promise<number> {
  if (snapshot.issues.length > 0) {
    for (const line of explainIssues(snapshot)) terminal.error(`${line}\n`);
    return EXIT.config;
  }
  const { sensitive } = await loadKeySpace({ extensions: false });
  let at: unknown = redactValue(snapshot.source, sensitive);
  for (const key of path.split(/[.[\]]+/).filter((part) => part !== "")) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, key)) {
      terminal.error(`Config path not found: ${path}\n`);
      return EXIT.failed;
    }
    at = Reflect.get(at, key);
  }
  terminal.out(`${typeof at === "string" ? at : JSON.stringify(at, null, 2)}\n`);
  return EXIT.ok;
}
