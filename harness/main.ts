#!/usr/bin/env node
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { Command } from "commander";
import { complain, EXIT } from "./cli/output.ts";

interface CommandFile {
  readonly register: (program: Command) => void;
}

function isCommandFile(loaded: unknown): loaded is CommandFile {
  return (
    typeof loaded === "object" && loaded !== null && typeof Reflect.get(loaded, "register") === "function"
  );
}

/** Every file under cli/ that exports `register` is a command: a new one edits no central list. */
async function registerAll(program: Command): Promise<void> {
  const folder = join(import.meta.dirname, "cli");
  const names = (await readdir(folder)).filter((name) => /^[a-z-]+\.(ts|mjs|js)$/.test(name)).sort();
  for (const name of names) {
    const loaded: unknown = await import(join(folder, name));
    if (isCommandFile(loaded)) loaded.register(program);
  }
}

const program = new Command("referee")
  .description("Records the real gateway, replays it anywhere, and says what differs")
  .showHelpAfterError()
  // A command line that cannot be understood is a run that could not happen.
  .exitOverride((error) => process.exit(error.exitCode === 0 ? EXIT.expected : EXIT.couldNotRun))
  .addHelpText("after", "\nExit codes: 0 all as expected, 1 differences or a regression, 2 could not run.");

await registerAll(program);
try {
  await program.parseAsync();
} catch (error) {
  complain(`referee: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = EXIT.couldNotRun;
}
