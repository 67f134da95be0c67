import { branchesOf, type Shape, validObject, valuesToTry } from "./values.ts";

/** One question to both gateways. */
export interface Call {
  /** What is odd about it; unique among the calls of its method. */
  readonly name: string;
  readonly params: unknown;
}

export interface Limits {
  readonly seed: number;
  /** Calls of one method. What is beyond is left out, by the seed. */
  readonly callsMax: number;
}

/** Calls whose answer says most come first and are never left out. */
const ALWAYS = 4;

/** The calls of one method, from the schema of its params: the same for the same seed. */
export function callsOf(method: string, params: Shape | null, limits: Limits): readonly Call[] {
  if (params === null) return [{ name: "none", params: {} }];
  const branches = branchesOf(params).map((branch) => ({ ...params, ...branch }));
  const all = branches.flatMap((branch, index) =>
    callsOfBranch(branch, branches.length > 1 ? `${index + 1}-` : ""),
  );
  const different = distinct(all);
  const rest = shuffled(different.slice(ALWAYS), limits.seed ^ hashOf(method));
  return [...different.slice(0, ALWAYS), ...rest.slice(0, Math.max(0, limits.callsMax - ALWAYS))];
}

function callsOfBranch(shape: Shape, prefix: string): readonly Call[] {
  const few = validObject(shape, () => false);
  const members = Object.entries(shape.properties ?? {});
  const call = (name: string, params: unknown): Call => ({ name: `${prefix}${name}`, params });
  return [
    call("few", few),
    call(
      "all",
      validObject(shape, () => true),
    ),
    call("unknown", { ...few, zzUnknown: 1 }),
    ...members.flatMap(([name, member]) =>
      valuesToTry(name, member).map((value, index) =>
        call(`${nameOf(name)}-${index + 1}`, { ...few, [name]: value }),
      ),
    ),
    ...(shape.required ?? []).map((name) => {
      const { [name]: _left, ...others } = few;
      return call(`without-${nameOf(name)}`, others);
    }),
  ];
}

/** Names of members may hold what ids of steps may not. */
const nameOf = (member: string): string => member.replaceAll(/[^A-Za-z0-9]/g, "_");

function distinct(calls: readonly Call[]): readonly Call[] {
  const seen = new Set<string>();
  return calls.filter(({ params }) => {
    const text = JSON.stringify(params);
    return !seen.has(text) && seen.add(text);
  });
}

/** FNV-1a: methods are shuffled each in a way of its own. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}

/** In an order that the numbers of mulberry32 give. */
function shuffled<T>(list: readonly T[], seed: number): readonly T[] {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return list
    .map((item) => ({ item, rank: next() }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}
