import { canvasDocumentPreview, canvasDocumentView } from "../../../schemas/methods/canvas/document.ts";
import { type Method, method } from "../method.ts";

export default [
  method(canvasDocumentView, async ({ params, deps }) => await deps.canvas.view(params.docId)),
  method(canvasDocumentPreview, async ({ params, deps }) => await deps.canvas.preview(params.html)),
] satisfies Method[];
