import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { canonical } from "../compare/canonical.ts";
import { scenarioOf, traceOf } from "../compare/testing-trace.ts";
import { goldenPath } from "../scenario/load.ts";
import { readGolden, writeGolden } from "./golden.ts";

const HEADER = {
  scenario: "things/list",
  scenarioHash: "0",
  reference: "2026.9.6",
  seed: 1,
  date: "2026-01-01",
  samples: 2,
};
const RECORDS = canonical(traceOf(), scenarioOf(), []);
let corpus: string;
beforeEach(async () => {
  corpus = await mkdtemp(join(tmpdir(), "corpus-"));
});
afterEach(() => rm(corpus, { recursive: true }));

test("a golden is read as it was written, and the date stays while nothing changes", async () => {
  expect(await readGolden(corpus, "things/list")).toBeUndefined();
  expect(await writeGolden(corpus, HEADER, RECORDS)).toBe("new");
  expect(await writeGolden(corpus, { ...HEADER, date: "2026-02-02" }, RECORDS)).toBe("same");
  expect((await readGolden(corpus, "things/list"))?.header.date).toBe("2026-01-01");
  expect((await readGolden(corpus, "things/list"))?.records).toEqual(RECORDS);
  expect(await writeGolden(corpus, HEADER, [])).toBe("changed");
  expect(await readdir(join(corpus, "things"))).toEqual(["list.golden.jsonl"]);
});

test("a golden that is cut short, or of another recorder, is refused", async () => {
  await writeGolden(corpus, HEADER, RECORDS);
  const path = goldenPath(corpus, "things/list");
  const text = await readFile(path, "utf8");
  await writeFile(path, `${text.split("\n").slice(0, 2).join("\n")}\n`);
  await expect(readGolden(corpus, "things/list")).rejects.toThrow("cut short");
  await writeFile(path, text.replace('"recorder":1', '"recorder":99'));
  await expect(readGolden(corpus, "things/list")).rejects.toThrow("record it again");
});
