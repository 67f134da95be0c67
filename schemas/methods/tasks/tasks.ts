import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

const Text = Type.String({ minLength: 1 });
const Status = Type.Union([
  Type.Literal("queued"),
  Type.Literal("running"),
  Type.Literal("completed"),
  Type.Literal("failed"),
  Type.Literal("cancelled"),
  Type.Literal("timed_out"),
]);
const Task = Type.Record(Type.String(), Type.Unknown());
const closed = { additionalProperties: false } as const;

export const tasksList = contract({
  method: "tasks.list",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      status: Type.Optional(Type.Union([Status, Type.Array(Status)])),
      agentId: Type.Optional(Text),
      sessionKey: Type.Optional(Text),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
      cursor: Type.Optional(Type.String({ maxLength: 512 })),
      sortBy: Type.Optional(
        Type.Unsafe<"updatedAt" | "endedAt">({ type: "string", enum: ["updatedAt", "endedAt"] }),
      ),
    },
    closed,
  ),
  result: Type.Object({ tasks: Type.Array(Task), nextCursor: Type.Optional(Type.String()) }),
});

export const tasksGet = contract({
  method: "tasks.get",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object({ taskId: Text }, closed),
  result: Type.Object({ task: Task }),
});

export const tasksCancel = contract({
  method: "tasks.cancel",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object({ taskId: Text, reason: Type.Optional(Type.String()) }, closed),
  result: Type.Object({
    found: Type.Boolean(),
    cancelled: Type.Boolean(),
    reason: Type.Optional(Type.String()),
    task: Type.Optional(Task),
  }),
});

export const tasksRetry = contract({
  method: "tasks.retry",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object({ taskIds: Type.Array(Text, { minItems: 1, maxItems: 10 }) }, closed),
  result: Type.Object({ results: Type.Array(Task) }),
});

export const tasksDismiss = contract({
  method: "tasks.dismiss",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object({ taskIds: Type.Array(Text, { minItems: 1, maxItems: 10 }) }, closed),
  result: Type.Object({ results: Type.Array(Task) }),
});

export const tasksHistory = contract({
  method: "tasks.history",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      taskId: Type.String({ minLength: 1 }),
      cursor: Type.Optional(Type.String({ minLength: 1, maxLength: 8192 })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({
    messages: Type.Array(Type.Unknown()),
    nextCursor: Type.Optional(Type.String()),
  }),
});
