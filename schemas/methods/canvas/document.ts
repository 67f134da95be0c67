import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const canvasDocumentView = contract({
  method: "canvas.document.view",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    { docId: Type.String({ minLength: 1, maxLength: 256, pattern: "^(?!\\.{1,2}$)[A-Za-z0-9._-]+$" }) },
    { additionalProperties: false },
  ),
  result: Type.Object({ html: Type.String(), sandboxUrl: Type.String(), sandboxPort: Type.Integer() }),
});

export const canvasDocumentPreview = contract({
  method: "canvas.document.preview",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object({ html: Type.String({ maxLength: 2097152 }) }, { additionalProperties: false }),
  result: Type.Object({ html: Type.String(), sandboxUrl: Type.String(), sandboxPort: Type.Integer() }),
});
