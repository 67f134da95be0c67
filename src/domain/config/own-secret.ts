import { readFile } from "node:fs/promises";
import path from "node:path";
import { createPrivateFile } from "../../platform/files.ts";
import type { Ids } from "../../platform/ids.ts";

const SECRET_BYTES = 32;

export function gatewayTokenFile(stateDir: string): string {
  return path.join(stateDir, "understudy", "gateway-token");
}

export function fingerprintKeyFile(stateDir: string): string {
  return path.join(stateDir, "understudy", "config-fingerprint.key");
}

/** A secret of our own, made on first use and kept private. Of two that make it at once, one file stays. */
export async function keptSecret(file: string, ids: Ids): Promise<string> {
  const existing = await readSecret(file);
  if (existing !== undefined) return existing;
  const made = ids.token(SECRET_BYTES);
  if (await createPrivateFile(file, `${made}\n`)) return made;
  return (await readSecret(file)) ?? made;
}

/** Undefined when there is none, or an empty file is all that a crash left. */
async function readSecret(file: string): Promise<string | undefined> {
  try {
    const text = (await readFile(file, "utf8")).trim();
    return text === "" ? undefined : text;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
