import type { Result, Row } from "./result.ts";

/** A Markdown table that reads well in a terminal too. */
export function table(result: Result): string {
  const names = Object.keys(result.environment.versions);
  const head = ["", ...names, ...(names.length > 1 ? ["ratio"] : []), "budget"];
  const rows = result.rows.map((row) => [
    row.what,
    ...names.map((name) => figure(row, name)),
    ...(names.length > 1 ? [ratio(row)] : []),
    promise(row),
  ]);
  return markdown([head, ...rows]);
}

function figure(row: Row, name: string): string {
  const found = row.figures[name];
  if (found === undefined) return "not measured";
  const spread = found.runs > 1 ? ` (${number(found.p25)}–${number(found.p75)})` : "";
  return `${number(found.value)} ${row.unit}${spread}`;
}

/** How much better ours is; higher is better for rates, lower for everything else. */
function ratio(row: Row): string {
  const ours = row.figures["understudy"]?.value;
  const theirs = row.figures["reference"]?.value;
  if (ours === undefined || theirs === undefined || row.unit === "%") return "";
  const better = row.unit.endsWith("/s") ? ours / theirs : theirs / ours;
  return `${better >= 10 ? Math.round(better) : better.toFixed(1)}×`;
}

/** What we promise, and whether it was kept: an absolute figure, a ratio, or nothing. */
function promise(row: Row): string {
  const ours = row.figures["understudy"]?.value;
  const theirs = row.figures["reference"]?.value;
  const isRate = row.unit.endsWith("/s");
  const said: string[] = [];
  if (row.budget !== undefined && ours !== undefined) {
    const isMet = isRate ? ours >= row.budget : ours <= row.budget;
    said.push(`${isMet ? "met:" : "MISSED:"} ${number(row.budget)} ${row.unit}`);
  }
  if (row.times !== undefined && ours !== undefined && theirs !== undefined) {
    const isMet = (isRate ? ours / theirs : theirs / ours) >= row.times;
    said.push(`${isMet ? "met:" : "MISSED:"} ${row.times}×`);
  }
  return said.join(", ");
}

export function number(value: number): string {
  if (value >= 1000) return Math.round(value).toLocaleString("en-US");
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

function markdown(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(3, ...rows.map((row) => (row[column] ?? "").length)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const [head = [], ...body] = rows;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...body.map(line)].join("\n");
}
