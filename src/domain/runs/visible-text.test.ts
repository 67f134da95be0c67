import { expect, test } from "vitest";
import { visibleText } from "./visible-text.ts";

test.for([
  ["<think>inner</think>outer", true, "outer"],
  ["<think>inner</think>\n\nouter", true, "outer"],
  ["a <thinking>b</thinking>c", true, "a c"],
  ["<think>never closed", true, ""],
  ["a < b", true, "a < b"],
  ["a <thi", false, "a "],
  ["a <thi", true, "a <thi"],
  ["NO_REPLY", true, ""],
  [" NO_REPLY\n", true, ""],
  ["NO_REPLY, I mean it", true, "NO_REPLY, I mean it"],
  ["NO_R", false, ""],
  ["NO_R", true, "NO_R"],
  ["", false, ""],
] as const)("[RN19] of %j (whole: %j) people see %j", ([raw, isWhole, shown]) => {
  expect(visibleText(raw, isWhole)).toBe(shown);
});
