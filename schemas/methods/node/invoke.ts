import { Type } from "@sinclair/typebox";
import { contract, type OperatorScope } from "../../contract.ts";

/** Commands that reach the node's browser, files or terminal are relayed for administrators only. */
const ADMIN_RELAYED: ReadonlySet<unknown> = new Set([
  "browser.proxy",
  "browser.proxy.upload.v1",
  "fs.listDir",
  "terminal.upload",
]);

function accessOfInvoke(params: unknown): OperatorScope {
  const command = typeof params === "object" && params !== null && "command" in params ? params.command : "";
  const name = typeof command === "string" ? command.trim() : "";
  return ADMIN_RELAYED.has(name) ? "operator.admin" : "operator.write";
}

export const nodeInvoke = contract({
  method: "node.invoke",
  access: accessOfInvoke,
  sideEffects: true,
  params: Type.Object(
    {
      nodeId: Type.String({ minLength: 1 }),
      command: Type.String({ minLength: 1 }),
      params: Type.Optional(Type.Unknown()),
      timeoutMs: Type.Optional(Type.Integer({ minimum: 0 })),
      idempotencyKey: Type.String({ minLength: 1 }),
      sessionKey: Type.Optional(Type.String({ minLength: 1 })),
      turnSourceChannel: Type.Optional(Type.String()),
      turnSourceTo: Type.Optional(Type.String()),
      turnSourceAccountId: Type.Optional(Type.String()),
      turnSourceThreadId: Type.Optional(Type.Union([Type.String(), Type.Number()])),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({
    ok: Type.Literal(true),
    nodeId: Type.String(),
    command: Type.String(),
    payload: Type.Optional(Type.Unknown()),
    payloadJSON: Type.Union([Type.String(), Type.Null()]),
  }),
});

export const nodeInvokeResult = contract({
  method: "node.invoke.result",
  access: "node",
  sideEffects: true,
  params: Type.Object(
    {
      id: Type.String({ minLength: 1 }),
      nodeId: Type.String({ minLength: 1 }),
      ok: Type.Boolean(),
      payload: Type.Optional(Type.Unknown()),
      payloadJSON: Type.Optional(Type.String()),
      error: Type.Optional(
        Type.Object(
          {
            code: Type.Optional(Type.String({ minLength: 1 })),
            message: Type.Optional(Type.String({ minLength: 1 })),
          },
          { additionalProperties: false },
        ),
      ),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({ ok: Type.Literal(true), ignored: Type.Optional(Type.Literal(true)) }),
});

export const nodeInvokeProgress = contract({
  method: "node.invoke.progress",
  access: "node",
  sideEffects: true,
  params: Type.Object(
    {
      invokeId: Type.String({ minLength: 1 }),
      nodeId: Type.String({ minLength: 1 }),
      seq: Type.Integer({ minimum: 0 }),
      chunk: Type.String({ maxLength: 16384 }),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({ ok: Type.Literal(true), ignored: Type.Optional(Type.Literal(true)) }),
});
