import { execFile } from "node:child_process";
import type { GitResult, GitRunner } from "../../domain/worktrees/index.ts";

const OUTPUT_BYTES_MAX = 16 * 1024 * 1024;

/** Git without questions, in English, with nobody's settings that would change what it does here. */
export const runGit: GitRunner = (args, { folder, env = {}, timeoutMs }) => {
  const { promise, resolve } = Promise.withResolvers<GitResult>();
  execFile(
    "git",
    ["-c", "core.quotePath=false", "-c", "core.fsmonitor=false", ...args],
    {
      cwd: folder,
      timeout: timeoutMs,
      maxBuffer: OUTPUT_BYTES_MAX,
      encoding: "utf8",
      env: { ...process.env, ...env, GIT_TERMINAL_PROMPT: "0", LC_ALL: "C" },
    },
    (error, stdout, stderr) => {
      const code = typeof error?.code === "number" ? error.code : 1;
      resolve({ code: error === null ? 0 : code, stdout: stdout.trimEnd(), stderr: stderr.trimEnd() });
    },
  );
  return promise;
};
