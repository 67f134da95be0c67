import type { Diff } from "../compare/diff.ts";
import type { Check } from "../compare/verdict.ts";
import { say } from "./output.ts";

const VALUE_MAX = 300;
const FRAME_MAX = 600;

function short(value: unknown, limit = VALUE_MAX): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > limit ? `${text.slice(0, limit)}... (${text.length} characters)` : text;
}

function printDiff(found: Diff): void {
  say(`    ${found.kind.padEnd(8)} ${found.pointer === "" ? "(all of it)" : found.pointer}`);
  if (found.expected !== undefined) say(`      reference ${short(found.expected)}`);
  if (found.actual !== undefined) say(`      gateway   ${short(found.actual)}`);
}

export function printCheck(check: Check, diffsMax: number): void {
  const note = check.note === undefined ? "" : ` (${check.note})`;
  say(`  ${check.verdict} ${check.severity} ${check.id} [${check.method}]${note}`);
  for (const found of check.diffs.slice(0, diffsMax)) printDiff(found);
  const more = check.diffCount - Math.min(diffsMax, check.diffs.length);
  if (more > 0) say(`    and ${more} more`);
  if (check.before !== undefined && diffsMax > 3) say(`    frame before: ${short(check.before, FRAME_MAX)}`);
}
