import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Page } from "playwright-core";
import { plainLine, plainLines } from "./plain-text.ts";
import type { Witness } from "./witness.ts";

/** What one stop of the walk looked like, and what went on behind it. */
export interface Look {
  readonly stop: string;
  readonly path: string;
  /** Why the walk could not do here what it came for. */
  readonly stuck: string | undefined;
  readonly banners: readonly string[];
  readonly complaints: readonly string[];
  readonly failures: readonly string[];
  /** `method: CODE message` */
  readonly refusals: readonly string[];
  readonly asked: readonly string[];
  readonly lines: readonly string[];
  readonly durationMs: number;
}

const QUIET_MS = 600;
const SETTLE_MS_MAX = 25_000;
const POLL_MS = 150;
const BANNER =
  '[role="alert"]:visible, .callout.danger:visible, .oc-banner-error:visible, .toast--error:visible';

/** Waits until the page asks for nothing more and its text stands still. */
export async function settle(page: Page, witness: Witness): Promise<void> {
  const endsAt = performance.now() + SETTLE_MS_MAX;
  let before = "";
  while (performance.now() < endsAt) {
    await pause(POLL_MS);
    if (!witness.isQuiet(QUIET_MS)) continue;
    const text = plainLines(await textOf(page)).join("\n");
    if (text === before) return;
    before = text;
  }
}

export function textOf(page: Page): Promise<string> {
  return page.locator("body").innerText();
}

/** Takes the page in, and a picture of it. */
export async function look(
  page: Page,
  witness: Witness,
  at: { readonly stop: string; readonly stuck: string | undefined; readonly begun: number },
  folder: string,
): Promise<Look> {
  const banners = await page.locator(BANNER).allInnerTexts();
  const lines = plainLines(await textOf(page));
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${at.stop.replaceAll("/", "-")}.png`) });
  const seen = witness.take();
  const refused = seen.asks.filter(({ refusal }) => refusal !== undefined);
  return {
    stop: at.stop,
    path: plainLine(new URL(page.url()).pathname),
    stuck: at.stuck,
    banners: once(banners),
    complaints: once(seen.complaints),
    failures: once(seen.failures),
    refusals: once(refused.map(({ method, refusal }) => `${method}: ${refusal}`)),
    asked: once(seen.asks.map(({ method }) => method)),
    lines,
    durationMs: Math.round(performance.now() - at.begun),
  };
}

function once(texts: readonly string[]): string[] {
  return [...new Set(texts.map(plainLine))].filter((text) => text !== "").sort();
}
