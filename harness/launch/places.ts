import { existsSync, realpathSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";

export const REFERENCE_VERSION = "2026.9.6";
/** The Node that runs the reference; the newest line it supports. */
export const REFERENCE_NODE = "26.10.0";
/** The newest published client library that speaks its protocol. */
export const REFERENCE_CLIENT = "2026.9.1";

export const checkout = resolve(import.meta.dirname, "..", "..");
export const corpusFolder = join(checkout, "corpus");

/** Outside git: the installed reference and other things that can be made again. */
export function cacheRoot(): string {
  return process.env["UNDERSTUDY_CACHE"] ?? join(homedir(), ".cache", "understudy");
}

export function referenceFolder(version: string = REFERENCE_VERSION): string {
  return join(cacheRoot(), `reference-${version}`);
}

/** The same, with links followed: how the reference itself names its files. */
export function installedReference(): string {
  const folder = referenceFolder();
  return existsSync(folder) ? realpathSync(folder) : folder;
}

/** HOMEs are made here. The path stands in prompts and moves token estimates, so it is the same everywhere. */
export function scratchRoot(): string {
  return process.env["UNDERSTUDY_SCRATCH"] ?? "/tmp";
}

/** The player's entry: sources where there are any, else the bundle of the package. */
export function playerEntry(): string {
  const source = join(checkout, "src", "cli", "main.ts");
  return existsSync(source) ? source : join(checkout, "dist", "understudy.mjs");
}
