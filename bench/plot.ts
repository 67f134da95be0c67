import type { Result, Row } from "./result.ts";
import { number } from "./table.ts";

const WIDTH = 860;
const LABELS = 300;
const VALUES = 120;
const BAR = 11;
const GAP = 14;
const TOP = 52;
const BOTTOM = 28;
const PLOT = WIDTH - LABELS - VALUES;
const STYLE = `
  text { font: 12px ui-sans-serif, system-ui, sans-serif; fill: #24292f; }
  .title { font-size: 15px; font-weight: 600; }
  .faint { fill: #6e7781; }
  .grid { stroke: #d0d7de; }
  .understudy { fill: #1a7f5a; }
  .reference { fill: #b35900; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; } .faint { fill: #8b949e; } .grid { stroke: #30363d; }
    .understudy { fill: #3fb98a; } .reference { fill: #e08a3c; }
  }`;

/** The rows of a result that are times, as bars on a logarithmic scale; undefined when there are none to compare. */
export function plot(result: Result): string | undefined {
  const rows = result.rows.filter((row) => row.unit === "ms" && Object.keys(row.figures).length > 1);
  if (rows.length === 0) return undefined;
  const values = rows.flatMap((row) => Object.values(row.figures).map(({ value }) => value));
  const scale = logarithmic(Math.min(...values), Math.max(...values));
  const rowHeight = 2 * BAR + GAP;
  const height = TOP + rows.length * rowHeight + BOTTOM;
  const body = rows.map((row, index) => bars(row, TOP + index * rowHeight, scale.at));
  const grid = scale.ticks.map((tick) => gridLine(tick, scale.at(tick), height));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escaped(result.title)}">`,
    `<style>${STYLE}\n</style>`,
    `<text class="title" x="0" y="18">${escaped(result.title)}</text>`,
    `<text class="faint" x="0" y="36">milliseconds, logarithmic; shorter is better</text>`,
    legend(),
    ...grid,
    ...body,
    "</svg>",
    "",
  ].join("\n");
}

interface Scale {
  readonly ticks: readonly number[];
  readonly at: (value: number) => number;
}

/** Whole powers of ten around the values. */
function logarithmic(least: number, most: number): Scale {
  const low = Math.floor(Math.log10(Math.max(least, 0.001)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(most)));
  const at = (value: number): number =>
    (PLOT * (Math.log10(Math.max(value, 10 ** low)) - low)) / (high - low);
  return { ticks: Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index)), at };
}

function bars(row: Row, y: number, at: Scale["at"]): string {
  const label = `<text x="${LABELS - 8}" y="${y + BAR + 4}" text-anchor="end">${escaped(row.what)}</text>`;
  const each = (["understudy", "reference"] as const).flatMap((name, index) => {
    const figure = row.figures[name];
    if (figure === undefined) return [];
    const length = Math.max(1, at(figure.value));
    const top = y + index * BAR;
    return [
      `<rect class="${name}" x="${LABELS}" y="${top}" width="${length.toFixed(1)}" height="${BAR - 1}" rx="1.5"/>`,
      `<text class="faint" x="${(LABELS + length + 5).toFixed(1)}" y="${top + BAR - 2}">${number(figure.value)}</text>`,
    ];
  });
  return [label, ...each].join("\n");
}

function gridLine(tick: number, offset: number, height: number): string {
  const x = (LABELS + offset).toFixed(1);
  return (
    `<line class="grid" x1="${x}" x2="${x}" y1="${TOP - 6}" y2="${height - BOTTOM + 4}"/>` +
    `<text class="faint" x="${x}" y="${height - 8}" text-anchor="middle">${tick}</text>`
  );
}

function legend(): string {
  return (["understudy", "reference"] as const)
    .map((name, index) => {
      const x = LABELS + PLOT - 190 + index * 110;
      return `<rect class="${name}" x="${x}" y="8" width="12" height="12" rx="2"/><text x="${x + 18}" y="18">${name}</text>`;
    })
    .join("");
}

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
