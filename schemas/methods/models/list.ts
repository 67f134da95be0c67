import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const modelsList = contract({
  method: "models.list",
  access: "operator.read",
  sideEffects: false,
  params: Type.Unsafe<{
    agentId?: string;
    sessionKey?: string;
    provider?: string;
    includeDetails?: boolean;
    includeDefaultModels?: boolean;
    view?: "default" | "configured" | "provider-config" | "all";
  }>({
    type: "object",
    properties: {
      agentId: { type: "string", minLength: 1 },
      sessionKey: { type: "string", minLength: 1 },
      authProfileId: { type: "string", minLength: 1, maxLength: 256 },
      provider: { type: "string", minLength: 1 },
      includeDetails: { type: "boolean" },
      includeProviderCapabilities: { type: "boolean" },
      includeDefaultModels: { type: "boolean" },
      preparedOnly: { type: "boolean" },
      refresh: { type: "boolean" },
      view: {
        anyOf: [
          { type: "string", const: "default" },
          { type: "string", const: "configured" },
          { type: "string", const: "provider-config" },
          { type: "string", const: "all" },
        ],
      },
    },
    additionalProperties: false,
    allOf: [
      {
        not: {
          properties: { preparedOnly: { const: true }, refresh: { const: true } },
          required: ["preparedOnly", "refresh"],
        },
      },
      { not: { required: ["sessionKey", "authProfileId"] } },
    ],
  }),
  result: Type.Unknown(),
});

export const modelsAuthStatus = contract({
  method: "models.authStatus",
  access: "operator.read",
  sideEffects: false,
  params: null,
  result: Type.Unknown(),
});
