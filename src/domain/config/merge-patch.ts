import { isDeepStrictEqual } from "node:util";
import { isRecord, type JsonRecord } from "./record.ts";

/** A patch that would take entries out of lists, without saying that it means to. */
export class RemovalError extends Error {
  override readonly name = "RemovalError";

  constructor(paths: readonly string[]) {
    super(
      `config.patch would remove entries from array path(s): ${paths.join(", ")}. Pass replacePaths with the exact path(s) when this is intentional, or use config.apply for full-config replacement.`,
    );
  }
}

/**
 * A merge patch: objects merge, `null` removes. Lists are replaced, or merged by `id` where the items have one; a
 * list may only lose items where `replacePaths` names it.
 */
export function mergePatch(base: JsonRecord, patch: JsonRecord, replacePaths: readonly string[]): JsonRecord {
  const merger = new Merger(new Set(replacePaths));
  const merged = merger.object(base, patch, "");
  if (merger.removed.length > 0) throw new RemovalError(merger.removed);
  return merged;
}

class Merger {
  readonly removed: string[] = [];
  readonly #replaced: ReadonlySet<string>;

  constructor(replaced: ReadonlySet<string>) {
    this.#replaced = replaced;
  }

  object(base: JsonRecord, patch: JsonRecord, path: string): JsonRecord {
    const merged: Record<string, unknown> = { ...base };
    for (const [key, value] of Object.entries(patch)) {
      const at = path === "" ? key : `${path}.${key}`;
      if (value === null) {
        this.#removal(base[key], at);
        delete merged[key];
      } else {
        merged[key] = this.#value(base[key], value, at);
      }
    }
    return merged;
  }

  #value(base: unknown, patch: unknown, path: string): unknown {
    if (isRecord(patch)) return this.object(isRecord(base) ? base : {}, patch, path);
    if (!Array.isArray(base)) return patch;
    if (!Array.isArray(patch)) {
      this.#removal(base, path);
      return patch;
    }
    if (this.#replaced.has(path)) return patch;
    if (hasIds(base) && hasIds(patch)) return this.#byId(base, patch, path);
    const isShorter = base.some((item) => !patch.some((other) => isDeepStrictEqual(item, other)));
    if (isShorter) this.removed.push(path);
    return patch;
  }

  #byId(base: readonly JsonRecord[], patch: readonly JsonRecord[], path: string): unknown[] {
    const known = new Set(base.map((item) => item["id"]));
    const changed = base.map((item) => {
      const update = patch.find((other) => other["id"] === item["id"]);
      return update === undefined ? item : this.object(item, update, `${path}[]`);
    });
    return [...changed, ...patch.filter((item) => !known.has(item["id"]))];
  }

  /** What goes with a key that is removed: each list below it must be named. */
  #removal(value: unknown, path: string): void {
    if (Array.isArray(value)) {
      if (!this.#replaced.has(path)) this.removed.push(path);
      return;
    }
    if (!isRecord(value)) return;
    for (const [key, member] of Object.entries(value)) this.#removal(member, `${path}.${key}`);
  }
}

function hasIds(items: readonly unknown[]): items is readonly JsonRecord[] {
  return items.length > 0 && items.every((item) => isRecord(item) && typeof item["id"] === "string");
}
