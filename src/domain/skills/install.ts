import { spawn } from "node:child_process";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { invalidRequest } from "../../errors/protocol-error.ts";
import type { Clock } from "../../platform/clock.ts";
import { text } from "../config/index.ts";
import type { ArchivedFile } from "./archive.ts";
import { isOnPath } from "./executables.ts";
import type { Installer } from "./read-skill.ts";

const OUTPUT_CHARS_MAX = 65_536;
const TIMEOUT_MS = 300_000;

/** How the installation of what a skill needs went. */
export interface InstallOutcome {
  readonly ok: boolean;
  readonly message: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
  readonly warnings?: readonly string[];
}

export interface InstallParts {
  readonly clock: Clock;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly nodeManager: string;
  readonly timeoutMs?: number;
}

export function failedInstall(message: string): InstallOutcome {
  return { ok: false, message, stdout: "", stderr: "", code: null };
}

/** Runs the package manager that an installer asks for, without a shell between. */
export async function runInstaller(installer: Installer, parts: InstallParts): Promise<InstallOutcome> {
  const command = commandOf(installer, parts.nodeManager);
  if (command === undefined) return failedInstall(`Unsupported installer: ${installer.kind}`);
  const [program = "", ...args] = command;
  if (!isOnPath(program, parts.env["PATH"] ?? "")) {
    return failedInstall(missingProgram(program, text(installer.subject) ?? installer.id));
  }
  return run(program, args, parts);
}

function commandOf({ kind, subject }: Installer, nodeManager: string): readonly string[] | undefined {
  // A name that begins with a dash would be an option of the package manager.
  if (subject === undefined || subject.startsWith("-")) return undefined;
  switch (kind) {
    case "brew":
      return ["brew", "install", subject];
    case "uv":
      return ["uv", "tool", "install", subject];
    case "go":
      return ["go", "install", subject];
    case "node":
      return nodeManager === "yarn"
        ? ["yarn", "global", "add", subject, "--ignore-scripts"]
        : nodeManager === "npm"
          ? ["npm", "install", "-g", "--ignore-scripts", subject]
          : [nodeManager, "add", "-g", "--ignore-scripts", subject];
    default:
      return undefined;
  }
}

function missingProgram(program: string, subject: string): string {
  if (program !== "brew") return `${program} not installed`;
  return `brew not installed — Homebrew is not installed in this Linux container. Build a custom image with Homebrew or install "${subject}" manually using a supported system package before enabling this skill.`;
}

function run(program: string, args: readonly string[], parts: InstallParts): Promise<InstallOutcome> {
  const { clock, env, timeoutMs = TIMEOUT_MS } = parts;
  return new Promise((resolve) => {
    const child = spawn(program, args, { env, stdio: ["ignore", "pipe", "pipe"] });
    const output = { stdout: "", stderr: "" };
    const collect = (name: "stdout" | "stderr") => (chunk: Buffer) => {
      output[name] = (output[name] + chunk.toString()).slice(-OUTPUT_CHARS_MAX);
    };
    child.stdout.on("data", collect("stdout"));
    child.stderr.on("data", collect("stderr"));
    const timer = clock.after(timeoutMs, () => child.kill("SIGKILL"));
    const end = (code: number | null, failure?: string): void => {
      timer.cancel();
      const stdout = output.stdout.trim();
      const stderr = (failure ?? output.stderr).trim();
      const lastLine = (stderr === "" ? stdout : stderr).split("\n").at(-1) ?? "";
      const message =
        code === 0 ? "Installed" : `Install failed (exit ${code === null ? "unknown" : code}): ${lastLine}`;
      resolve({ ok: code === 0, message, stdout, stderr, code });
    };
    child.on("error", (error) => end(null, error.message));
    child.on("close", (code) => end(code));
  });
}

/** Puts an unpacked skill into its folder; what stood there goes only when the new one is complete. */
export async function placeSkill(
  target: string,
  files: readonly ArchivedFile[],
  isForced: boolean,
): Promise<void> {
  const incoming = `${target}.incoming`;
  await rm(incoming, { recursive: true, force: true });
  for (const file of files) {
    const destination = path.join(incoming, file.path);
    await mkdir(path.dirname(destination), { recursive: true });
    await writeFile(destination, file.bytes);
  }
  if (isForced) await rm(target, { recursive: true, force: true });
  try {
    await rename(incoming, target);
  } catch {
    await rm(incoming, { recursive: true, force: true });
    throw alreadyThere(target);
  }
}

export function alreadyThere(target: string) {
  return invalidRequest(`Skill already exists at ${target}. Re-run with force/update.`);
}
