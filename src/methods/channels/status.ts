import {
  channelsLogout,
  channelsStart,
  channelsStatus,
  channelsStop,
} from "../../../schemas/methods/channels/status.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

/** There is no adapter for a chat network, so every list is empty and no name is that of a channel. */
export default [
  method(channelsStatus, ({ params, deps }) => {
    if (params.channel !== undefined) throw invalidRequest(`unknown channel: ${params.channel}`);
    return {
      ts: deps.clock.now(),
      channelOrder: [],
      channelLabels: {},
      channelDetailLabels: {},
      channelSystemImages: {},
      channelMeta: [],
      channels: {},
      channelAccounts: {},
      channelDefaultAccountId: {},
      statusIssues: [],
    };
  }),
  method(channelsStart, () => {
    throw invalidRequest("invalid channels.start channel");
  }),
  method(channelsStop, () => {
    throw invalidRequest("invalid channels.stop channel");
  }),
  method(channelsLogout, () => {
    throw invalidRequest("invalid channels.logout channel");
  }),
] satisfies Method[];
