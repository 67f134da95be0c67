import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const memorySearch = contract({
  method: "memory.search",
  access: "operator.read",
  sideEffects: false,
  params: null,
  result: Type.Object({
    agentId: Type.String(),
    provider: Type.Literal("none"),
    searchMode: Type.Literal("fts-only"),
    results: Type.Array(
      Type.Object({
        path: Type.String(),
        startLine: Type.Integer(),
        endLine: Type.Integer(),
        score: Type.Number(),
        textScore: Type.Number(),
        snippet: Type.String(),
        source: Type.Literal("memory"),
        provenance: Type.Object({
          originClass: Type.String(),
          sessionKind: Type.String(),
          observedAt: Type.Number(),
        }),
      }),
    ),
  }),
});
