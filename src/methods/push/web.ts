import {
  pushTest,
  pushWebPreferencesGet,
  pushWebPreferencesSet,
  pushWebSubscribe,
  pushWebTest,
  pushWebUnsubscribe,
  pushWebVapidPublicKey,
} from "../../../schemas/methods/push/web.ts";
import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

/** Subscriptions belong to the browser that made them; what this caller names is not one of its own. */
function notBound(): ProtocolError {
  return new ProtocolError("FORBIDDEN", "subscription is not bound to this device");
}

export default [
  method(pushWebVapidPublicKey, async ({ deps }) => ({ vapidPublicKey: await deps.push.publicKey() })),
  method(pushWebSubscribe, ({ caller }) => {
    if (caller.deviceId === undefined) throw invalidRequest("paired browser device identity required");
    throw new ProtocolError("UNAVAILABLE", "web push is not available on this gateway", { retryable: false });
  }),
  method(pushWebUnsubscribe, () => {
    throw notBound();
  }),
  method(pushWebPreferencesGet, () => {
    throw notBound();
  }),
  method(pushWebPreferencesSet, () => {
    throw notBound();
  }),
  method(pushWebTest, () => {
    throw invalidRequest("no web push subscriptions registered");
  }),
  method(pushTest, ({ params }) => {
    // Nodes register for Apple's push service over a channel that this gateway does not offer.
    throw invalidRequest(`node ${params.nodeId} has no APNs registration (connect iOS node first)`);
  }),
] satisfies Method[];
