import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import type { CommandOutput, CommandRunner } from "../../domain/cron/index.ts";
import type { Clock } from "../../platform/clock.ts";

/** Programs of scheduled jobs, run without a shell between. */
export function createCommandRunner(clock: Clock, cwd: () => string): CommandRunner {
  return (command, { timeoutMs, outputBytesMax }) => {
    const { promise, resolve } = Promise.withResolvers<CommandOutput>();
    const [program = "", ...rest] = command.argv;
    // An agent that never ran has no workspace yet.
    if (command.cwd === undefined) mkdirSync(cwd(), { recursive: true });
    const child = spawn(program, rest, {
      cwd: command.cwd ?? cwd(),
      env: { ...process.env, ...command.env },
      stdio: ["pipe", "pipe", "pipe"],
      detached: true,
    });
    const stdout = collect(outputBytesMax);
    const stderr = collect(outputBytesMax);
    let timedOut = false;
    const timer =
      timeoutMs > 0
        ? clock.after(timeoutMs, () => {
            timedOut = true;
            // The group, so that what the program started ends with it.
            if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
          })
        : undefined;
    const end = (exitCode: number | null, problem = ""): void => {
      timer?.cancel();
      resolve({ exitCode, timedOut, stdout: stdout.text(), stderr: `${stderr.text()}${problem}` });
    };
    child.stdout.on("data", stdout.take);
    child.stderr.on("data", stderr.take);
    child.on("error", (error) => end(null, error.message));
    child.on("close", (code) => end(code));
    child.stdin.on("error", () => {});
    child.stdin.end(command.input ?? "");
    return promise;
  };
}

/** The first bytes of a stream, and no more. */
function collect(bytesMax: number): { take: (chunk: Buffer) => void; text: () => string } {
  const chunks: Buffer[] = [];
  let length = 0;
  return {
    take(chunk) {
      if (length >= bytesMax) return;
      const part = chunk.subarray(0, bytesMax - length);
      chunks.push(part);
      length += part.length;
    },
    text: () => Buffer.concat(chunks).toString("utf8"),
  };
}
