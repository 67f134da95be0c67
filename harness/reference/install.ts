import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const NPM_MS = 15 * 60_000;
const OUTPUT_MAX = 16 * 1024 * 1024;

export interface InstallOptions {
  readonly folder: string;
  /** package -> exact version or range */
  readonly packages: Readonly<Record<string, string>>;
  readonly onStep: (what: string) => void;
}

export interface Installed {
  readonly folder: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly wasThere: boolean;
}

async function versionOf(folder: string, name: string): Promise<string | undefined> {
  try {
    const manifest: unknown = JSON.parse(
      await readFile(join(folder, "node_modules", name, "package.json"), "utf8"),
    );
    const version: unknown =
      typeof manifest === "object" && manifest !== null ? Reflect.get(manifest, "version") : undefined;
    return typeof version === "string" ? version : undefined;
  } catch {
    return undefined;
  }
}

async function versionsOf(
  folder: string,
  names: readonly string[],
): Promise<Record<string, string> | undefined> {
  const entries: [string, string][] = [];
  for (const name of names) {
    const version = await versionOf(folder, name);
    if (version === undefined) return undefined;
    entries.push([name, version]);
  }
  return Object.fromEntries(entries);
}

/** Complete when every package is there in the version asked for, and the Node starts. */
async function complete(
  options: InstallOptions,
  folder: string,
): Promise<Record<string, string> | undefined> {
  const versions = await versionsOf(folder, Object.keys(options.packages));
  if (versions === undefined) return undefined;
  const isExact = Object.entries(options.packages).every(
    ([name, wanted]) => !/^\d/.test(wanted) || versions[name] === wanted,
  );
  const node = join(folder, "node_modules", "node", "bin", "node");
  return isExact && existsSync(node) ? versions : undefined;
}

async function npm(args: readonly string[], cwd: string): Promise<void> {
  try {
    await run("npm", [...args], { cwd, timeout: NPM_MS, maxBuffer: OUTPUT_MAX });
  } catch (error) {
    const stderr: unknown = error instanceof Error ? Reflect.get(error, "stderr") : undefined;
    const text =
      typeof stderr === "string" && stderr !== ""
        ? stderr.trim().split("\n").slice(-6).join("\n")
        : String(error);
    throw new Error(`npm ${args[0] ?? ""} failed in ${cwd}:\n${text}`, { cause: error });
  }
}

/**
 * Puts the reference into a folder outside git: into a new folder first, renamed when everything is there, so that
 * an interrupted installation is never taken for a whole one. Scripts of packages do not run, except the one by
 * which the Node package fetches its binary.
 */
export async function install(options: InstallOptions): Promise<Installed> {
  const present = await complete(options, options.folder);
  if (present !== undefined) return { folder: options.folder, versions: present, wasThere: true };
  const temporary = `${options.folder}.partial-${process.pid}`;
  await rm(temporary, { recursive: true, force: true });
  await mkdir(temporary, { recursive: true });
  try {
    await writeFile(join(temporary, "package.json"), `${JSON.stringify({ private: true })}\n`);
    const wanted = Object.entries(options.packages).map(([name, version]) => `${name}@${version}`);
    options.onStep(`npm install ${wanted.join(" ")}`);
    await npm(["install", "--ignore-scripts", "--no-audit", "--no-fund", ...wanted], temporary);
    options.onStep("fetching the binary of node");
    await npm(["rebuild", "node", "--ignore-scripts=false", "--foreground-scripts"], temporary);
    const versions = await complete(options, temporary);
    if (versions === undefined) throw new Error(`the installation in ${temporary} is not complete`);
    await mkdir(dirname(options.folder), { recursive: true });
    await rm(options.folder, { recursive: true, force: true });
    await rename(temporary, options.folder);
    return { folder: options.folder, versions, wasThere: false };
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw error;
  }
}
