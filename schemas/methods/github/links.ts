import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";
import { linkDocument, linkPreview } from "../../shapes/link.ts";

export const githubPreview = contract({
  method: "github.preview",
  access: "operator.read",
  sideEffects: false,
  params: null,
  result: linkPreview,
});

export const githubDetail = contract({
  method: "github.detail",
  access: "operator.read",
  sideEffects: false,
  params: null,
  result: linkDocument,
});

export const githubImage = contract({
  method: "github.image",
  access: "operator.read",
  sideEffects: false,
  params: null,
  result: Type.Object({ url: Type.String(), dataUrl: Type.String() }),
});
