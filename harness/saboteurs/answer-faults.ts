import { inAnswer, inRefusal, listOf, payloadOf, recordOf, type Saboteur } from "./fault.ts";

const ANSWER = /:answer$/;

function without(record: Readonly<Record<string, unknown>>, key: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
}

/** Faults in what a request is answered with. */
export const ANSWER_FAULTS: readonly Saboteur[] = [
  {
    id: "drops-a-field",
    does: "leaves a field out of an answer",
    scenario: "gateway/connect",
    caughtBy: /^health:answer$/,
    fault: () => inAnswer("health", (payload) => without(payload, "heartbeatSeconds")),
  },
  {
    id: "adds-a-field",
    does: "adds a field that the reference does not send",
    scenario: "gateway/connect",
    caughtBy: /^health:answer$/,
    fault: () => inAnswer("health", (payload) => ({ ...payload, vendor: "sabotage" })),
  },
  {
    id: "renames-a-field",
    does: "calls a field by another name",
    scenario: "gateway/connect",
    caughtBy: /^health:answer$/,
    fault: () =>
      inAnswer("health", (payload) => ({
        ...without(payload, "defaultAgentId"),
        default_agent_id: payload["defaultAgentId"],
      })),
  },
  {
    id: "changes-a-type",
    does: "sends a number as text",
    scenario: "gateway/connect",
    caughtBy: /^health:answer$/,
    fault: () =>
      inAnswer("health", (payload) => ({
        ...payload,
        heartbeatSeconds: String(payload["heartbeatSeconds"]),
      })),
  },
  {
    id: "changes-a-value",
    does: "sends another value in a field that never changes",
    scenario: "gateway/connect",
    caughtBy: /^health:answer$/,
    fault: () => inAnswer("health", (payload) => ({ ...payload, heartbeatSeconds: 1 })),
  },
  {
    id: "nulls-a-field",
    does: "sends null where the reference sends an object",
    scenario: "gateway/connect",
    caughtBy: /^health:answer$/,
    fault: () => inAnswer("health", (payload) => ({ ...payload, channels: null })),
  },
  {
    id: "empties-a-list",
    does: "answers with an empty list",
    scenario: "chat/turn",
    caughtBy: /^history:answer$/,
    fault: () => inAnswer("chat.history", (payload) => ({ ...payload, messages: [] })),
  },
  {
    id: "reverses-a-list",
    does: "answers with a list in the other order",
    scenario: "chat/turn",
    caughtBy: /^history:answer$/,
    fault: () =>
      inAnswer("chat.history", (payload) => ({
        ...payload,
        messages: listOf(payload["messages"]).toReversed(),
      })),
  },
  {
    id: "changes-an-error-code",
    does: "refuses with another code",
    scenario: "gateway/connect",
    caughtBy: /^unknown:answer$/,
    fault: () => inRefusal((error) => ({ ...error, code: "UNAVAILABLE" }), "no.such.method"),
  },
  {
    id: "changes-an-error-text",
    does: "refuses in other words",
    scenario: "rpc/params",
    caughtBy: ANSWER,
    fault: () =>
      inRefusal((error) => ({ ...error, message: String(error["message"]).replace("must be", "has to be") })),
  },
  {
    id: "drops-error-details",
    does: "refuses without the details that clients act on",
    scenario: "roles/scopes",
    caughtBy: /^none-read:answer$/,
    fault: () => inRefusal((error) => without(error, "details")),
  },
  {
    id: "says-retry",
    does: "calls a refusal retryable",
    scenario: "gateway/connect",
    caughtBy: /^unknown:answer$/,
    fault: () => inRefusal((error) => ({ ...error, retryable: true }), "no.such.method"),
  },
  {
    id: "serves-an-unknown-method",
    does: "answers ok to a method that does not exist",
    scenario: "gateway/connect",
    caughtBy: /^unknown:answer$/,
    fault: () => ({
      toClient: (frame, { method }) =>
        method === "no.such.method" ? [{ type: "res", id: frame.id, ok: true, payload: {} }] : [frame],
    }),
  },
  {
    id: "ignores-scopes",
    does: "serves a method to a connection that lacks its scope",
    scenario: "roles/scopes",
    caughtBy: /^writer-approves:answer$/,
    fault: () => ({
      toClient: (frame, { method }) =>
        method === "exec.approval.list" && frame.ok === false
          ? [{ type: "res", id: frame.id, ok: true, payload: [] }]
          : [frame],
    }),
  },
  {
    id: "answers-twice",
    does: "answers one request with two frames",
    scenario: "agent/two-responses",
    caughtBy: /^run:answer$/,
    fault: () => ({
      toClient: (frame, { method }) =>
        method === "agent" && frame.type === "res" ? [frame, frame] : [frame],
    }),
  },
  {
    id: "answers-once",
    does: "never sends the second answer of a run",
    scenario: "agent/two-responses",
    caughtBy: /^run:answer$/,
    fault: () => ({
      toClient: (frame, { method }) =>
        method === "agent" && payloadOf(frame)["result"] !== undefined ? [] : [frame],
    }),
  },
  {
    id: "forgets-idempotency",
    does: "says started to a key that was used before",
    scenario: "rpc/idempotency",
    caughtBy: /^(after|in-flight):answer$/,
    fault: () => inAnswer("chat.send", (payload) => ({ ...payload, status: "started" })),
  },
  {
    id: "makes-up-a-run-id",
    does: "acknowledges a run under an id that is not the one its events carry",
    scenario: "chat/turn",
    caughtBy: /^(send|again|final|open):/,
    fault: () =>
      inAnswer("chat.send", (payload) => ({ ...payload, runId: `${String(payload["runId"])}-other` })),
  },
  {
    id: "mixes-up-sessions",
    does: "answers about one session with the key of another",
    scenario: "chat/turn",
    caughtBy: /^history:answer$/,
    fault: () =>
      inAnswer("chat.history", (payload) => ({ ...payload, sessionKey: "agent:main:somebody-else" })),
  },
  {
    id: "hides-a-method",
    does: "does not advertise a method that it serves",
    scenario: "connection/hello",
    caughtBy: /^(admin|reader|bare):answer$/,
    fault: () =>
      inAnswer("connect", (payload) => {
        const features = recordOf(payload["features"]);
        return { ...payload, features: { ...features, methods: listOf(features["methods"]).slice(1) } };
      }),
  },
];
