import { Type } from "@sinclair/typebox";
import { event } from "../contract.ts";

const Code = Type.Union([Type.Integer(), Type.Null()]);

/** What a terminal printed. `seq` counts the characters of everything it printed so far, these included. */
export const terminalData = event({
  event: "terminal.data",
  scope: "operator.admin",
  payload: Type.Object({ sessionId: Type.String(), seq: Type.Integer(), data: Type.String() }),
});

/** A terminal ended, or this connection no longer sees it. */
export const terminalExit = event({
  event: "terminal.exit",
  scope: "operator.admin",
  payload: Type.Object({
    sessionId: Type.String(),
    exitCode: Code,
    signal: Code,
    reason: Type.Union([
      Type.Literal("process_exit"),
      Type.Literal("closed"),
      Type.Literal("disconnected"),
      Type.Literal("detached"),
      Type.Literal("error"),
    ]),
    error: Type.Optional(Type.String()),
  }),
});
