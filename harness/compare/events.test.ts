import { describe, expect, test } from "vitest";
import { canonical, type GoldenRecord } from "./canonical.ts";
import { refresh } from "./refresh.ts";
import { connectionOf, eventOf, scenarioOf, stepOf, traceOf } from "./testing-trace.ts";

const RUN = "6f9619ff-8b86-d011-b42d-00c04fc964ff";

function recordsOf(
  events: Parameters<typeof connectionOf>[0],
  more: Record<string, unknown> = {},
): GoldenRecord[] {
  const answer = stepOf({ received: { ok: true, payload: { runId: RUN } }, order: 1 });
  return canonical(traceOf({ steps: [answer], connections: [connectionOf(events)] }), scenarioOf(more), []);
}

const streams = (records: readonly GoldenRecord[]): string[] =>
  records.flatMap((record) =>
    record.type === "events" || record.type === "shapes" ? [`${record.type} ${record.event}`] : [],
  );

describe("events", () => {
  test("the answer that names a run stands in the run's own order", () => {
    const agent = eventOf("agent", { runId: RUN, stream: "lifecycle", seq: 1 }, 2);
    const record = recordsOf([agent]).find((one) => one.type === "events");
    expect(record).toMatchObject({
      of: "<uuid:1>",
      rises: true,
      list: [{ answer: "ask" }, { payload: { stream: "lifecycle" } }],
    });
  });

  test("agent deltas are joined per stream; other events between them keep them apart", () => {
    const delta = (text: string, order: number, stream = "assistant") =>
      eventOf("agent", { runId: RUN, stream, data: { delta: text, text: "" } }, order);
    const record = recordsOf([delta("a", 2), delta("b", 3), delta("c", 4, "thinking"), delta("d", 5)]).find(
      (one) => one.type === "events",
    );
    expect(record?.type === "events" && record.list.slice(1)).toMatchObject([
      { payload: { data: { delta: "ab" } } },
      { payload: { data: { delta: "c" } } },
      { payload: { data: { delta: "d" } } },
    ]);
  });

  test("what a gateway tells of itself after a start is no part of a scenario; its own jobs are", () => {
    const added = (jobId: string, order: number) => eventOf("cron", { action: "added", jobId }, order);
    const events = [
      eventOf("update.available", { updateAvailable: null }, 2),
      eventOf("sessions.changed", { reason: "cron-bindings-loaded" }, 3),
      added("seeded", 4),
    ];
    expect(streams(recordsOf(events))).toEqual([]);
    const made = stepOf({ subject: "cron.add", received: { ok: true, payload: { id: "mine" } }, order: 4 });
    const trace = traceOf({ steps: [made], connections: [connectionOf([...events, added("mine", 5)])] });
    expect(streams(canonical(trace, scenarioOf(), []))).toEqual(["shapes cron#action=added"]);
  });

  test("clockwork, heartbeats, foreign sessions and ignored events are left out", () => {
    const events = [
      eventOf("connect.challenge", { nonce: "x" }, 1, undefined),
      eventOf("tick", {}, 2),
      eventOf("agent", { runId: "h", isHeartbeat: true }, 3),
      eventOf("chat", { runId: "other", sessionKey: "agent:main:foreign" }, 4),
      eventOf("board.changed", { action: "added" }, 5),
      eventOf("chat", { runId: RUN, sessionKey: "agent:main:mine" }, 6),
    ];
    expect(streams(recordsOf(events))).toEqual(["events chat", "shapes board.changed#action=added"]);
    expect(streams(recordsOf(events, { ignoreEvents: ["board.changed"] }))).toEqual(["events chat"]);
    expect(streams(recordsOf(events, { needs: "fresh" }))).toEqual([
      "events chat",
      "events chat",
      "shapes board.changed#action=added",
    ]);
  });

  test("a session may be named short", () => {
    const short = stepOf({ sent: { sessionKeys: ["main"] }, received: { ok: true, payload: {} } });
    const events = [
      eventOf("chat", { runId: RUN, sessionKey: "agent:main:main" }, 1),
      eventOf("odd", null, 2),
    ];
    const records = canonical(
      traceOf({ steps: [short], connections: [connectionOf(events)] }),
      scenarioOf(),
      [],
    );
    expect(streams(records)).toEqual(["events chat", "shapes odd"]);
  });

  test("shapes name keys and types, ids in keys by kind", () => {
    const payload = { "a/b": [1, null], [RUN]: { x: "y" } };
    const record = recordsOf([eventOf("plain", payload, 2)]).find((one) => one.type === "shapes");
    expect(record).toMatchObject({
      required: ["/<uuid> object", "/<uuid>/x string", "/a~1b list", "/a~1b/* null", "/a~1b/* number"],
    });
  });

  test("an event without a payload is an event all the same", () => {
    const record = recordsOf([
      eventOf("chat", undefined, 2),
      eventOf("session.message", { sessionKey: "agent:main:mine" }, 3),
    ]);
    expect(streams(record)).toEqual(["events session.message", "shapes chat"]);
  });
});

describe("refresh", () => {
  test("a rule learned later is applied to a golden, and ids are numbered anew", () => {
    const scenario = scenarioOf({
      compare: [{ path: "/payload/n", rule: "bind", why: "not repeatable here" }],
    });
    const step = stepOf({
      received: { ok: true, payload: { at: RUN, n: 5, z: "7f9619ff-8b86-d011-b42d-00c04fc964ff" } },
    });
    const asks = [{ userTexts: ["x"] }] as never;
    const golden = canonical(
      traceOf({
        steps: [step, stepOf({ id: "mute", received: undefined })],
        outgoing: asks,
        connections: [
          connectionOf([eventOf("chat", { runId: "r", x: 1 }, 1), eventOf("board.changed", {}, 2)]),
        ],
      }),
      scenario,
      [],
    );
    const later = [{ on: "things.list", path: "/payload/at", rule: "volatile" } as const];
    expect(refresh(golden, scenario, later)[0]).toMatchObject({
      received: { payload: { at: "<volatile>", n: "<bound:1>", z: "<uuid:1>" } },
    });
    expect(refresh(golden, scenario, [])).toEqual(golden);
  });
});

test("a challenge has no number", () => {
  const challenge = (seq: unknown) =>
    recordsOf([{ ...eventOf("connect.challenge", {}, 1), seq }]).find((one) => one.type === "seq");
  expect(challenge(undefined)).toMatchObject({ isContiguous: true });
  expect(challenge(1)).toMatchObject({ isContiguous: false });
});
