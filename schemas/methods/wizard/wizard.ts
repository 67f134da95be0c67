import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";
import { wizardBegun, wizardProgress, wizardState } from "../../shapes/wizard.ts";

export const wizardStart = contract({
  method: "wizard.start",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      mode: Type.Optional(Type.Union([Type.Literal("local"), Type.Literal("remote")])),
      workspace: Type.Optional(Type.String()),
      installDaemon: Type.Optional(Type.Boolean()),
      flow: Type.Optional(Type.Union([Type.Literal("setup"), Type.Literal("channels")])),
      channel: Type.Optional(Type.String({ minLength: 1 })),
    },
    { additionalProperties: false },
  ),
  result: wizardBegun,
});

export const wizardNext = contract({
  method: "wizard.next",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      sessionId: Type.String({ minLength: 1 }),
      answer: Type.Optional(
        Type.Object(
          { stepId: Type.String({ minLength: 1 }), value: Type.Optional(Type.Unknown()) },
          { additionalProperties: false },
        ),
      ),
    },
    { additionalProperties: false },
  ),
  result: wizardProgress,
});

export const wizardCancel = contract({
  method: "wizard.cancel",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    { sessionId: Type.String({ minLength: 1 }), closeInput: Type.Optional(Type.Boolean()) },
    { additionalProperties: false },
  ),
  result: wizardState,
});

export const wizardStatus = contract({
  method: "wizard.status",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object({ sessionId: Type.String({ minLength: 1 }) }, { additionalProperties: false }),
  result: wizardState,
});
