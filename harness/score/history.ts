import type { Score } from "./score.ts";

/** One line of history.jsonl: a score of one day, for the curve. */
export interface HistoryPoint {
  readonly date: string;
  readonly reference: string;
  readonly checksPassed: number;
  readonly checksTotal: number;
  readonly methodsPassed: number;
  readonly methodsTotal: number;
}

export function pointOf({ date, reference, checks, methods }: Score): HistoryPoint {
  return {
    date,
    reference,
    checksPassed: checks.counts.pass,
    checksTotal: checks.total,
    methodsPassed: methods.counts.pass,
    methodsTotal: methods.total,
  };
}

/** Adds a point; a later score of the same day and reference takes the place of the earlier one. */
export function addPoint(history: readonly HistoryPoint[], point: HistoryPoint): HistoryPoint[] {
  const others = history.filter(
    ({ date, reference }) => date !== point.date || reference !== point.reference,
  );
  return [...others, point].sort((a, b) => (a.date < b.date ? -1 : 1));
}

export function parseHistory(text: string): HistoryPoint[] {
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line) as HistoryPoint);
}

export function renderHistory(history: readonly HistoryPoint[]): string {
  return history.map((point) => `${JSON.stringify(point)}\n`).join("");
}

const WIDTH = 240;
const HEIGHT = 48;

/** The share of passing checks over time, as an inline SVG. One point is drawn as a dot. */
export function sparkline(history: readonly HistoryPoint[]): string {
  const shares = history.map(({ checksPassed, checksTotal }) =>
    checksTotal === 0 ? 0 : checksPassed / checksTotal,
  );
  const step = shares.length > 1 ? (WIDTH - 8) / (shares.length - 1) : 0;
  const points = shares.map((share, index) => [4 + index * step, HEIGHT - 4 - share * (HEIGHT - 8)] as const);
  const [x, y] = points.at(-1) ?? [4, HEIGHT - 4];
  const line = points.map(([px, py]) => `${px.toFixed(1)},${py.toFixed(1)}`).join(" ");
  const label = `Share of passing checks over ${history.length} scores`;
  return (
    `<svg class="spark" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${label}">` +
    `<polyline points="${line}" fill="none" stroke="currentColor" stroke-width="2"/>` +
    `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="3" fill="currentColor"/></svg>`
  );
}
