import { expect, test } from "vitest";
import { createRunsRig } from "../../testing/runs-rig.ts";
import type { ProviderEvent, ProviderRequest } from "./provider.ts";
import type { Tool } from "./tools.ts";

/** A model that makes the same call 25 times before it says something. */
async function* stubborn(request: ProviderRequest): AsyncGenerator<ProviderEvent> {
  const made = request.messages.filter((message) => message.role === "tool").length;
  if (made < 25) {
    const call = { id: `c${made}`, name: "look", arguments: { at: "it" } };
    yield { type: "tool-call", call };
  } else {
    yield { type: "text", text: "done" };
  }
  yield { type: "stop", reason: "stop" };
}

async function callsMade(isLoopWatched: boolean, answer: (count: number) => string) {
  let count = 0;
  const tool: Tool = {
    name: "look",
    description: "",
    parameters: {},
    isCommandBearing: false,
    isInOrder: false,
    describe: () => undefined,
    async run() {
      count += 1;
      return { text: answer(count), isError: false };
    },
  };
  const rig = createRunsRig(stubborn, { tools: [tool], isLoopWatched });
  const { done } = await rig.runs.start(rig.request("k1", "hi"));
  const outcome = await done;
  return { count, outcome, said: rig.calls.at(-1)?.messages.at(-1)?.text };
}

test("[RN43] the same call with the same result is stopped, and the turn goes on", async () => {
  const { count, outcome, said } = await callsMade(true, () => "nothing");

  expect(count).toBe(20);
  expect(outcome).toMatchObject({ status: "ok", text: "done" });
  expect(said).toMatch(/^look came to the same result 20 times/);
});

test.for([
  { why: "each result is another one", isLoopWatched: true, answer: (count: number) => `${count}` },
  { why: "nobody asked for it", isLoopWatched: false, answer: () => "nothing" },
])("[RN43] nothing is stopped when $why", async ({ isLoopWatched, answer }) => {
  expect((await callsMade(isLoopWatched, answer)).count).toBe(25);
});
