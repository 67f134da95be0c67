import { type Static, Type } from "@sinclair/typebox";
import { Json } from "./session.ts";

export const Nullable = Type.Union([Type.String(), Type.Null()]);

export const Decision = Type.Union([
  Type.Literal("allow-once"),
  Type.Literal("allow-always"),
  Type.Literal("deny"),
]);

/** What waits, as the lists and the events of requests say it. */
export const PendingApproval = Type.Object({
  id: Type.String(),
  request: Json,
  createdAtMs: Type.Integer(),
  expiresAtMs: Type.Integer(),
  approvalKind: Type.String(),
});

export type PendingApproval = Static<typeof PendingApproval>;

/** How it ended for who waits; the first of two answers names the route that it took to a reviewer. */
export const ApprovalVerdict = Type.Object({
  id: Type.String(),
  status: Type.Optional(Type.Literal("accepted")),
  deliveryRoute: Type.Optional(Type.Literal("approval-client")),
  decision: Type.Optional(Type.Union([Decision, Type.Null()])),
  createdAtMs: Type.Integer(),
  expiresAtMs: Type.Integer(),
  terminalReason: Type.Optional(Type.String()),
});

export type ApprovalVerdict = Static<typeof ApprovalVerdict>;

/** An approval for its page and for the history. */
export const Approval = Type.Object({
  id: Type.String(),
  status: Type.String(),
  presentation: Json,
  urlPath: Type.String(),
  createdAtMs: Type.Integer(),
  expiresAtMs: Type.Integer(),
  resolvedAtMs: Type.Optional(Type.Integer()),
  reason: Type.Optional(Type.String()),
  decision: Type.Optional(Decision),
  source: Type.Optional(Json),
  resolver: Type.Optional(Json),
});

export type Approval = Static<typeof Approval>;

/** The policy for commands: its file, a mark of its content, and what holds where it says nothing. */
export const ExecPolicy = Type.Object({
  path: Type.String(),
  exists: Type.Boolean(),
  file: Json,
  hash: Type.String(),
  resolvedDefaults: Json,
});
