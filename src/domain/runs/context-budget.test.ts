import { expect, test } from "vitest";
import { OFFLINE_ECHO } from "../models/index.ts";
import { contextBudgetStatus, promptBudget } from "./context-budget.ts";
import { createStamp } from "./prompt.ts";

const model = { ...OFFLINE_ECHO, contextWindow: 30_000 };
const about = { model, sessionId: "s", now: 1 };
const sized = (chars: number) => ({
  system: "",
  tools: [],
  messages: [{ role: "user" as const, text: "x".repeat(chars) }],
});

test.for([
  { chars: 40_000, route: "fits", overflowTokens: 0, remainingPromptBudgetTokens: 5_000 },
  { chars: 60_000, route: "fits", overflowTokens: 0, remainingPromptBudgetTokens: 0 },
  { chars: 60_004, route: "compact_only", overflowTokens: 1, remainingPromptBudgetTokens: 0 },
])("[RN38] a prompt of $chars characters $route", ({ chars, ...expected }) => {
  expect(contextBudgetStatus(sized(chars), about)).toMatchObject(expected);
});

test("[RN38] a small window keeps half of itself for the prompt", () => {
  expect(promptBudget(model)).toBe(15_000);
  expect(promptBudget({ ...model, contextWindow: 128_000 })).toBe(108_000);
});

test("[RN39] a model is told when a message was said", () => {
  const stamp = createStamp("UTC");
  expect(stamp(Date.UTC(2026, 10, 20, 18, 47))).toBe("[Fri 2026-11-20 18:47 UTC] ");
});
