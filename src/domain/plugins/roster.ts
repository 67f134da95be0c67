import { type JsonRecord, list, section } from "../config/index.ts";
import type { Manifest } from "./manifest.ts";

/**
 * Whether the `plugins` section of the configuration lets a plugin work. Denied goes before allowed, and an own entry
 * before the default.
 */
export function isEnabled(manifest: Manifest, plugins: JsonRecord): boolean {
  if (manifest.isOnByDefault === undefined) return false;
  if (plugins["enabled"] === false) return false;
  if (list(plugins["deny"]).includes(manifest.id)) return false;
  const allowed = list(plugins["allow"]);
  if (allowed.length > 0 && !allowed.includes(manifest.id)) return false;
  if (manifest.kind?.includes("memory") === true && !hasMemorySlot(manifest, plugins)) return false;
  const own = section(section(plugins, "entries"), manifest.id)["enabled"];
  return typeof own === "boolean" ? own : manifest.isOnByDefault;
}

/** One plugin at a time keeps the memory. */
function hasMemorySlot(manifest: Manifest, plugins: JsonRecord): boolean {
  const chosen = section(plugins, "slots")["memory"];
  return chosen === undefined || chosen === manifest.id;
}
