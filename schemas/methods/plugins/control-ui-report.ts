import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const pluginsControlUiReport = contract({
  method: "plugins.controlUi.report",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      pluginId: Type.String({ minLength: 1 }),
      revision: Type.String({ minLength: 1 }),
      status: Type.Union([Type.Literal("activated"), Type.Literal("failed")]),
      error: Type.Optional(Type.String({ maxLength: 512 })),
    },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});
