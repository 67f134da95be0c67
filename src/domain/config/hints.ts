/** What a form needs to know of a key beyond its schema. The words are ours, made of the key. */
export interface Hint {
  readonly label: string;
  /** What may stand there, and when a change counts. */
  readonly help?: string;
  readonly advanced?: boolean;
  readonly sensitive?: boolean;
  readonly tags?: readonly string[];
  readonly order?: number;
  readonly group?: string;
  readonly presentation?: unknown;
}

/** `flags`: `h` has a hint, `a` advanced, `c` common, `s` secret, `u` a URL that may hold one. */
type HintNode = readonly [flags: string, members?: Readonly<Record<string, HintNode>>];

interface HintData {
  readonly tree: Readonly<Record<string, HintNode>>;
  readonly more: Readonly<
    Record<string, { readonly order?: number; readonly group?: string; readonly presentation?: unknown }>
  >;
}

export type Hints = ReadonlyMap<string, Hint>;

/** The hints by path, with `*` for any key and `[]` for any index. */
export async function loadHints(): Promise<Hints> {
  // Generated next to this file and held to this type by the generator.
  const data = JSON.parse((await import("./hints.gen.ts")).default) as HintData;
  const hints = new Map<string, Hint>();
  const walk = (members: Readonly<Record<string, HintNode>>, prefix: string): void => {
    for (const [key, [flags, below]] of Object.entries(members)) {
      const path = prefix === "" ? key : `${prefix}.${key}`;
      if (flags.includes("h")) hints.set(path, { ...toHint(key, flags), ...data.more[path] });
      if (below) walk(below, path);
    }
  };
  walk(data.tree, "");
  return hints;
}

function toHint(key: string, flags: string): Hint {
  return {
    label: humanize(key),
    ...(flags.includes("a") ? { advanced: true } : {}),
    ...(flags.includes("c") ? { advanced: false } : {}),
    ...(flags.includes("s") ? { sensitive: true } : {}),
    ...(flags.includes("u") ? { tags: ["url-secret"] } : {}),
  };
}

/** `maxTokens` is "Max tokens". */
function humanize(key: string): string {
  const words = key
    .replaceAll("[]", "")
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replaceAll(/[_-]+/g, " ")
    .toLowerCase()
    .trim();
  return words === "*" || words === "" ? "Entry" : words.charAt(0).toUpperCase() + words.slice(1);
}
