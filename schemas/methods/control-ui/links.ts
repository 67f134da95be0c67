import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";
import { gitHubItem, linkDocument } from "../../shapes/link.ts";

export const controlUiGithubPreview = contract({
  method: "controlUi.githubPreview",
  access: "operator.read",
  sideEffects: false,
  params: null,
  result: gitHubItem,
});

export const controlUiGithubDetail = contract({
  method: "controlUi.githubDetail",
  access: "operator.read",
  sideEffects: false,
  params: null,
  result: linkDocument,
});

export const controlUiLinkPreview = contract({
  method: "controlUi.linkPreview",
  access: "operator.read",
  sideEffects: false,
  params: null,
  result: Type.Object({ title: Type.Optional(Type.String()), description: Type.Optional(Type.String()) }),
});
