import { Type } from "@sinclair/typebox";

/** What a link to a page of a known service shows before it is followed. */
export const linkPreview = Type.Object({
  url: Type.String(),
  title: Type.String(),
  subtitle: Type.Optional(Type.String()),
  badge: Type.Optional(
    Type.Object({
      label: Type.String(),
      tone: Type.Union([Type.Literal("neutral"), Type.Literal("positive")]),
    }),
  ),
  author: Type.Optional(Type.String()),
  authorUrl: Type.Optional(Type.String()),
  createdAt: Type.Optional(Type.String()),
  updatedAt: Type.Optional(Type.String()),
});

/** An issue or pull request by GitHub's own names; what it does not have is left out. */
export const gitHubItem = Type.Object({
  kind: Type.Union([Type.Literal("issue"), Type.Literal("pull")]),
  owner: Type.String(),
  repo: Type.String(),
  number: Type.Integer(),
  title: Type.String(),
  login: Type.String(),
  state: Type.String(),
  createdAt: Type.String(),
  updatedAt: Type.String(),
});

/** A page that is read beside a chat. */
export const linkDocument = Type.Record(Type.String(), Type.Unknown());
