import { stat } from "node:fs/promises";
import path from "node:path";
import type { Permit } from "../../../domain/approvals/index.ts";
import type { Tool, ToolContext, ToolResult } from "../../../domain/runs/index.ts";
import { type Clock, pause } from "../../../platform/clock.ts";
import { Arguments, answered } from "../arguments.ts";
import { describeCommand } from "./describe.ts";
import type { CommandProcess, Processes } from "./processes.ts";
import { finished, notInFolder } from "./result.ts";

export { processTool } from "./process.ts";
export { createProcesses, type Processes } from "./processes.ts";

const YIELD_DEFAULT_MS = 10_000;
const YIELD_MAX_MS = 120_000;
const TIMEOUT_DEFAULT_SECONDS = 1_800;
/** compat(RN25): nobody is faster than this. */
const YIELD_MIN_MS = 10;
const TAIL_CHARS = 2_000;
/** Time between two looks at the output of a command that clients are given. */
const UPDATE_INTERVAL_MS = 250;
const FOLLOW_UP = "Use process (list/poll/log/write/send-keys/submit/paste/kill/clear/remove) for follow-up.";
/** Variables that decide what code a program loads; a model does not set them. */
const FORBIDDEN = new Set([
  "BASH_ENV",
  "ENV",
  "GCONV_PATH",
  "IFS",
  "NODE_OPTIONS",
  "NODE_PATH",
  "PERL5LIB",
  "PERL5OPT",
  "PYTHONHOME",
  "PYTHONPATH",
  "RUBYLIB",
  "RUBYOPT",
  "SSLKEYLOGFILE",
]);
const FORBIDDEN_STARTS = ["LD_", "DYLD_", "BASH_FUNC_"];
const DESCRIPTION_CHARS = 120;

export interface ExecOptions {
  readonly processes: Processes;
  readonly clock: Clock;
  /** Whether a command may run, and as what. There is no way around it. */
  readonly permit: Permit;
}

export function execTool(options: ExecOptions): Tool {
  return {
    name: "exec",
    description:
      "Runs a shell command in the workspace. What takes longer than `yieldMs` goes on in the background and is followed with `process`; `background` puts it there at once.",
    parameters: {
      type: "object",
      required: ["command"],
      properties: {
        title: { type: "string", maxLength: 120 },
        command: { type: "string" },
        workdir: { type: "string" },
        env: { type: "object", patternProperties: { "^.*$": { type: "string" } } },
        yieldMs: { type: "number" },
        background: { type: "boolean" },
        timeoutSeconds: { type: "number" },
        pty: { type: "boolean" },
        elevated: { type: "boolean" },
        host: { type: "string", enum: ["auto", "sandbox", "gateway", "node"] },
        ask: { type: "string" },
        node: { type: "string" },
      },
    },
    isCommandBearing: true,
    isInOrder: false,
    describe(given) {
      const args = new Arguments(given);
      const command = args.text("title") ?? describeCommand(args.text("command") ?? "");
      const workdir = args.text("workdir");
      const where = workdir === undefined ? "" : ` (in ${workdir})`;
      const how = ["pty", "elevated"].filter((name) => args.flag(name)).map((name) => ` · ${name}`);
      return command === "" ? undefined : `${command.slice(0, DESCRIPTION_CHARS)}${where}${how.join("")}`;
    },
    run: (given, context) => answered("exec", () => runCommand(new Arguments(given), context, options)),
  };
}

