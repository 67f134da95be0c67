import { expect, test } from "vitest";
import { createRunsRig } from "../../testing/runs-rig.ts";
import { OFFLINE_ECHO } from "../models/index.ts";
import { type ProviderEvent, ProviderFailure, type ProviderRequest } from "./provider.ts";

const first = { ...OFFLINE_ECHO, provider: "one", id: "a" };
const sibling = { ...OFFLINE_ECHO, provider: "one", id: "b" };
const second = { ...OFFLINE_ECHO, provider: "two", id: "c" };

/** Models of these providers refuse; the others answer. */
const refusing = (reason: "auth" | "model_not_found", ...providers: readonly string[]) =>
  async function* (request: ProviderRequest): AsyncGenerator<ProviderEvent> {
    if (providers.includes(request.model.provider)) {
      yield { type: "text", text: "half" };
      throw new ProviderFailure(reason, "no", { status: 401 });
    }
    yield { type: "text", text: "hello" };
    yield { type: "stop", reason: "stop" };
  };

async function turn(script: ReturnType<typeof refusing>, more: Record<string, unknown> = {}) {
  const rig = createRunsRig(script, { model: first, fallbacks: [sibling, second] });
  const { done } = await rig.runs.start(rig.request("k1", "hi", more));
  const outcome = await done;
  const asked = rig.calls.map(({ model }) => `${model.provider}/${model.id}`);
  const steps = rig.told.flatMap(({ payload }) => {
    const data = payload["data"] as Record<string, unknown> | undefined;
    return data?.["phase"] === "fallback_step" ? [data] : [];
  });
  return { outcome, asked, steps, rig };
}

test("[RN42] the next model answers in the same turn, and the text of the first is taken back", async () => {
  const { outcome, asked, steps, rig } = await turn(refusing("auth", "one"));

  expect(outcome).toMatchObject({ status: "ok", text: "hello", receipt: { rerouted: true } });
  expect(asked).toEqual(["one/a", "two/c"]);
  expect(steps).toMatchObject([
    {
      fallbackStepFromModel: "one/a",
      fallbackStepToModel: "two/c",
      fallbackStepFromFailureReason: "auth",
      fallbackStepFromFailureDetail: "401 no",
      fallbackStepChainPosition: 1,
      fallbackStepFinalOutcome: "next_fallback",
    },
  ]);
  expect(rig.transcript.at(-1)).toMatchObject({ role: "assistant", provider: "two", model: "c" });
});

test("[RN42] a failure that is the model's own lets the provider's other models try", async () => {
  const { asked, outcome } = await turn(refusing("model_not_found", "one"));

  expect(asked).toEqual(["one/a", "one/b", "two/c"]);
  expect(outcome.status).toBe("ok");
});

test("[RN42] when all have failed the error names each", async () => {
  const { outcome, steps } = await turn(refusing("auth", "one", "two"));

  expect(outcome).toMatchObject({
    status: "error",
    error: expect.stringContaining("All models failed (2): one/a: 401 no (auth) | two/c: 401 no (auth)"),
  });
  expect(steps.map((step) => step["fallbackStepFinalOutcome"])).toEqual(["next_fallback", "chain_exhausted"]);
});

test("[RN42] a model that was asked for by name has no fallback", async () => {
  const { asked, outcome } = await turn(refusing("auth", "one"), { model: "one/a" });

  expect(asked).toEqual(["one/a"]);
  expect(outcome.status).toBe("error");
});
