import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

const Text = Type.String({ minLength: 1 });
const closed = { additionalProperties: false } as const;
const Loose = Type.Record(Type.String(), Type.Unknown());
const account = Type.Object({ channel: Text, accountId: Type.Optional(Type.String()) }, closed);

export const channelsStatus = contract({
  method: "channels.status",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      probe: Type.Optional(Type.Boolean()),
      timeoutMs: Type.Optional(Type.Integer({ minimum: 0 })),
      channel: Type.Optional(Text),
    },
    closed,
  ),
  result: Type.Object({
    ts: Type.Integer(),
    channelOrder: Type.Array(Type.String()),
    channelLabels: Loose,
    channelDetailLabels: Loose,
    channelSystemImages: Loose,
    channelMeta: Type.Array(Loose),
    channels: Loose,
    channelAccounts: Loose,
    channelDefaultAccountId: Loose,
    statusIssues: Type.Array(Loose),
  }),
});

export const channelsStart = contract({
  method: "channels.start",
  access: "operator.admin",
  sideEffects: true,
  params: account,
  result: Type.Never(),
});

export const channelsStop = contract({
  method: "channels.stop",
  access: "operator.admin",
  sideEffects: true,
  params: account,
  result: Type.Never(),
});

export const channelsLogout = contract({
  method: "channels.logout",
  access: "operator.admin",
  sideEffects: true,
  params: account,
  result: Type.Never(),
});
