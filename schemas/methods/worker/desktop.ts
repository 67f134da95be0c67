import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const workerDesktopObserve = contract({
  method: "worker.desktop.observe",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    { environmentId: Type.String({ minLength: 1 }), control: Type.Optional(Type.Boolean()) },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});

export const workerDesktopLaunch = contract({
  method: "worker.desktop.launch",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      environmentId: Type.String({ minLength: 1 }),
      app: Type.Union([Type.Literal("browser"), Type.Literal("terminal")]),
    },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});
