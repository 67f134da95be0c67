import { type Fault, inAnswer, inEvent, listOf, payloadOf, recordOf, type Saboteur } from "./fault.ts";

/** Loses or doubles the last message of a history, once the gateway was started again. */
function afterRestart(change: (messages: readonly unknown[]) => readonly unknown[]): Fault {
  return inAnswer("chat.history", (payload, { restarts }) =>
    restarts === 0 ? payload : { ...payload, messages: change(listOf(payload["messages"])) },
  );
}

/** Sends each chat message to the gateway a second time under a key of its own: the model is asked twice. */
function asksTwice(): Fault {
  return {
    toGateway: (frame) => {
      if (frame.method !== "chat.send") return [frame];
      const params = recordOf(frame["params"]);
      const again = {
        ...params,
        sessionKey: "agent:main:shadow",
        idempotencyKey: `${String(params["idempotencyKey"])}-2`,
      };
      return [frame, { ...frame, id: `${String(frame.id)}-2`, params: again }];
    },
    toClient: (frame) => (typeof frame.id === "string" && frame.id.endsWith("-2") ? [] : [frame]),
  };
}

/** Faults at the borders: handshake, close, HTTP, state after a restart, and what goes out. */
export const BORDER_FAULTS: readonly Saboteur[] = [
  {
    id: "changes-a-close-code",
    does: "hangs up with another code",
    scenario: "gateway/connect",
    caughtBy: /^wrong-token:answer$/,
    fault: () => ({ close: ({ code, reason }) => ({ code: code === 1008 ? 1011 : code, reason }) }),
  },
  {
    id: "drops-a-close-reason",
    does: "hangs up without saying why",
    scenario: "gateway/connect",
    caughtBy: /^wrong-token:answer$/,
    fault: () => ({ close: ({ code }) => ({ code, reason: "" }) }),
  },
  {
    id: "vanishes",
    does: "destroys the socket where it should close it",
    scenario: "connection/first-frame",
    caughtBy: /:answer$/,
    fault: () => ({ close: () => ({ code: 1006, reason: "" }) }),
  },
  {
    id: "grants-too-much",
    does: "grants a scope that was not asked for",
    scenario: "roles/scopes",
    caughtBy: /^(omitted|writer|bogus):answer$/,
    fault: () =>
      inAnswer("connect", (payload) => {
        const auth = recordOf(payload["auth"]);
        return { ...payload, auth: { ...auth, scopes: [...listOf(auth["scopes"]), "operator.admin"] } };
      }),
  },
  {
    id: "repeats-a-nonce",
    does: "challenges every connection with the same nonce",
    scenario: "connection/challenge",
    caughtBy: /:answer$/,
    fault: () =>
      inEvent("connect.challenge", (frame) => [
        { ...frame, payload: { ...payloadOf(frame), nonce: "00000000-0000-4000-8000-000000000000" } },
      ]),
  },
  {
    id: "speaks-another-version",
    does: "says that it speaks protocol 5",
    scenario: "gateway/connect",
    caughtBy: /^open:answer$/,
    fault: () => inAnswer("connect", (payload) => ({ ...payload, protocol: 5 })),
  },
  {
    id: "changes-a-limit",
    does: "announces a smaller frame limit",
    scenario: "connection/hello",
    caughtBy: /^admin:answer$/,
    fault: () =>
      inAnswer("connect", (payload) => ({
        ...payload,
        policy: { ...recordOf(payload["policy"]), maxPayload: 1024 },
      })),
  },
  {
    id: "leaks-to-readers",
    does: "tells a reader where the state folder is",
    scenario: "connection/hello",
    caughtBy: /^(reader|bare):answer$/,
    fault: () =>
      inAnswer("connect", (payload) => ({
        ...payload,
        snapshot: { ...recordOf(payload["snapshot"]), stateDir: "/state" },
      })),
  },
  {
    id: "changes-an-http-status",
    does: "answers a refused HTTP method with 200",
    scenario: "health/probes",
    caughtBy: /^health-post:answer$/,
    fault: () => ({ http: (answer) => ({ ...answer, status: answer.status === 405 ? 200 : answer.status }) }),
  },
  {
    id: "changes-an-http-body",
    does: "answers a probe with another document",
    scenario: "health/probes",
    caughtBy: /^(live|health|healthz):answer$/,
    fault: () => ({
      http: (answer, path) =>
        path === "/healthz"
          ? { ...answer, body: '{"ok":true,"status":"alive"}', headers: plain(answer.headers) }
          : answer,
    }),
  },
  {
    id: "loses-a-message-at-restart",
    does: "has forgotten the last message after a restart",
    scenario: "chat/restart",
    caughtBy: /^history:answer$/,
    fault: () => afterRestart((messages) => messages.slice(0, -1)),
  },
  {
    id: "doubles-a-message-at-restart",
    does: "has the last message twice after a restart",
    scenario: "chat/restart",
    caughtBy: /^history:answer$/,
    fault: () => afterRestart((messages) => [...messages, ...messages.slice(-1)]),
  },
  {
    id: "asks-the-model-twice",
    does: "asks the model provider twice for one message",
    scenario: "chat/turn",
    caughtBy: /^provider:outgoing$/,
    fault: asksTwice,
  },
  {
    id: "drops-what-it-sends-to-the-model",
    does: "sends the model another text than the user wrote",
    scenario: "chat/abort",
    caughtBy: /^provider:outgoing$/,
    fault: () => ({
      toGateway: (frame) =>
        frame.method === "chat.send"
          ? [{ ...frame, params: { ...recordOf(frame["params"]), message: "a long story, please" } }]
          : [frame],
    }),
  },
];

function plain(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name !== "content-length"));
}
