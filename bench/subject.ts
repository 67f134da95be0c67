import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";

export const CHECKOUT = resolve(import.meta.dirname, "..");
const REFERENCE_VERSION = "2026.9.6";

/** One gateway that is measured: how it is started, nothing about how it works. */
export interface Subject {
  readonly name: "understudy" | "reference";
  readonly version: string;
  readonly command: string;
  readonly args: readonly string[];
  /** What the start may take at most before the run is given up. */
  readonly readyWithinMs: number;
}

/** The player as the package ships it, bundled anew so that the figures belong to the commit. */
function understudy(): Subject {
  execFileSync(process.execPath, [join(CHECKOUT, "tools", "build.ts"), "understudy"], { stdio: "inherit" });
  return {
    name: "understudy",
    version: versionOf(join(CHECKOUT, "package.json")),
    command: process.execPath,
    args: [join(CHECKOUT, "dist", "understudy.mjs"), "gateway"],
    readyWithinMs: 20_000,
  };
}

function reference(): Subject | undefined {
  const cache = process.env["UNDERSTUDY_CACHE"] ?? join(homedir(), ".cache", "understudy");
  const modules = process.env["UNDERSTUDY_REFERENCE"] ?? join(cache, `reference-${REFERENCE_VERSION}`);
  const entry = join(modules, "node_modules", "openclaw", "openclaw.mjs");
  const node = join(modules, "node_modules", "node", "bin", "node");
  if (!existsSync(entry) || !existsSync(node)) return undefined;
  return {
    name: "reference",
    version: versionOf(join(entry, "..", "package.json")),
    command: node,
    args: [entry, "gateway"],
    readyWithinMs: 120_000,
  };
}

/** Ours first, and the reference when it is installed: without it there is no ratio, and the report says so. */
export function subjects(): readonly Subject[] {
  const other = reference();
  if (other === undefined)
    console.error("The reference is not installed (npm run reference:install): no ratios.");
  return other === undefined ? [understudy()] : [understudy(), other];
}

function versionOf(file: string): string {
  const { version } = JSON.parse(readFileSync(file, "utf8")) as { version: string };
  return version;
}
