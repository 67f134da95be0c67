import { enableCompileCache } from "node:module";
import { type Command, EXIT, type Terminal, UsageError } from "./terminal.ts";

// Compiled code, and sources with their types stripped, are kept between starts: half of a start from a checkout.
enableCompileCache();

/** Loaded when named: a start of the gateway reads nothing of the other commands. */
const COMMANDS: Readonly<Record<string, () => Promise<{ readonly default: Command }>>> = {
  gateway: () => import("./gateway.ts"),
  call: () => import("./call.ts"),
  status: () => import("./status.ts"),
  doctor: () => import("./doctor.ts"),
  config: () => import("./config.ts"),
  import: () => import("./import.ts"),
  catalog: () => import("./catalog.ts"),
};

const HELP = `understudy: a drop-in, protocol-compatible replacement for the OpenClaw gateway

Usage: understudy <command> [options]

Commands:
  gateway   run the gateway
  call      call one method of a running gateway
  status    ask a running gateway how it is
  doctor    check the state folder, the configuration and the port
  config    check, locate or read the configuration
  import    take over sessions from the state folder of a reference
  catalog   describe tools, commands and settings in the words of an installed reference

Options:
  --version  print the version
  --help     print this, or the help of a command

Examples:
  understudy gateway
  understudy gateway --port 18790 --verbose
  understudy call sessions.list --params '{"limit":5}'
  understudy config check
  understudy import --dry-run
`;

/** Runs the command that the arguments name and gives its exit code. */
export async function runCli(args: readonly string[], terminal: Terminal): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === "--help" || name === "-h" || (name === "help" && rest.length === 0)) {
    terminal.out(HELP);
    return name === undefined ? EXIT.usage : EXIT.ok;
  }
  if (name === "--version" || name === "-V" || name === "version") {
    const { versionLine } = await import("./version.ts");
    terminal.out(`${versionLine()}\n`);
    return EXIT.ok;
  }
  const wanted = name === "help" ? (rest[0] ?? "") : name;
  const load = Object.hasOwn(COMMANDS, wanted) ? COMMANDS[wanted] : undefined;
  if (load === undefined) {
    terminal.error(`understudy: unknown command ${JSON.stringify(wanted)}\nTry: understudy --help\n`);
    return EXIT.usage;
  }
  const { default: command } = await load();
  if (name === "help" || rest.includes("--help") || rest.includes("-h")) {
    terminal.out(command.help);
    return EXIT.ok;
  }
  try {
    return await command.run(rest, terminal);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    terminal.error(`understudy ${wanted}: ${error.message}\nTry: understudy ${wanted} --help\n`);
    return EXIT.usage;
  }
}

if (import.meta.main) {
  const terminal: Terminal = {
    env: process.env,
    hasColor: process.stdout.isTTY === true && (process.env["NO_COLOR"] ?? "") === "",
    out: (text) => process.stdout.write(text),
    error: (text) => process.stderr.write(text),
  };
  // Whoever reads our output may stop reading (`| head`); that ends neither a command nor a gateway.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  try {
    process.exitCode = await runCli(process.argv.slice(2), terminal);
  } catch (error) {
    terminal.error(`understudy: ${error instanceof Error ? error.message : String(error)}\n`);
    if (process.env["OPENCLAW_LOG_LEVEL"] === "debug" && error instanceof Error)
      terminal.error(`${error.stack}\n`);
    process.exitCode = EXIT.failed;
  }
}
