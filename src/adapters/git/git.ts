import { execFile } from "node:child_process";

const TIMEOUT_MS = 20_000;

export interface GitOutput {
  readonly text: string;
  /** There was more than was wanted; `text` is empty then. */
  readonly isTooMuch: boolean;
}

/** What git prints, or undefined when it refuses or is not there. Settings of the user that change output stay out. */
export function git(
  folder: string,
  args: readonly string[],
  bytesMax = 16 * 1024 * 1024,
): Promise<GitOutput | undefined> {
  const { promise, resolve } = Promise.withResolvers<GitOutput | undefined>();
  const plain = ["-c", "core.quotePath=false", "-c", "color.ui=false", "-c", "core.fsmonitor=false"];
  execFile(
    "git",
    ["-C", folder, ...plain, ...args],
    {
      timeout: TIMEOUT_MS,
      maxBuffer: bytesMax,
      encoding: "utf8",
      env: { ...process.env, GIT_OPTIONAL_LOCKS: "0", GIT_TERMINAL_PROMPT: "0" },
    },
    (error, text) => {
      const code: unknown = error === null ? 0 : error.code;
      if (code === "ERR_CHILD_PROCESS_STDIO_MAXBUFFER") resolve({ text: "", isTooMuch: true });
      // `diff --no-index` ends with 1 when there is a difference, which is what it was asked for.
      else if (code === 0 || (code === 1 && args.includes("--no-index"))) resolve({ text, isTooMuch: false });
      else resolve(undefined);
    },
  );
  return promise;
}
