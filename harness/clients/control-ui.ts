import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { openBrowser } from "./browser.ts";
import { type Facts, REPLY, type RealClient } from "./client.ts";

const PATIENCE_MS = 45_000;
const MESSAGE = "hello from the browser";

/** The Control UI in a real browser: it boots, a message is sent, the reply is shown; then a reload shows both. */
export const controlUi: RealClient = {
  name: "Control UI",
  async run(place): Promise<Facts> {
    await mkdir(place.outFolder, { recursive: true });
    await using browser = await openBrowser();
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(`uncaught: ${error.message}`));
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text());
    });
    await page.goto(`${place.gateway.httpUrl}/#token=${encodeURIComponent(place.gateway.token)}`);
    const composer = page.locator("textarea:visible").last();
    await composer.waitFor({ timeout: PATIENCE_MS });
    await composer.fill(MESSAGE);
    await composer.press("Enter");
    await page.getByText(REPLY, { exact: true }).first().waitFor({ timeout: PATIENCE_MS });
    await page.screenshot({ path: join(place.outFolder, `control-ui-${place.gateway.name}.png`) });
    await page.reload();
    for (const text of [MESSAGE, REPLY]) {
      await page.getByText(text, { exact: true }).first().waitFor({ timeout: PATIENCE_MS });
    }
    return {
      replyShown: true,
      path: new URL(page.url()).pathname,
      banner: await bannerText(page),
      complaints: [...new Set(complaints.map(withoutPlace))].sort(),
    };
  },
};

async function bannerText(page: Page): Promise<string> {
  const banner = page.locator('[role="alert"]:visible').first();
  return (await banner.count()) === 0 ? "" : (await banner.innerText()).trim();
}

function withoutPlace(text: string): string {
  return text.replaceAll(/https?:\/\/[^\s/]+/g, "<gateway>");
}
