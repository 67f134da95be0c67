import {
  sessionsMessagesSubscribe,
  sessionsMessagesUnsubscribe,
  sessionsSubscribe,
  sessionsViewersSet,
} from "../../../schemas/methods/sessions/subscribe.ts";
import { approvalsTopic } from "../../domain/approvals/index.ts";
import { messagesTopic, SESSIONS_TOPIC } from "../../domain/sessions/index.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { type Caller, type Method, method } from "../method.ts";

export default [
  method(sessionsSubscribe, async ({ params, caller, deps }) => {
    // First the subscription: what changes while the list is read must not fall between the two.
    caller.topics.add(SESSIONS_TOPIC);
    if (Object.keys(params).length === 0) return { subscribed: true as const };
    return { subscribed: true as const, list: await deps.sessions.listing.list(params, caller) };
  }),
  method(sessionsMessagesSubscribe, ({ params, caller, deps }) => {
    const key = deps.sessions.keyFor(params.key, params.agentId);
    if (params.includeApprovals === true) mustFollowApprovals(caller);
    caller.topics.add(messagesTopic(key));
    if (params.includeApprovals !== true) return { subscribed: true as const, key };
    caller.topics.add(approvalsTopic(key));
    return { subscribed: true as const, key, approvalReplay: deps.approvals.replay(key, caller) };
  }),
  method(sessionsMessagesUnsubscribe, ({ params, caller, deps }) => {
    const key = deps.sessions.keyFor(params.key, params.agentId);
    caller.topics.delete(messagesTopic(key));
    caller.topics.delete(approvalsTopic(key));
    return { subscribed: false as const, key };
  }),
  method(sessionsViewersSet, ({ params, deps }) => {
    // Viewers are shown to each other when they are people with profiles; connections without one are not counted.
    return { sessionKeys: params.sessionKeys.map((key) => deps.sessions.keyFor(key, params.agentId)) };
  }),
] satisfies Method[];

function mustFollowApprovals({ scopes, deviceId }: Caller): void {
  if (scopes.includes("operator.admin")) return;
  if (deviceId !== undefined && scopes.includes("operator.approvals")) return;
  throw invalidRequest(
    "sessions.messages.subscribe includeApprovals requires a paired device and gateway scope: operator.approvals",
  );
}
