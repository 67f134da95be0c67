import type { Permit } from "../../../domain/approvals/index.ts";
import { cutMiddle, type Tool, type ToolContext, type ToolResult } from "../../../domain/runs/index.ts";
import { type Clock, pause } from "../../../platform/clock.ts";
import { Arguments, answered } from "../arguments.ts";
import { inWorkspace } from "../workspace-path.ts";
import type { CommandProcess, ProcessEnd, Processes } from "./processes.ts";

export { processTool } from "./process.ts";
export { createProcesses, type Processes } from "./processes.ts";

const YIELD_DEFAULT_MS = 10_000;
const YIELD_MAX_MS = 120_000;
const TIMEOUT_DEFAULT_SECONDS = 1_800;
const TAIL_CHARS = 2_000;
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
      return (args.text("title") ?? args.text("command"))?.slice(0, DESCRIPTION_CHARS);
    },
    run: (given, context) => answered("exec", () => runCommand(new Arguments(given), context, options)),
  };
}

async function runCommand(
  args: Arguments,
  context: ToolContext,
  { processes, clock, permit }: ExecOptions,
): Promise<ToolResult> {
  const host = args.text("host") ?? "auto";
  if (host === "sandbox" || host === "node")
    throw new Error(`exec host=${host} is not available on this gateway`);
  const cwd = await inWorkspace(context.workspace, args.text("workdir") ?? ".");
  const seconds = args.number("timeoutSeconds") ?? TIMEOUT_DEFAULT_SECONDS;
  const env = Object.fromEntries(
    Object.entries(args.record("env")).map(([name, value]) => [name, String(value)]),
  );
  const { agentId, sessionKey, runId, callId, signal } = context;
  const asker = { agentId, sessionKey, runId, callId, signal };
  const command = args.requiredText("command");
  const permission = await permit({ command, cwd, env, ask: args.text("ask"), ...asker });
  if ("denied" in permission) throw new Error(permission.denied);
  signal.throwIfAborted();
  const child = processes.start({
    agentId,
    command: permission.run,
    cwd,
    env,
    timeoutMs: seconds <= 0 ? undefined : seconds * 1_000,
    onOutput: () => context.onOutput(tail(child), running(child)),
  });
  const stop = () => child.kill("aborted");
  signal.addEventListener("abort", stop, { once: true });
  const waitMs = args.flag("background")
    ? 0
    : Math.min(args.number("yieldMs") ?? YIELD_DEFAULT_MS, YIELD_MAX_MS);
  const isOver = new AbortController();
  const end = await Promise.race([child.ended, pause(clock, waitMs, isOver.signal)]);
  isOver.abort();
  signal.removeEventListener("abort", stop);
  signal.throwIfAborted();
  if (end !== undefined) {
    processes.forget(child.id);
    return finished(child, end, context.outputCharsMax);
  }
  child.drain();
  return {
    text: `Command still running (session ${child.id}, pid ${child.pid}). Use process (list/poll/log/write/kill/clear/remove) for follow-up.`,
    isError: false,
    details: running(child),
  };
}

function running(child: CommandProcess) {
  const { id, pid, startedAt, cwd } = child;
  return { status: "running", sessionId: id, pid, startedAt, cwd, tail: tail(child) };
}

function tail(child: CommandProcess): string {
  return child.output.slice(-TAIL_CHARS);
}

/** compat(RN25): a command that fails is a result like any other; the code stands under its output. */
function finished(child: CommandProcess, end: ProcessEnd, charsMax: number): ToolResult {
  const said = cutMiddle(child.output.trimEnd(), charsMax) || "(no output)";
  const text = `${said}${closing(end)}`;
  return {
    text,
    isError: end.reason !== "exit" && end.reason !== "signal",
    details: {
      status: end.reason === "exit" ? "completed" : "failed",
      exitCode: end.exitCode,
      exitSignal: end.signal,
      exitReason: end.reason,
      durationMs: end.endedAt - child.startedAt,
      aggregated: text,
      noOutputTimedOut: false,
      cwd: child.cwd,
    },
    command: {
      output: text,
      exitCode: end.exitCode,
      durationMs: end.endedAt - child.startedAt,
      cwd: child.cwd,
    },
  };
}

function closing(end: ProcessEnd): string {
  if (end.reason === "timeout") return "\n\n(Command timed out and was stopped)";
  if (end.reason !== "exit" && end.reason !== "signal") return `\n\n(Command could not run: ${end.reason})`;
  if (end.signal !== null) return `\n\n(Command was ended by ${end.signal})`;
  return end.exitCode === 0 ? "" : `\n\n(Command exited with code ${end.exitCode})`;
}
