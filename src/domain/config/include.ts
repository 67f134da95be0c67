import { readFile, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { isRecord, mergeDeep } from "./record.ts";

/** A file that could not be brought together. The message is what the operator is shown. */
export class IncludeError extends Error {
  override readonly name = "IncludeError";
}

/** Where a part of the configuration came from. */
export interface IncludeOrigin {
  /** Where the directive stands, as keys. */
  readonly path: readonly string[];
  readonly kind: "single" | "array";
  readonly hasSiblingOverrides: boolean;
  readonly hasArrayAncestor: boolean;
  readonly targetPath?: string;
}

export interface Included {
  readonly value: unknown;
  readonly includedPaths: readonly string[];
  readonly origins: readonly IncludeOrigin[];
}

const DEPTH_MAX = 10;
const FILE_BYTES_MAX = 2 * 1024 * 1024;
const PATH_CHARACTERS_MAX = 4096;
/** Files of one configuration, however they are nested. */
const FILES_MAX = 256;

interface Place {
  readonly folder: string;
  /** Files from the first to the one that is being read. */
  readonly chain: readonly string[];
  readonly keys: readonly string[];
  readonly isInArray: boolean;
}

/** Follows every `$include` below `value`, which was read from `file`. */
export async function resolveIncludes(
  value: unknown,
  file: string,
  roots: readonly string[],
  parse: (text: string) => Promise<unknown>,
): Promise<Included> {
  const reader = new IncludeReader(path.dirname(file), roots, parse);
  const place: Place = { folder: path.dirname(file), chain: [file], keys: [], isInArray: false };
  const resolved = await reader.resolve(value, place);
  return { value: resolved, includedPaths: reader.includedPaths, origins: reader.origins };
}

class IncludeReader {
  readonly includedPaths: string[] = [];
  readonly origins: IncludeOrigin[] = [];
  readonly #root: string;
  readonly #roots: readonly string[];
  readonly #parse: (text: string) => Promise<unknown>;

  constructor(root: string, roots: readonly string[], parse: (text: string) => Promise<unknown>) {
    this.#root = root;
    this.#roots = roots;
    this.#parse = parse;
  }

  async resolve(value: unknown, place: Place): Promise<unknown> {
    if (Array.isArray(value)) {
      const items: unknown[] = [];
      for (const [index, item] of value.entries()) {
        items.push(
          await this.resolve(item, { ...place, keys: [...place.keys, String(index)], isInArray: true }),
        );
      }
      return items;
    }
    if (!isRecord(value)) return value;
    if (Object.hasOwn(value, "$include")) return this.#resolveDirective(value, place);
    return this.#resolveMembers(value, place);
  }

  async #resolveMembers(value: Readonly<Record<string, unknown>>, place: Place): Promise<unknown> {
    const members: Record<string, unknown> = {};
    for (const [key, member] of Object.entries(value)) {
      members[key] = await this.resolve(member, { ...place, keys: [...place.keys, key] });
    }
    return members;
  }

  async #resolveDirective(value: Readonly<Record<string, unknown>>, place: Place): Promise<unknown> {
    const { $include: directive, ...siblings } = value;
    const hasSiblings = Object.keys(siblings).length > 0;
    const origin = {
      path: place.keys,
      hasSiblingOverrides: hasSiblings,
      hasArrayAncestor: place.isInArray,
    } as const;
    let content: unknown;
    if (typeof directive === "string") {
      const target = await this.#locate(directive, place);
      content = await this.#read(directive, target, place);
      this.origins.push({ ...origin, kind: "single", targetPath: target });
    } else if (Array.isArray(directive)) {
      content = {};
      for (const item of directive) {
        if (typeof item !== "string") {
          throw new IncludeError(`Invalid $include array item: expected string, got ${kindOf(item)}`);
        }
        content = mergeDeep(content, await this.#read(item, await this.#locate(item, place), place));
      }
      this.origins.push({ ...origin, kind: "array" });
    } else {
      throw new IncludeError(
        `Invalid $include value: expected string or array of strings, got ${kindOf(directive)}`,
      );
    }
    if (!hasSiblings) return content;
    if (!isRecord(content)) throw new IncludeError("Sibling keys require included content to be an object");
    return mergeDeep(content, await this.#resolveMembers(siblings, place));
  }

  async #locate(reference: string, place: Place): Promise<string> {
    if (reference.includes("\0")) throw new IncludeError("Invalid include path: must not contain null bytes");
    const target = path.resolve(place.folder, reference);
    if (reference.length >= PATH_CHARACTERS_MAX || target.length >= PATH_CHARACTERS_MAX) {
      throw new IncludeError(`Invalid include path: must be shorter than ${PATH_CHARACTERS_MAX} characters`);
    }
    const roots = [this.#root, ...this.#roots];
    if (!roots.some((root) => isInside(target, root))) throw this.#escapes(reference);
    // A link inside an allowed folder may lead out of it.
    const real = await realpath(target).catch(() => target);
    const realRoots = await Promise.all(roots.map((root) => realpath(root).catch(() => root)));
    if (!realRoots.some((root) => isInside(real, root))) throw this.#escapes(reference);
    return target;
  }

  #escapes(reference: string): IncludeError {
    return new IncludeError(`Include path escapes config directory: ${reference} (root: ${this.#root})`);
  }

  async #read(reference: string, target: string, place: Place): Promise<unknown> {
    if (place.chain.includes(target)) {
      throw new IncludeError(`Circular include detected: ${[...place.chain, target].join(" -> ")}`);
    }
    if (place.chain.length > DEPTH_MAX) {
      throw new IncludeError(`Maximum include depth (${DEPTH_MAX}) exceeded at: ${reference}`);
    }
    if (this.includedPaths.length >= FILES_MAX) {
      throw new IncludeError(`Too many included files (${FILES_MAX}) at: ${reference}`);
    }
    const text = await readBounded(target).catch(() => {
      throw new IncludeError(`Failed to read include file: ${reference} (resolved: ${target})`);
    });
    if (!this.includedPaths.includes(target)) this.includedPaths.push(target);
    const parsed = await this.#parse(text).catch(() => {
      throw new IncludeError(`Failed to parse include file: ${reference} (resolved: ${target})`);
    });
    return this.resolve(parsed, {
      ...place,
      folder: path.dirname(target),
      chain: [...place.chain, target],
    });
  }
}

async function readBounded(file: string): Promise<string> {
  const { size } = await stat(file);
  if (size > FILE_BYTES_MAX) throw new Error(`larger than ${FILE_BYTES_MAX} bytes`);
  return readFile(file, "utf8");
}

function isInside(target: string, root: string): boolean {
  const relative = path.relative(root, target);
  return relative !== ".." && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}

function kindOf(value: unknown): string {
  return typeof value;
}
