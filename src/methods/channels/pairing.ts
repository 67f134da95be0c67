import {
  channelsPairingApprove,
  channelsPairingDismiss,
  channelsPairingList,
} from "../../../schemas/methods/channels/pairing.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

/** What people who write on a chat network are held to before an owner lets them in. */
const LIMITS = { pendingPerAccount: 3, ttlMs: 60 * 60 * 1_000 } as const;

/** Nobody can write from a chat network while there is none. */
export default [
  method(channelsPairingList, ({ params, deps }) => {
    if (params.channel !== undefined) throw unknown(params.channel);
    const owners: unknown = deps.config.current().commands["ownerAllowFrom"];
    return {
      accounts: [],
      requests: [],
      commandOwnerConfigured: Array.isArray(owners) && owners.length > 0,
      limits: LIMITS,
    };
  }),
  method(channelsPairingApprove, ({ params }) => {
    throw unknown(params.channel);
  }),
  method(channelsPairingDismiss, ({ params }) => {
    throw unknown(params.channel);
  }),
] satisfies Method[];

function unknown(channel: string) {
  return invalidRequest(`Error: unknown pairing channel: ${channel}`);
}
