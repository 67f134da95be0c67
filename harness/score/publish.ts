import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { addPoint, type HistoryPoint, pointOf, renderHistory } from "./history.ts";
import { badgesOf } from "./render-badge.ts";
import { renderHtml } from "./render-html.ts";
import { renderMarkdown, scoreLine } from "./render-markdown.ts";
import type { Score } from "./score.ts";

/** Writes score.json and everything that is drawn from it. */
export async function publish(folder: string, score: Score, before: readonly HistoryPoint[]): Promise<void> {
  const history = addPoint(before, pointOf(score));
  const files: Record<string, string> = {
    "score.json": renderJson(score),
    "history.jsonl": renderHistory(history),
    "SCORECARD.md": renderMarkdown(score),
    "index.html": renderHtml(score, history),
  };
  for (const [name, svg] of Object.entries(badgesOf(score))) files[`badges/${name}`] = svg;
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
}

/** One line per method, failure and scenario: a change of one check is a change of one line. */
export function renderJson(score: Score): string {
  const lines = Object.entries(score).map(([key, value]) => `${JSON.stringify(key)}: ${renderValue(value)}`);
  return `{\n  ${lines.join(",\n  ")}\n}\n`;
}

function renderValue(value: unknown): string {
  if (Array.isArray(value) && value.length > 0) {
    return `[\n    ${value.map((entry) => JSON.stringify(entry)).join(",\n    ")}\n  ]`;
  }
  return JSON.stringify(value);
}

const MARKERS = /(<!-- score -->)[\s\S]*?(<!-- \/score -->)/;

/** Puts the score line between the markers of a document. */
export async function fillScoreLine(path: string, score: Score): Promise<void> {
  const text = await readFile(path, "utf8");
  if (!MARKERS.test(text)) throw new Error(`${path} has no <!-- score --> markers`);
  await writeFile(
    path,
    text.replace(MARKERS, (_, open: string, close: string) => `${open}\n${scoreLine(score)}\n${close}`),
  );
}
