import type { CompareRule } from "../scenario/schema.ts";

/** How much of an answer is not compared: rules, and how wide they are together. */
export interface MaskFigure {
  readonly masks: number;
  readonly breadth: number;
}

/** By scenario; the rules that hold for all of them stand under `noise.json`. */
export type MaskFigures = Readonly<Record<string, MaskFigure>>;

type Mask = Pick<CompareRule, "on" | "path" | "rule"> & {
  readonly step?: string | undefined;
  readonly digits?: true | undefined;
};

/** What a wildcard adds: one key of any name, any depth, any method. */
const WIDTH = { key: 1, depth: 3, method: 2 } as const;
/** Rules that still compare something, and so hide less than a rule that hides a value. */
const COMPARING: ReadonlySet<CompareRule["rule"]> = new Set(["bind", "same-order", "set-equal", "within"]);

function widthOf({ on, path, rule, step, digits }: Mask): number {
  const segments = path.split("/");
  const wild = segments.reduce(
    (sum, segment) => sum + (segment === "**" ? WIDTH.depth : segment === "*" ? WIDTH.key : 0),
    on === "*" && step === undefined ? WIDTH.method : 0,
  );
  return (COMPARING.has(rule) || digits === true ? 1 : 2) * (1 + wild);
}

export function figureOf(rules: readonly Mask[]): MaskFigure {
  return { masks: rules.length, breadth: rules.reduce((sum, rule) => sum + widthOf(rule), 0) };
}

/** What is masked more, or otherwise, than was written down; empty when the figures hold. */
export function maskChanges(known: MaskFigures, now: MaskFigures): string[] {
  const none: MaskFigure = { masks: 0, breadth: 0 };
  const shown = ({ masks, breadth }: MaskFigure): string => `${masks} masks, breadth ${breadth}`;
  return [...new Set([...Object.keys(known), ...Object.keys(now)])].sort().flatMap((id) => {
    const [before, after] = [known[id] ?? none, now[id] ?? none];
    if (before.masks === after.masks && before.breadth === after.breadth) return [];
    const isGrown = after.masks > before.masks || after.breadth > before.breadth;
    return [`${isGrown ? "grown" : "less"}  ${id}: ${shown(before)} -> ${shown(after)}`];
  });
}
