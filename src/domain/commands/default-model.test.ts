import { expect, test } from "vitest";
import { withDefaultModel } from "./default-model.ts";

test("[CH23] a default model is written for the agent or for all, and what stands beside it is kept", () => {
  const config = {
    agents: {
      defaults: { model: { primary: "a/1", fallbacks: ["a/2"] } },
      entries: { one: { model: { primary: "a/1", fallbacks: ["a/3"] }, name: "One" } },
    },
  };
  expect(withDefaultModel(config, "global", "one", "b/1")["agents"]).toMatchObject({
    defaults: { model: { primary: "b/1", fallbacks: ["a/2"] } },
    entries: config.agents.entries,
  });
  expect(withDefaultModel(config, "agent", "one", "b/1")["agents"]).toMatchObject({
    defaults: config.agents.defaults,
    entries: { one: { model: { primary: "b/1", fallbacks: ["a/3"] }, name: "One" } },
  });
  expect(withDefaultModel({}, "agent", "main", "b/1")).toEqual({
    agents: { entries: { main: { model: "b/1" } } },
  });
});
