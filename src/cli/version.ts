import { readFileSync } from "node:fs";
import { REFERENCE_VERSION } from "../../schemas/reference.ts";

/** The version of this package. Read from its own `package.json`, which the package ships. */
export function packageVersion(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  const version = /"version":\s*"([^"]+)"/.exec(text)?.[1];
  return version ?? "0.0.0";
}

export function versionLine(): string {
  return `understudy ${packageVersion()} (answers as OpenClaw ${REFERENCE_VERSION})`;
}
