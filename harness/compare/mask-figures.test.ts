import { expect, test } from "vitest";
import { figureOf, maskChanges } from "./mask-figures.ts";

const mask = (path: string, rule: "volatile" | "bind" = "volatile", on = "chat.send") => ({ on, path, rule });

test("a mask is the wider the more places it may stand for, and the less it compares", () => {
  expect(figureOf([])).toEqual({ masks: 0, breadth: 0 });
  const breadths = [
    figureOf([mask("/payload/a", "bind")]),
    figureOf([mask("/payload/a")]),
    figureOf([mask("/payload/*")]),
    figureOf([mask("/**/a")]),
    figureOf([mask("/**/a", "volatile", "*")]),
  ].map(({ breadth }) => breadth);
  expect(breadths).toEqual([...breadths].sort((a, b) => a - b));
  expect(new Set(breadths).size).toBe(breadths.length);
});

test("a mask that grows is found, also where the number of masks stays", () => {
  const known = { "a/b": figureOf([mask("/payload/a")]), "a/c": figureOf([mask("/x")]) };
  const now = { "a/b": figureOf([mask("/payload/*")]), "a/d": figureOf([mask("/x")]) };

  expect(maskChanges(known, known)).toEqual([]);
  expect(maskChanges(known, now)).toEqual([
    "grown  a/b: 1 masks, breadth 2 -> 1 masks, breadth 4",
    "less  a/c: 1 masks, breadth 2 -> 0 masks, breadth 0",
    "grown  a/d: 0 masks, breadth 0 -> 1 masks, breadth 2",
  ]);
});
