import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { referenceFolder } from "../launch/places.ts";

const run = promisify(execFile);
const OUTPUT_BYTES_MAX = 32 * 1024 * 1024;

/** How a command of the reference's own command line ended. */
export interface Finished {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  /** Its configuration says where the gateway is. */
  readonly home: string;
  readonly timeoutMs: number;
}

const programOf = (): string => join(referenceFolder(), "node_modules", "openclaw", "openclaw.mjs");

export function hasCommandLine(): boolean {
  return existsSync(programOf());
}

/** What every process of the reference's command line is given, and nothing else of this machine. */
export function commandEnvironment(home: string): Record<string, string> {
  return {
    PATH: process.env["PATH"] ?? "",
    HOME: home,
    TZ: "UTC",
    LANG: "C.UTF-8",
    NO_COLOR: "1",
    // One process is as good as two, and starts in half the time.
    OPENCLAW_NO_RESPAWN: "1",
  };
}

/** Runs the unmodified command line of the installed reference. Throws when it does not come to an end. */
export async function runCommandLine(args: readonly string[], options: CommandOptions): Promise<Finished> {
  const node = join(referenceFolder(), "node_modules", "node", "bin", "node");
  const { home, timeoutMs } = options;
  const limits = {
    env: commandEnvironment(home),
    cwd: home,
    timeout: timeoutMs,
    maxBuffer: OUTPUT_BYTES_MAX,
  };
  try {
    const { stdout, stderr } = await run(node, [programOf(), ...args], limits);
    return { exitCode: 0, stdout, stderr };
  } catch (error) {
    const { code, stdout = "", stderr = "" } = error as { code?: unknown; stdout?: string; stderr?: string };
    if (typeof code !== "number") throw error;
    return { exitCode: code, stdout, stderr };
  }
}

/** The JSON document in an output; the command may say something before it. */
export function jsonIn(stdout: string): unknown {
  const start = stdout.search(/^[[{]/m);
  if (start < 0) return undefined;
  try {
    return JSON.parse(stdout.slice(start));
  } catch {
    return undefined;
  }
}
