import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

const WorkItem = Type.Object({
  id: Type.String(),
  type: Type.String(),
  priority: Type.String(),
  createdAtMs: Type.Integer(),
  /** Null for what never expires. */
  expiresAtMs: Type.Union([Type.Integer(), Type.Null()]),
});

export const nodePendingPull = contract({
  method: "node.pending.pull",
  access: "node",
  sideEffects: true,
  params: Type.Object({}, { additionalProperties: false }),
  result: Type.Object({ nodeId: Type.String(), actions: Type.Array(Type.Unknown()) }),
});

export const nodePendingAck = contract({
  method: "node.pending.ack",
  access: "node",
  sideEffects: true,
  params: Type.Object(
    { ids: Type.Array(Type.String({ minLength: 1 }), { minItems: 1 }) },
    { additionalProperties: false },
  ),
  result: Type.Object({
    nodeId: Type.String(),
    ackedIds: Type.Array(Type.String()),
    remainingCount: Type.Integer(),
  }),
});

export const nodePendingEnqueue = contract({
  method: "node.pending.enqueue",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    {
      nodeId: Type.String({ minLength: 1 }),
      type: Type.Unsafe<"status.request" | "location.request">({
        type: "string",
        enum: ["status.request", "location.request"],
      }),
      priority: Type.Optional(Type.Unsafe<"normal" | "high">({ type: "string", enum: ["normal", "high"] })),
      expiresInMs: Type.Optional(Type.Integer({ minimum: 1000, maximum: 86400000 })),
      wake: Type.Optional(Type.Boolean()),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({
    nodeId: Type.String(),
    revision: Type.Integer(),
    queued: WorkItem,
    wakeTriggered: Type.Boolean(),
  }),
});

export const nodePendingDrain = contract({
  method: "node.pending.drain",
  access: "node",
  sideEffects: true,
  params: Type.Object(
    { maxItems: Type.Optional(Type.Integer({ minimum: 1, maximum: 10 })) },
    { additionalProperties: false },
  ),
  result: Type.Object({
    nodeId: Type.String(),
    revision: Type.Integer(),
    items: Type.Array(WorkItem),
    hasMore: Type.Boolean(),
  }),
});
