import { Type } from "@sinclair/typebox";
import { event } from "../contract.ts";

/** Whether there is a newer release; readers learn the schedule as well. */
export const updateAvailable = event({
  event: "update.available",
  scope: "none",
  payload: Type.Object({
    updateAvailable: Type.Null(),
    schedule: Type.Optional(
      Type.Object({
        channel: Type.String(),
        autoEnabled: Type.Boolean(),
        install: Type.Optional(Type.Object({ kind: Type.String() })),
      }),
    ),
  }),
});

/** How an update that was asked for stands. */
export const updateRunChanged = event({
  event: "update.run.changed",
  scope: "operator.admin",
  payload: Type.Object({
    runId: Type.String(),
    phase: Type.String(),
    status: Type.String(),
    updatedAtMs: Type.Integer(),
  }),
});
