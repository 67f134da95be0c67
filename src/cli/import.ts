import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { locate } from "../domain/config/paths.ts";
import { systemClock } from "../platform/clock.ts";
import { databaseFile, openDatabase } from "../store/database.ts";
import { openReferenceState } from "../store/reference.ts";
import { createSessionStore } from "../store/sessions.ts";
import { parseCommandLine } from "./arguments.ts";
import { type ImportReport, importSessions } from "./import-sessions.ts";
import { type Command, EXIT, type Terminal } from "./terminal.ts";

const command: Command = {
  help: `Takes over sessions and their transcripts from the state folder of a reference.

Usage: understudy import [options]

Options:
  --from <folder>  the state folder of the reference (default: the one in use, ~/.openclaw)
  --dry-run        say what would be done, write nothing
  --json           one JSON document on standard output
  --help           print this

The folder is only read: its databases are copied to a temporary place and the copies are opened. What is written
goes to <state>/understudy/. Doing it again takes over what is new and nothing twice. Stop the gateway first.

Exit codes: 0 done, 1 could not be done, 2 wrong usage.

Examples:
  understudy import --dry-run
  understudy import
  understudy import --from /backup/openclaw --json
`,
  run,
};
export default command;

const OPTIONS = {
  from: { type: "string" },
  "dry-run": { type: "boolean" },
  json: { type: "boolean" },
} as const;

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values } = parseCommandLine(args, OPTIONS, 0);
  const { stateDir } = locate(terminal.env);
  const from = path.resolve(values.from ?? stateDir);
  if (!existsSync(path.join(from, "agents"))) {
    terminal.error(
      `understudy import: ${from} is not the state folder of a reference (it has no "agents")\n`,
    );
    return EXIT.failed;
  }
  const isDryRun = values["dry-run"] === true;
  const reference = openReferenceState(from);
  try {
    const scratch = isDryRun ? copyForDryRun(stateDir) : undefined;
    const database = openDatabase({ stateDir: scratch ?? stateDir, clock: systemClock });
    try {
      const report = await importSessions(reference, createSessionStore(database));
      const facts = { from, to: stateDir, dryRun: isDryRun, ...report };
      terminal.out(values.json === true ? `${JSON.stringify(facts)}\n` : lines(facts));
      return EXIT.ok;
    } finally {
      database.close();
      if (scratch !== undefined) rmSync(scratch, { recursive: true, force: true });
    }
  } finally {
    reference.close();
  }
}

/** A dry run does everything, to a copy: what it reports is what would happen. */
function copyForDryRun(stateDir: string): string {
  const scratch = mkdtempSync(path.join(tmpdir(), "understudy-dry-run-"));
  const file = databaseFile(stateDir);
  const copy = databaseFile(scratch);
  mkdirSync(path.dirname(copy), { recursive: true, mode: 0o700 });
  for (const suffix of ["", "-wal"])
    if (existsSync(`${file}${suffix}`)) copyFileSync(`${file}${suffix}`, `${copy}${suffix}`);
  return scratch;
}

function lines(facts: ImportReport & { from: string; to: string; dryRun: boolean }): string {
  const rest = Object.entries(facts.notImported).map(([what, count]) => `  not taken over: ${count} ${what}`);
  return [
    `${facts.dryRun ? "Would take over" : "Took over"} from ${facts.from}`,
    `  sessions   ${facts.sessions} new, ${facts.known} known already, ${facts.diverged} changed on both sides`,
    `  messages   ${facts.messages}`,
    ...rest,
    "",
  ].join("\n");
}
