import { Type } from "@sinclair/typebox";
import { event } from "../contract.ts";

const Loose = Type.Record(Type.String(), Type.Unknown());

/** A scheduled job changed or ran. `finished` carries the run's line of history. */
export const cron = event({
  event: "cron",
  scope: "operator.read",
  payload: Type.Intersect([
    Type.Object({
      action: Type.Union([
        Type.Literal("added"),
        Type.Literal("updated"),
        Type.Literal("removed"),
        Type.Literal("started"),
        Type.Literal("finished"),
      ]),
      jobId: Type.String(),
      job: Type.Optional(Loose),
    }),
    Loose,
  ]),
});

/** The ledger of detached work changed. */
export const task = event({
  event: "task",
  scope: "operator.read",
  payload: Type.Object({ action: Type.Literal("upserted"), task: Loose }),
});

/** What came of waking an agent. */
export const heartbeat = event({
  event: "heartbeat",
  scope: "none",
  payload: Type.Intersect([
    Type.Object({ ts: Type.Integer(), status: Type.String(), reason: Type.Optional(Type.String()) }),
    Loose,
  ]),
});
