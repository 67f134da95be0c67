import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { type OpenedConfig, openConfig } from "../domain/config/open.ts";
import { systemClock } from "../platform/clock.ts";
import { systemIds } from "../platform/ids.ts";
import { silentLog } from "../platform/log.ts";

export const TEST_TOKEN = "token-of-the-tests";

/** Writes `openclaw.json` into a state folder, with the test token and what is given, and reads it as ours does. */
export async function testConfig(
  stateDir: string,
  given: Record<string, unknown> = {},
): Promise<OpenedConfig> {
  const { gateway, ...rest } = given;
  const own = typeof gateway === "object" ? gateway : {};
  const file = { ...rest, gateway: { mode: "local", auth: { mode: "token", token: TEST_TOKEN }, ...own } };
  await mkdir(stateDir, { recursive: true });
  await writeFile(path.join(stateDir, "openclaw.json"), JSON.stringify(file));
  const env = { HOME: stateDir, OPENCLAW_STATE_DIR: stateDir };
  return openConfig({ env, clock: systemClock, ids: systemIds, log: silentLog });
}
