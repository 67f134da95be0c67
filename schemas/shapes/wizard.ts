import { Type } from "@sinclair/typebox";

const step = Type.Object({
  type: Type.String(),
  title: Type.Optional(Type.String()),
  message: Type.Optional(Type.String()),
  options: Type.Optional(
    Type.Array(
      Type.Object({ value: Type.Unknown(), label: Type.String(), hint: Type.Optional(Type.String()) }),
    ),
  ),
  initialValue: Type.Optional(Type.Unknown()),
  placeholder: Type.Optional(Type.String()),
  sensitive: Type.Optional(Type.Boolean()),
  executor: Type.Union([Type.Literal("client"), Type.Literal("gateway")]),
  id: Type.String(),
});
const state = {
  status: Type.Union([
    Type.Literal("running"),
    Type.Literal("done"),
    Type.Literal("cancelled"),
    Type.Literal("error"),
  ]),
  error: Type.Optional(Type.String()),
  modelActivation: Type.Optional(Type.Object({ modelRef: Type.String() })),
};
/** How far a wizard is: the step that waits, or how it ended. */
export const wizardProgress = Type.Object({ done: Type.Boolean(), step: Type.Optional(step), ...state });
/** The same for one that was just begun. */
export const wizardBegun = Type.Object({
  sessionId: Type.String(),
  done: Type.Boolean(),
  step: Type.Optional(step),
  ...state,
});
export const wizardState = Type.Object(state);
