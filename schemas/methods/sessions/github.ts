import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";
import { Json } from "../../shapes/session.ts";

export const sessionsGithubOptions = contract({
  method: "sessions.github.options",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      sessionKey: Type.String({ minLength: 1 }),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      idempotencyKey: Type.Optional(Type.String({ minLength: 1 })),
    },
    { additionalProperties: false },
  ),
  result: Json,
});

export const sessionsGithubStatus = contract({
  method: "sessions.github.status",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      sessionKey: Type.String({ minLength: 1 }),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      requestId: Type.String({ format: "uuid", maxLength: 36 }),
    },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});

const Account = Type.Object(
  {
    accountId: Type.Integer({ minimum: 1, maximum: 9007199254740991 }),
    login: Type.String({
      minLength: 1,
      maxLength: 39,
      pattern: "^[A-Za-z0-9](?:[A-Za-z0-9-]{0,37}[A-Za-z0-9])?$",
    }),
  },
  { additionalProperties: false },
);

const SharedAccount = Type.Object(
  {
    source: Type.Union([
      Type.Literal("system-detected"),
      Type.Literal("system-configured"),
      Type.Literal("agent-override"),
    ]),
    ...Account.properties,
  },
  { additionalProperties: false },
);

export const sessionsGithubPublish = contract({
  method: "sessions.github.publish",
  access: "operator.sessions.write",
  sideEffects: true,
  isControlPlaneWrite: true,
  params: Type.Object(
    {
      sessionKey: Type.Optional(Type.String({ minLength: 1 })),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      idempotencyKey: Type.String({ minLength: 1 }),
      title: Type.Optional(
        Type.String({ minLength: 1, maxLength: 256, pattern: "^[^\\r\\n]*\\S[^\\r\\n]*$" }),
      ),
      body: Type.Optional(Type.String({ minLength: 1, maxLength: 8192 })),
      selection: Type.Optional(
        Type.Union([
          Type.Object(
            { source: Type.Literal("shared"), expected: Type.Optional(SharedAccount) },
            { additionalProperties: false },
          ),
          Type.Object(
            {
              source: Type.Literal("personal"),
              generation: Type.String({ format: "uuid", maxLength: 36 }),
              account: Account,
            },
            { additionalProperties: false },
          ),
        ]),
      ),
    },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});

export const sessionsGithubConfirm = contract({
  method: "sessions.github.confirm",
  access: "operator.write",
  sideEffects: true,
  isControlPlaneWrite: true,
  params: Type.Object(
    {
      sessionKey: Type.String({ minLength: 1 }),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      requestId: Type.String({ format: "uuid", maxLength: 36 }),
      generation: Type.String({ format: "uuid", maxLength: 36 }),
      account: Account,
      requestDigest: Type.String({ minLength: 64, maxLength: 64, pattern: "^[a-f0-9]+$" }),
    },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});
