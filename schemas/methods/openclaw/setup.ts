import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";
import { wizardBegun } from "../../shapes/wizard.ts";

export const openclawSetupDetect = contract({
  method: "openclaw.setup.detect",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    { agentId: Type.Optional(Type.String({ minLength: 1 })) },
    { additionalProperties: false },
  ),
  result: Type.Record(Type.String(), Type.Unknown()),
});

export const openclawSetupActivate = contract({
  method: "openclaw.setup.activate",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      modelTarget: Type.Optional(Type.Literal("utility")),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      kind: Type.Union([
        Type.Literal("existing-model"),
        Type.Literal("openai-api-key"),
        Type.Literal("anthropic-api-key"),
        Type.Literal("claude-cli"),
        Type.Literal("codex-cli"),
        Type.Literal("gemini-cli"),
        Type.String({ pattern: "^provider-auto:.+$" }),
        Type.String({ pattern: "^saved-auth:.+$" }),
        Type.Literal("api-key"),
      ]),
      modelRef: Type.Optional(Type.String({ minLength: 1 })),
      authChoice: Type.Optional(Type.String()),
      apiKey: Type.Optional(Type.String()),
      workspace: Type.Optional(Type.String()),
      nativeSessionCatalogsEnabled: Type.Optional(Type.Boolean()),
    },
    { additionalProperties: false },
  ),
  result: Type.Record(Type.String(), Type.Unknown()),
});

export const openclawSetupActivateStart = contract({
  method: "openclaw.setup.activate.start",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      modelTarget: Type.Optional(Type.Literal("utility")),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      kind: Type.Union([
        Type.Literal("existing-model"),
        Type.Literal("openai-api-key"),
        Type.Literal("anthropic-api-key"),
        Type.Literal("claude-cli"),
        Type.Literal("codex-cli"),
        Type.Literal("gemini-cli"),
        Type.String({ pattern: "^provider-auto:.+$" }),
        Type.String({ pattern: "^saved-auth:.+$" }),
        Type.Literal("api-key"),
      ]),
      modelRef: Type.Optional(Type.String({ minLength: 1 })),
      authChoice: Type.Optional(Type.String()),
      apiKey: Type.Optional(Type.String()),
      workspace: Type.Optional(Type.String()),
      nativeSessionCatalogsEnabled: Type.Optional(Type.Boolean()),
      sessionId: Type.String({ minLength: 1 }),
    },
    { additionalProperties: false },
  ),
  result: wizardBegun,
});

export const openclawSetupAuthStart = contract({
  method: "openclaw.setup.auth.start",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      modelTarget: Type.Optional(Type.Literal("utility")),
      sessionId: Type.String({ minLength: 1 }),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      authChoice: Type.String({ minLength: 1 }),
      workspace: Type.Optional(Type.String()),
      nativeSessionCatalogsEnabled: Type.Optional(Type.Boolean()),
    },
    { additionalProperties: false },
  ),
  result: wizardBegun,
});

export const openclawSetupPrepareStart = contract({
  method: "openclaw.setup.prepare.start",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      modelTarget: Type.Optional(Type.Literal("utility")),
      sessionId: Type.String({ minLength: 1 }),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      authChoice: Type.String({ minLength: 1 }),
      workspace: Type.Optional(Type.String()),
      nativeSessionCatalogsEnabled: Type.Optional(Type.Boolean()),
    },
    { additionalProperties: false },
  ),
  result: wizardBegun,
});

export const openclawSetupVerify = contract({
  method: "openclaw.setup.verify",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      modelTarget: Type.Optional(Type.Literal("utility")),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
    },
    { additionalProperties: false },
  ),
  result: Type.Record(Type.String(), Type.Unknown()),
});
