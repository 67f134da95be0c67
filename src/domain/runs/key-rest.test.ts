import { expect, test } from "vitest";
import { createTestClock } from "../../testing/clock.ts";
import { createRunsRig } from "../../testing/runs-rig.ts";
import { createKeyRest } from "./key-rest.ts";
import { ProviderFailure } from "./provider.ts";

test("[RN51] a refused key is left alone a little longer each time, and one that works is as new", () => {
  const clock = createTestClock();
  const rest = createKeyRest(clock, (provider) => (provider === "saved" ? undefined : "k"));
  rest.onFailure("a", "auth");
  expect(rest.refusal("a")).toContain('Inline API key for provider "a" is temporarily disabled');
  expect(rest.refusal("a")).toContain("Retry after about 1 minute,");
  clock.advance(30_000);
  expect(rest.refusal("a")).toBeUndefined();
  for (let times = 2; times <= 3; times += 1) rest.onFailure("a", "auth");
  expect(rest.refusal("a")).toContain("about 5 minutes,");
  rest.onSuccess("a");
  expect(rest.refusal("a")).toBeUndefined();

  rest.onFailure("b", "billing");
  rest.onFailure("saved", "auth");
  rest.onFailure("c", "rate_limit");
  expect(rest.refusal("b")).toContain("about 10 minutes,");
  expect([rest.refusal("saved"), rest.refusal("c")]).toEqual([undefined, undefined]);
});

test("[RN51] a key that takes the place of a refused one is tried at once", () => {
  let key = "mistyped";
  const rest = createKeyRest(createTestClock(), () => key);
  rest.onFailure("a", "auth");
  key = "right";
  expect(rest.refusal("a")).toBeUndefined();
  rest.onFailure("a", "auth");
  expect(rest.refusal("a")).toContain("about 1 minute,");
});

test("[RN51] while a key is left alone no model is asked, and the transcript says why there is no answer", async () => {
  // biome-ignore lint/correctness/useYield: a service that refuses says nothing first.
  const rig = createRunsRig(async function* () {
    throw new ProviderFailure("auth", "invalid key", { status: 401 });
  });
  const first = await rig.runs.start(rig.request("r1", "hello"));
  await first.done;
  const second = await rig.runs.start(rig.request("r2", "again"));
  const outcome = await second.done;

  expect(rig.calls).toHaveLength(1);
  expect(outcome).toMatchObject({ status: "error", error: expect.stringContaining("temporarily disabled") });
  expect(rig.transcript.map(({ role }) => role)).toEqual(["user", "assistant", "user", "custom"]);
  expect(rig.transcript.at(-1)).toMatchObject({ customType: "run-failed-before-reply", display: true });
});
