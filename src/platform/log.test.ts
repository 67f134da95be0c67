import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { createLog, type LogSettings } from "./log.ts";
import { createRedactor } from "./redact.ts";

const clock = { now: () => Date.UTC(2026, 10, 20, 18, 48, 29, 527) };

function logOf(settings: LogSettings = {}, patterns: readonly string[] = []) {
  const lines: string[] = [];
  const redactor = createRedactor(patterns);
  const log = createLog({ clock, redactor, print: (line) => void lines.push(line), ...settings });
  return { log, lines, redactor };
}

test("[LG1] what is said before the log is open comes out in order, with its own time", async () => {
  const { log, lines } = logOf();
  log.child({ subsystem: "config" }).warn("first");
  log.info({ path: "a b", n: 1 }, "second");
  expect(lines).toEqual([]);
  await log.open();
  log.debug("not at this level");
  log.error("third");
  expect(lines).toEqual([
    "2026-11-20T18:48:29.527+00:00 [config] first",
    '2026-11-20T18:48:29.527+00:00 second path="a b" n=1',
    "2026-11-20T18:48:29.527+00:00 third",
  ]);
});

test("[LG1] before it is open no more than a thousand records wait", async () => {
  const { log, lines } = logOf();
  for (let index = 0; index < 1_005; index++) log.info(String(index));
  await log.open();
  expect(lines).toHaveLength(1_000);
  expect(lines[0]).toMatch(/ 5$/);
});

test("[LG2] JSON on the console, another level in the file, both without secrets", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "understudy-log-"));
  const file = path.join(folder, "sub", "gateway.log");
  const { log, lines, redactor } = logOf({
    consoleStyle: "json",
    consoleLevel: "warn",
    level: "debug",
    file,
  });
  redactor.add("the-shared-secret-of-this-gateway");
  await log.open();
  log.debug({ token: "the-shared-secret-of-this-gateway" }, "quiet");
  log.warn("header Authorization: Bearer abcdefghijklmnopqrstuvwxyz");
  await log.close();
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    {
      level: "warn",
      time: new Date(clock.now()).toISOString().replace("Z", "+00:00"),
      message: "header Authorization: Bearer abcdef…wxyz",
    },
  ]);
  const written = (await readFile(file, "utf8")).trimEnd().split("\n");
  expect(written).toHaveLength(2);
  expect(JSON.parse(written[0] ?? "")).toMatchObject({
    level: "debug",
    message: expect.stringMatching(/^quiet token=/),
  });
  expect(written.join()).not.toContain("the-shared-secret-of-this-gateway");
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  await rm(folder, { recursive: true });
});

test("[LG2] a file that is full becomes the one before", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "understudy-log-"));
  const file = path.join(folder, "g.log");
  const { log } = logOf({ file, maxFileBytes: 300, consoleLevel: "silent" });
  await log.open();
  for (let index = 0; index < 12; index++) log.info(`record number ${index}`);
  await log.close();
  expect((await stat(file)).size).toBeLessThanOrEqual(300);
  expect((await stat(`${file}.1`)).size).toBeLessThanOrEqual(300);
  expect(await readFile(file, "utf8")).toContain("record number 11");
  await rm(folder, { recursive: true });
});

test("[LG3] an operator's own patterns are masked, and one that is none does no harm", () => {
  const redactor = createRedactor(["badge-\\d+", "/CODE-[a-z]+/i", "("]);
  expect(redactor.redact("badge-1234 code-xyz fine")).toBe("*** *** fine");
});
