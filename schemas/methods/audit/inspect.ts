import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

const Name = Type.Optional(Type.String({ minLength: 1, maxLength: 256 }));

export const auditRunInspect = contract({
  method: "audit.run.inspect",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      runId: Name,
      executionId: Name,
      executionCursor: Name,
      executionLimit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50 })),
      decisionCursor: Name,
      decisionLimit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
    },
    {
      additionalProperties: false,
      oneOf: [
        { required: ["runId"], not: { required: ["executionId"] } },
        {
          required: ["executionId"],
          not: {
            anyOf: [
              { required: ["runId"] },
              { required: ["executionCursor"] },
              { required: ["executionLimit"] },
            ],
          },
        },
      ],
    },
  ),
  result: Type.Object({
    schemaVersion: Type.Literal(1),
    run: Type.Object({
      runId: Type.Optional(Type.String()),
      executionId: Type.Optional(Type.String()),
      status: Type.String(),
    }),
    identity: Type.Object({
      state: Type.String(),
      reasonCode: Type.String(),
      missingEvidence: Type.Array(Type.String()),
      remediation: Type.Array(Type.Object({ code: Type.String(), text: Type.String() })),
    }),
    decisionDisplays: Type.Array(Type.Unknown()),
    coverage: Type.Object({ state: Type.String(), missingEvidence: Type.Array(Type.String()) }),
  }),
});
