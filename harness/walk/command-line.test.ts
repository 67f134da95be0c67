import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { HELP, readCommandLine } from "./command-line.ts";

const main = join(import.meta.dirname, "main.ts");
const run = (...args: string[]) => promisify(execFile)(process.execPath, [main, ...args]);

test("the walk tells how it is asked for, and walks nowhere", async () => {
  expect((await run("--help")).stdout).toBe(HELP);
});

test("what cannot be understood is a walk that could not happen", async () => {
  await expect(run("--nope")).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining("--help") });
});

test("every option is in the help", () => {
  for (const option of Object.keys(readCommandLine([]))) expect(HELP).toContain(`--${option}`);
});
