import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const sessionsMove = contract({
  method: "sessions.move",
  access: "operator.write",
  sideEffects: true,
  params: Type.Unsafe<{ readonly key: string; readonly agentId?: string }>({
    type: "object",
    required: ["key", "expected", "target"],
    properties: {
      key: { type: "string", minLength: 1 },
      agentId: { type: "string", minLength: 1 },
      expected: {
        type: "object",
        required: ["generation", "environmentId", "ownerEpoch"],
        properties: {
          generation: { type: "integer", minimum: 0, maximum: 9007199254740991 },
          environmentId: { type: "string", minLength: 1, maxLength: 256, pattern: "^\\S(?:.*\\S)?$" },
          ownerEpoch: { type: "integer", minimum: 1, maximum: 9007199254740991 },
        },
        additionalProperties: false,
      },
      target: {
        anyOf: [
          {
            type: "object",
            required: ["kind"],
            properties: { kind: { type: "string", const: "gateway" } },
            additionalProperties: false,
          },
          {
            type: "object",
            required: ["kind", "profileId"],
            properties: {
              kind: { type: "string", const: "profile" },
              profileId: { type: "string", minLength: 1, maxLength: 256, pattern: "^\\S(?:.*\\S)?$" },
              machineClass: { type: "string", minLength: 1, maxLength: 128 },
              os: { type: "string", minLength: 1, maxLength: 64 },
            },
            additionalProperties: false,
          },
          {
            type: "object",
            required: ["kind", "deviceId"],
            properties: {
              kind: { type: "string", const: "device" },
              deviceId: { type: "string", minLength: 1, maxLength: 256, pattern: "^\\S(?:.*\\S)?$" },
            },
            additionalProperties: false,
          },
        ],
      },
      abandonSource: { type: "boolean", const: true },
    },
    additionalProperties: false,
    allOf: [
      {
        anyOf: [
          {
            type: "object",
            required: ["target"],
            properties: {
              target: {
                type: "object",
                required: ["kind"],
                properties: { kind: { type: "string", const: "gateway" } },
                additionalProperties: false,
              },
            },
          },
          {
            type: "object",
            required: ["target"],
            properties: {
              target: {
                anyOf: [
                  {
                    type: "object",
                    required: ["kind", "profileId"],
                    properties: {
                      kind: { type: "string", const: "profile" },
                      profileId: { type: "string", minLength: 1, maxLength: 256, pattern: "^\\S(?:.*\\S)?$" },
                      machineClass: { type: "string", minLength: 1, maxLength: 128 },
                      os: { type: "string", minLength: 1, maxLength: 64 },
                    },
                    additionalProperties: false,
                  },
                  {
                    type: "object",
                    required: ["kind", "deviceId"],
                    properties: {
                      kind: { type: "string", const: "device" },
                      deviceId: { type: "string", minLength: 1, maxLength: 256, pattern: "^\\S(?:.*\\S)?$" },
                    },
                    additionalProperties: false,
                  },
                ],
              },
            },
            not: { required: ["abandonSource"] },
          },
        ],
      },
    ],
  }),
  result: Type.Never(),
});
