import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const environmentsCreate = contract({
  method: "environments.create",
  access: "operator.admin",
  sideEffects: true,
  isControlPlaneWrite: true,
  params: Type.Object(
    { profileId: Type.String({ minLength: 1 }), idempotencyKey: Type.String({ minLength: 1 }) },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});

export const environmentsDestroy = contract({
  method: "environments.destroy",
  access: "operator.admin",
  sideEffects: true,
  isControlPlaneWrite: true,
  params: Type.Object(
    { environmentId: Type.String({ minLength: 1 }), force: Type.Optional(Type.Boolean()) },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});

export const environmentsPrepare = contract({
  method: "environments.prepare",
  access: "operator.admin",
  sideEffects: true,
  isControlPlaneWrite: true,
  params: Type.Object(
    { profileId: Type.String({ minLength: 1 }), projectPath: Type.String({ minLength: 1 }) },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});

export const environmentsSessionStatus = contract({
  method: "environments.session.status",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      sessionKey: Type.Optional(Type.String({ minLength: 1 })),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      environmentId: Type.Optional(Type.String({ minLength: 1 })),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({ attachment: Type.Null() }),
});

export const environmentsSessionCreate = contract({
  method: "environments.session.create",
  access: "operator.admin",
  sideEffects: true,
  isControlPlaneWrite: true,
  params: Type.Object(
    {
      sessionKey: Type.Optional(Type.String({ minLength: 1 })),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      profileId: Type.String({ minLength: 1 }),
      idempotencyKey: Type.String({ minLength: 1, maxLength: 256 }),
      machineClass: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
      os: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
      presentation: Type.Optional(Type.Union([Type.Literal("desktop"), Type.Literal("portal")])),
    },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});

export const environmentsSessionDestroy = contract({
  method: "environments.session.destroy",
  access: "operator.admin",
  sideEffects: true,
  isControlPlaneWrite: true,
  params: Type.Object(
    {
      sessionKey: Type.Optional(Type.String({ minLength: 1 })),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      environmentId: Type.Optional(Type.String({ minLength: 1 })),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({ stopped: Type.Literal(true) }),
});

const Word = Type.String({ minLength: 1, maxLength: 131072 });

export const environmentsSessionExec = contract({
  method: "environments.session.exec",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      sessionKey: Type.Optional(Type.String({ minLength: 1, maxLength: 1024 })),
      agentId: Type.Optional(Type.String({ minLength: 1, maxLength: 256 })),
      environmentId: Type.Optional(Type.String({ minLength: 1, maxLength: 256 })),
      action: Type.Optional(
        Type.Union([
          Type.Literal("run"),
          Type.Literal("start"),
          Type.Literal("status"),
          Type.Literal("stop"),
        ]),
      ),
      processId: Type.Optional(
        Type.String({ minLength: 1, maxLength: 128, pattern: "^[A-Za-z0-9][A-Za-z0-9._:-]*$" }),
      ),
      argv: Type.Optional(Type.Array(Word, { minItems: 1, maxItems: 128 })),
      input: Type.Optional(Type.String({ maxLength: 131072 })),
      timeoutMs: Type.Optional(Type.Integer({ minimum: 1, maximum: 600000 })),
    },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});
