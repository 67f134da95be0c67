import { expect, test } from "vitest";
import { silentLog } from "../../platform/log.ts";
import { createTestClock } from "../../testing/clock.ts";
import type { Model } from "../models/index.ts";
import type { Entry } from "../sessions/index.ts";
import { createTitles, type TitlesOptions } from "./titles.ts";

const KEY = "agent:main:dashboard:one";

/** One session, and models that answer with the given texts; one without a text fails. */
function rig(options: {
  entry?: Partial<Entry>;
  answers: Readonly<Record<string, string>>;
  utility?: string;
}) {
  const model = (id: string) => ({ provider: "mock", id, api: "openai-completions" }) as Model;
  const main = model("main");
  const small = model("small");
  const modelOf = (name: string) => (name === "mock/small" ? small : main);
  const asked: string[] = [];
  const entry: Record<string, unknown> = { key: KEY, agentId: "main", ...options.entry };
  let told: () => void = () => {};
  const named = new Promise<void>((resolve) => {
    told = resolve;
  });
  const titles = createTitles({
    sessions: {
      get: async () => entry,
      update: async (_key: string, change: () => Record<string, unknown>, notice: { reason: string }) => {
        Object.assign(entry, change(), { notice: notice.reason });
        told();
      },
    },
    agents: { get: () => ({ id: "main", model: "mock/main", fallbacks: [] }) },
    models: { resolve: modelOf, forTurn: modelOf },
    providers: async ({ id }: Model) => ({
      async *stream() {
        asked.push(id);
        const text = options.answers[id];
        if (text === undefined) throw new Error("out of order");
        yield { type: "text", text };
      },
    }),
    clock: createTestClock(),
    log: silentLog,
    utilityModel: () => options.utility,
    limits: { atOnce: 1, timeoutMs: 1_000 },
    // Only what a title needs is there.
  } as unknown as TitlesOptions);
  return { titles, entry, asked, named };
}

test("[SE36] a dashboard session is named by a model after its first words", async () => {
  const { titles, entry, named } = rig({ answers: { main: '"Trip to Rome"\nbecause you asked' } });

  titles.give(KEY, "please plan a trip to Rome");
  await named;

  expect(entry).toMatchObject({ displayName: "Trip to Rome", notice: "chat.title" });
});

test("[SE36] the small model is asked first, and the usual one when that fails", async () => {
  const { titles, entry, asked, named } = rig({ answers: { main: "A title" }, utility: "mock/small" });

  titles.give(KEY, "hello");
  await named;

  expect(asked).toEqual(["small", "main"]);
  expect(entry["displayName"]).toBe("A title");
});

test.for([
  [KEY, { label: "Mine" }],
  ["agent:main:other", {}],
  ["agent:main:dashboard:incognito-one", {}],
] as const)("[SE36] no model is asked for %s %j", async ([key, entry]) => {
  const { titles, asked } = rig({ entry, answers: { main: "A title" } });

  titles.give(key, "hello");
  await new Promise<void>((resolve) => setImmediate(resolve));

  expect(asked).toEqual([]);
});