async function runCommand(
  args: Arguments,
  context: ToolContext,
  { processes, clock, permit }: ExecOptions,
): Promise<ToolResult> {
  const command = args.requiredText("command");
  if (command.trim() === "") throw new Error("Provide a command to start.");
  if (args.has("timeout"))
    throw new Error('exec parameter "timeout" is unsupported; use "timeoutSeconds" instead');
  if (args.flag("elevated")) throw new Error(notElevated(context.sessionKey));
  checkHost(args.text("host") ?? "auto");
  const env = environmentOf(args.record("env"));
  const given = args.text("workdir") ?? ".";
  const cwd = path.resolve(context.workspace, given);
  if (!(await isFolder(cwd))) return notInFolder(given);
  const seconds = args.number("timeoutSeconds") ?? TIMEOUT_DEFAULT_SECONDS;
  const { agentId, sessionKey, runId, callId, signal } = context;
  const asker = { agentId, sessionKey, runId, callId, signal };
  const permission = await permit({ command, cwd, env, ask: args.text("ask"), ...asker });
  if ("denied" in permission) throw new Error(permission.denied);
  signal.throwIfAborted();
  const isBackground = args.flag("background");
  let quietUntil = 0;
  const child = processes.start({
    agentId,
    command: permission.run,
    cwd,
    env,
    timeoutMs: seconds <= 0 ? undefined : seconds * 1_000,
    hasInput: isBackground || args.has("yieldMs"),
    onOutput: () => {
      // Clients look on; they need not see every line as it comes.
      if (clock.now() < quietUntil) return;
      quietUntil = clock.now() + UPDATE_INTERVAL_MS;
      context.onOutput(tail(child), running(child));
    },
  });
  const stop = () => child.kill("aborted");
  signal.addEventListener("abort", stop, { once: true });
  const yieldMs = Math.max(YIELD_MIN_MS, Math.min(args.number("yieldMs") ?? YIELD_DEFAULT_MS, YIELD_MAX_MS));
  const isOver = new AbortController();
  const end = await Promise.race([child.ended, pause(clock, isBackground ? 0 : yieldMs, isOver.signal)]);
  isOver.abort();
  signal.removeEventListener("abort", stop);
  signal.throwIfAborted();
  if (end !== undefined) {
    processes.forget(child.id);
    return finished(child, end, seconds);
  }
  child.drain();
  const text = `Command still running (session ${child.id}, pid ${child.pid}). ${FOLLOW_UP}`;
  return {
    text,
    isError: false,
    details: { ...running(child), followUp: FOLLOW_UP },
    command: { output: text, cwd },
  };
}

/** What is not offered on this gateway is refused with what would be needed for it. */
function checkHost(host: string): void {
  if (host === "node")
    throw new Error(
      "exec host=node requires a paired node (none available). This requires a companion app or node host.",
    );
  if (host === "sandbox")
    throw new Error(
      'exec host=sandbox requires a sandbox runtime for this session.\nEnable sandbox mode (`agents.defaults.sandbox.mode="non-main"` or `"all"`) or use host=auto/gateway/node.',
    );
}

function notElevated(sessionKey: string): string {
  const keys = ["tools.elevated", "agents.entries.*.tools.elevated"];
  const lists = keys.map((key) => `${key}.allowFrom.<provider>`);
  return [
    "elevated is not available right now (runtime=direct).",
    `Failing gates: allowFrom (${lists.join(" / ")})`,
    `Context: provider=webchat session=${sessionKey}`,
    "Fix-it keys:",
    ...keys.flatMap((key) => [`- ${key}.enabled`, `- ${key}.allowFrom.<provider>`]),
  ].join("\n");
}

function environmentOf(given: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  for (const name of Object.keys(given)) {
    const upper = name.toUpperCase();
    if (upper === "PATH")
      throw new Error("Security Violation: Custom 'PATH' variable is forbidden during host execution.");
    if (FORBIDDEN.has(upper) || FORBIDDEN_STARTS.some((start) => upper.startsWith(start)))
      throw new Error(
        `Security Violation: Environment variable '${name}' is forbidden during host execution.`,
      );
  }
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)]));
}

async function isFolder(cwd: string): Promise<boolean> {
  try {
    return (await stat(cwd)).isDirectory();
  } catch {
    return false;
  }
}

function running(child: CommandProcess) {
  const { id, pid, startedAt, cwd } = child;
  return { status: "running", sessionId: id, pid, startedAt, cwd, tail: tail(child) };
}

function tail(child: CommandProcess): string {
  return child.output.slice(-TAIL_CHARS);
}
