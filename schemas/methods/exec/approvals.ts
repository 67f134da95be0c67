import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";
import { ExecPolicy } from "../../shapes/approval.ts";

export const execApprovalsGet = contract({
  method: "exec.approvals.get",
  access: "operator.admin",
  sideEffects: false,
  params: Type.Object({}, { additionalProperties: false }),
  result: ExecPolicy,
});

export const execApprovalsSet = contract({
  method: "exec.approvals.set",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      file: Type.Object(
        {
          version: Type.Literal(1),
          socket: Type.Optional(
            Type.Object(
              { path: Type.Optional(Type.String()), token: Type.Optional(Type.String()) },
              { additionalProperties: false },
            ),
          ),
          defaults: Type.Optional(
            Type.Object(
              {
                security: Type.Optional(Type.String()),
                ask: Type.Optional(Type.String()),
                askFallback: Type.Optional(Type.String()),
                autoAllowSkills: Type.Optional(Type.Boolean()),
              },
              { additionalProperties: false },
            ),
          ),
          agents: Type.Optional(
            Type.Unsafe<Record<string, unknown>>({
              type: "object",
              patternProperties: {
                "^.*$": {
                  type: "object",
                  properties: {
                    security: { type: "string" },
                    ask: { type: "string" },
                    askFallback: { type: "string" },
                    autoAllowSkills: { type: "boolean" },
                    allowlist: {
                      type: "array",
                      items: {
                        type: "object",
                        required: ["pattern"],
                        properties: {
                          id: { type: "string", minLength: 1 },
                          pattern: { type: "string" },
                          source: { type: "string", const: "allow-always" },
                          commandText: { type: "string" },
                          argPattern: { type: "string" },
                          lastUsedAt: { type: "number", minimum: 0 },
                          lastUsedCommand: { type: "string" },
                          lastResolvedPath: { type: "string" },
                        },
                        additionalProperties: false,
                      },
                    },
                    mcpTools: {
                      type: "array",
                      items: {
                        type: "object",
                        required: ["server", "tool", "source", "addedAt"],
                        properties: {
                          server: { type: "string", minLength: 1, pattern: "\\S" },
                          tool: { type: "string", minLength: 1, pattern: "\\S" },
                          source: { type: "string", const: "allow-always" },
                          addedAt: { type: "number", minimum: 0 },
                          lastUsedAt: { type: "number", minimum: 0 },
                        },
                        additionalProperties: false,
                      },
                    },
                  },
                  additionalProperties: false,
                },
              },
            }),
          ),
        },
        { additionalProperties: false },
      ),
      baseHash: Type.Optional(Type.String({ minLength: 1 })),
    },
    { additionalProperties: false },
  ),
  result: ExecPolicy,
});

export const execApprovalsNodeGet = contract({
  method: "exec.approvals.node.get",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object({ nodeId: Type.String({ minLength: 1 }) }, { additionalProperties: false }),
  result: Type.Unknown(),
});

export const execApprovalsNodeSet = contract({
  method: "exec.approvals.node.set",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      nodeId: Type.String({ minLength: 1 }),
      file: Type.Optional(
        Type.Object(
          {
            version: Type.Literal(1),
            socket: Type.Optional(
              Type.Object(
                { path: Type.Optional(Type.String()), token: Type.Optional(Type.String()) },
                { additionalProperties: false },
              ),
            ),
            defaults: Type.Optional(
              Type.Object(
                {
                  security: Type.Optional(Type.String()),
                  ask: Type.Optional(Type.String()),
                  askFallback: Type.Optional(Type.String()),
                  autoAllowSkills: Type.Optional(Type.Boolean()),
                },
                { additionalProperties: false },
              ),
            ),
            agents: Type.Optional(
              Type.Unsafe<Record<string, unknown>>({
                type: "object",
                patternProperties: {
                  "^.*$": {
                    type: "object",
                    properties: {
                      security: { type: "string" },
                      ask: { type: "string" },
                      askFallback: { type: "string" },
                      autoAllowSkills: { type: "boolean" },
                      allowlist: {
                        type: "array",
                        items: {
                          type: "object",
                          required: ["pattern"],
                          properties: {
                            id: { type: "string", minLength: 1 },
                            pattern: { type: "string" },
                            source: { type: "string", const: "allow-always" },
                            commandText: { type: "string" },
                            argPattern: { type: "string" },
                            lastUsedAt: { type: "number", minimum: 0 },
                            lastUsedCommand: { type: "string" },
                            lastResolvedPath: { type: "string" },
                          },
                          additionalProperties: false,
                        },
                      },
                      mcpTools: {
                        type: "array",
                        items: {
                          type: "object",
                          required: ["server", "tool", "source", "addedAt"],
                          properties: {
                            server: { type: "string", minLength: 1, pattern: "\\S" },
                            tool: { type: "string", minLength: 1, pattern: "\\S" },
                            source: { type: "string", const: "allow-always" },
                            addedAt: { type: "number", minimum: 0 },
                            lastUsedAt: { type: "number", minimum: 0 },
                          },
                          additionalProperties: false,
                        },
                      },
                    },
                    additionalProperties: false,
                  },
                },
              }),
            ),
          },
          { additionalProperties: false },
        ),
      ),
      native: Type.Optional(
        Type.Object(
          {
            defaultAction: Type.Optional(
              Type.Union([Type.Literal("allow"), Type.Literal("deny"), Type.Literal("prompt")]),
            ),
            rules: Type.Array(
              Type.Object(
                {
                  pattern: Type.String({ minLength: 1 }),
                  action: Type.Union([Type.Literal("allow"), Type.Literal("deny"), Type.Literal("prompt")]),
                  shells: Type.Optional(Type.Array(Type.String({ minLength: 1 }))),
                  description: Type.Optional(Type.String()),
                  enabled: Type.Optional(Type.Boolean()),
                },
                { additionalProperties: false },
              ),
            ),
          },
          { additionalProperties: false },
        ),
      ),
      baseHash: Type.Optional(Type.String({ minLength: 1 })),
    },
    {
      oneOf: [
        { required: ["file"], not: { required: ["native"] } },
        { required: ["native", "baseHash"], not: { required: ["file"] } },
      ],
      additionalProperties: false,
    },
  ),
  result: Type.Unknown(),
});
