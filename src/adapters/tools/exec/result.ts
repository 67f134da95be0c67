import type { ToolResult } from "../../../domain/runs/index.ts";
import type { CommandProcess, ProcessEnd } from "./processes.ts";

/** The command was not even begun. */
export function notInFolder(cwd: string): ToolResult {
  const text = `workdir "${cwd}" is unavailable or not a directory: command was not executed. workdir is treated as a literal path; shell expansions such as "~" are not applied. Use an existing directory, omit an explicit workdir to use the default cwd, or update the configured default cwd.`;
  const base = { exitCode: null, durationMs: 0, cwd };
  return {
    text,
    isError: true,
    error: "failed",
    details: {
      status: "failed",
      ...base,
      exitSignal: null,
      failureKind: "runtime-error",
      aggregated: "",
      timedOut: false,
    },
    command: { ...base, status: "failed" },
  };
}

/** compat(RN25): a command that fails is a result like any other; the code stands under its output. */
export function finished(child: CommandProcess, end: ProcessEnd, seconds: number): ToolResult {
  const output = child.output.trimEnd();
  const lost =
    child.droppedChars === 0
      ? ""
      : "[earlier output was discarded at the retention cap and cannot be recovered]\n\n";
  const failure = failureOf(end, seconds);
  const durationMs = end.endedAt - child.startedAt;
  const { exitCode } = end;
  const { cwd } = child;
  const common = {
    exitCode,
    exitSignal: end.signal,
    exitReason: EXIT_REASONS[end.reason] ?? "exit",
    durationMs,
    cwd,
  };
  if (failure !== undefined) {
    const text = `${lost}${[output, failure.text].filter((part) => part !== "").join("\n\n")}`;
    return {
      text,
      isError: true,
      error: output || "failed",
      details: {
        status: "failed",
        ...common,
        failureKind: failure.kind,
        aggregated: output,
        timedOut: end.reason === "timeout",
        noOutputTimedOut: false,
      },
      command: { status: "failed", exitCode, durationMs, cwd, ...(output === "" ? {} : { output }) },
    };
  }
  const closing = exitCode === 0 ? "" : `\n\n(Command exited with code ${exitCode})`;
  const aggregated = `${output || "(no output)"}${closing}`;
  return {
    text: lost + aggregated,
    isError: false,
    details: { status: "completed", ...common, aggregated, noOutputTimedOut: false },
    command: { output: aggregated, exitCode, durationMs, cwd, hasFailed: exitCode !== 0 },
  };
}

const EXIT_REASONS: Readonly<Record<string, string>> = { timeout: "overall-timeout", signal: "signal" };

/** Commands that did not come to an end of their own. */
function failureOf(end: ProcessEnd, seconds: number): { text: string; kind: string } | undefined {
  if (end.reason === "timeout")
    return { text: `Command timed out after ${seconds} seconds`, kind: "overall-timeout" };
  if (end.signal !== null) return { text: `Command aborted by signal ${end.signal}`, kind: "signal" };
  if (end.exitCode === null) return { text: end.reason, kind: "runtime-error" };
  if (end.exitCode === 127) return { text: "Command not found", kind: "shell-command-not-found" };
  if (end.exitCode === 126)
    return { text: "Command not executable (permission denied)", kind: "shell-not-executable" };
  return undefined;
}
