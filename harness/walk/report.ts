import type { Difference, Walk } from "./compare.ts";

const TEXT_CHARACTERS_MAX = 160;
const COLUMNS = ["stop", "banner", "complaint", "failure", "refusal", "text", "note"] as const;

function cells(stop: string, found: readonly Difference[]): string[] {
  const count = (test: (difference: Difference) => boolean): string => {
    const number = found.filter((one) => one.stop === stop && test(one)).length;
    return number === 0 ? "." : String(number);
  };
  const counts = COLUMNS.slice(1, -1).map((kind) => count((one) => one.kind === kind && !one.isNote));
  const stuck = found.find((one) => one.stop === stop && one.kind === "stuck" && !one.isNote);
  return [stop + (stuck === undefined ? "" : " (stuck)"), ...counts, count(({ isNote }) => isNote)];
}

/** One line per stop: how much differs there, and of what kind. */
export function table(walk: Walk, found: readonly Difference[]): string {
  const rows = [COLUMNS as readonly string[], ...walk.looks.map(({ stop }) => cells(stop, found))];
  const first = Math.max(...rows.map((row) => row[0]?.length ?? 0));
  return rows
    .map(([stop = "", ...rest]) => [stop.padEnd(first), ...rest.map((cell) => cell.padStart(9))].join(" "))
    .join("\n");
}

export function list(found: readonly Difference[]): string {
  return found
    .map(({ stop, kind, only, text }) => {
      const short = text.length > TEXT_CHARACTERS_MAX ? `${text.slice(0, TEXT_CHARACTERS_MAX)} ...` : text;
      return `${stop}  ${kind}  only ${only}: ${short}`;
    })
    .join("\n");
}
