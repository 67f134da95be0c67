import { isRecord, type JsonRecord, section } from "../config/index.ts";
import type { Manifest } from "./manifest.ts";

/** The configuration with this plugin switched on or off. */
export function withPluginEnabled(config: JsonRecord, pluginId: string, enabled: boolean): JsonRecord {
  const plugins = section(config, "plugins");
  const entries = section(plugins, "entries");
  const entry = { ...section(entries, pluginId), enabled };
  return { ...config, plugins: { ...plugins, entries: { ...entries, [pluginId]: entry } } };
}

/** What stands in the file at a plugin's key, without resolving it. */
export type StoredCredential =
  | { readonly kind: "missing" | "invalid" }
  | { readonly kind: "literal"; readonly value?: string }
  | { readonly kind: "environment"; readonly envVar: string }
  | {
      readonly kind: "reference";
      readonly ref: { readonly source: string; readonly provider: string; readonly id: string };
      readonly unresolved: boolean;
    };

export function readCredential(
  authored: unknown,
  path: readonly (string | number)[],
  isRevealed: boolean,
): StoredCredential {
  let value = authored;
  for (const key of path) value = isRecord(value) ? value[String(key)] : undefined;
  if (value === undefined || value === "") return { kind: "missing" };
  if (typeof value === "string") {
    const variable = /^\$\{([A-Za-z_][A-Za-z0-9_]*)\}$/.exec(value)?.[1];
    if (variable !== undefined) return { kind: "environment", envVar: variable };
    return isRevealed ? { kind: "literal", value } : { kind: "literal" };
  }
  if (!isRecord(value)) return { kind: "invalid" };
  const { source, provider = "default", id } = value;
  if (typeof source !== "string" || typeof provider !== "string" || typeof id !== "string") {
    return { kind: "invalid" };
  }
  return { kind: "reference", ref: { source, provider, id }, unresolved: false };
}

/** Where a manifest's key stands, as one text. */
export function isCredentialOf(manifest: Manifest, path: readonly (string | number)[]): boolean {
  return (manifest.credentials ?? []).some((one) => JSON.stringify(one.path) === JSON.stringify(path));
}
