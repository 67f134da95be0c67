import { expect, test } from "vitest";
import type { ConfigSource } from "../config/index.ts";
import { createModels } from "./index.ts";

const described = {
  id: "one",
  name: "One",
  reasoning: true,
  contextWindow: 1_000,
  maxTokens: 100,
  input: ["text"],
  cost: { input: 1, output: 1, cacheRead: 0, cacheWrite: 0 },
};
// Only the providers of a configuration are looked at.
const config = {
  current: () => ({ models: { providers: { mock: { api: "anthropic-messages", models: [described] } } } }),
} as unknown as ConfigSource;

test("[RN37] a provider of the file has models that the file does not describe, for turns alone", () => {
  const models = createModels(config);

  expect(models.forTurn("mock/one")).toMatchObject({ id: "one", contextWindow: 1_000, reasoning: true });
  expect(models.forTurn("mock/other")).toMatchObject({
    provider: "mock",
    id: "other",
    api: "anthropic-messages",
    contextWindow: 200_000,
    isUndescribed: true,
  });
  expect(models.forTurn("nobody/other")).toBeUndefined();
  expect(models.forTurn("mock/")).toBeUndefined();
  expect(models.resolve("mock/other")).toBeUndefined();
  expect(models.list().map(({ id }) => id)).toEqual(["one", "echo"]);
});
