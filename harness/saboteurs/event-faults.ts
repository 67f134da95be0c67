import { type Fault, type Frame, inEvent, payloadOf, recordOf, renumbered, type Saboteur } from "./fault.ts";

const CHAT = /:events\.chat$/;

function isFinal(frame: Frame): boolean {
  return payloadOf(frame)["state"] === "final";
}

function withPayload(frame: Frame, change: Readonly<Record<string, unknown>>): Frame {
  return { ...frame, payload: { ...payloadOf(frame), ...change } };
}

/** Changes the number of an event; what comes after it keeps its own. */
function numbered(change: (seq: number) => number | undefined): Fault {
  return {
    toClient: (frame) => {
      if (frame.type !== "event" || frame.seq === undefined) return [frame];
      const { seq, ...rest } = frame;
      const out = change(seq);
      return [out === undefined ? { ...rest } : { ...rest, seq: out }];
    },
  };
}

/** Holds the first delta of a run back until the end of the run was sent. */
function swapsDeltaAndFinal(): Fault {
  let held: Frame | undefined;
  return renumbered(
    inEvent("chat", (frame) => {
      if (payloadOf(frame)["state"] === "delta" && held === undefined) {
        held = frame;
        return [];
      }
      return isFinal(frame) && held !== undefined ? [frame, held] : [frame];
    }),
  );
}

/** Faults in the stream of events. Only those about numbers touch the numbers. */
export const EVENT_FAULTS: readonly Saboteur[] = [
  {
    id: "skips-a-number",
    does: "leaves out a number between two events",
    scenario: "chat/turn",
    caughtBy: /:seq$/,
    fault: () => numbered((seq) => (seq > 2 ? seq + 1 : seq)),
  },
  {
    id: "repeats-a-number",
    does: "gives two events the same number",
    scenario: "chat/turn",
    caughtBy: /:seq$/,
    fault: () => numbered((seq) => (seq > 2 ? seq - 1 : seq)),
  },
  {
    id: "counts-from-zero",
    does: "starts to number events at 0",
    scenario: "chat/turn",
    caughtBy: /:seq$/,
    fault: () => numbered((seq) => seq - 1),
  },
  {
    id: "numbers-nothing",
    does: "sends events without numbers",
    scenario: "chat/turn",
    caughtBy: /:seq$/,
    fault: () => numbered(() => undefined),
  },
  {
    id: "numbers-the-challenge",
    does: "numbers the challenge, which has none",
    scenario: "chat/turn",
    caughtBy: /:seq$/,
    fault: () => inEvent("connect.challenge", (frame) => [{ ...frame, seq: 1 }]),
  },
  {
    id: "drops-the-end",
    does: "never says that a chat turn has ended",
    scenario: "chat/turn",
    caughtBy: CHAT,
    fault: () => renumbered(inEvent("chat", (frame) => (isFinal(frame) ? [] : [frame]))),
  },
  {
    id: "doubles-the-end",
    does: "says twice that a chat turn has ended",
    scenario: "chat/turn",
    caughtBy: CHAT,
    fault: () => renumbered(inEvent("chat", (frame) => (isFinal(frame) ? [frame, frame] : [frame]))),
  },
  {
    id: "swaps-two-events",
    does: "sends the end of a turn before a piece of its text",
    scenario: "chat/turn",
    caughtBy: CHAT,
    fault: swapsDeltaAndFinal,
  },
  {
    id: "garbles-the-text",
    does: "loses the last letter of the reply",
    scenario: "chat/turn",
    caughtBy: CHAT,
    fault: () =>
      inEvent("chat", (frame) => {
        const message = recordOf(payloadOf(frame)["message"]);
        return isFinal(frame)
          ? [
              withPayload(frame, {
                message: { ...message, content: [{ type: "text", text: "Good morning to yo" }] },
              }),
            ]
          : [frame];
      }),
  },
  {
    id: "says-aborted-is-final",
    does: "tells of an aborted turn as if it had come to its end",
    scenario: "chat/abort",
    caughtBy: /:(events\.chat|answer)$/,
    fault: () =>
      inEvent("chat", (frame) => [
        payloadOf(frame)["state"] === "aborted" ? withPayload(frame, { state: "final" }) : frame,
      ]),
  },
  {
    id: "drops-a-lifecycle-event",
    does: "never says that the agent has started",
    scenario: "chat/turn",
    caughtBy: /:events\.agent$/,
    fault: () =>
      renumbered(
        inEvent("agent", (frame) => (recordOf(payloadOf(frame)["data"])["phase"] === "start" ? [] : [frame])),
      ),
  },
  {
    id: "drops-a-payload-field",
    does: "leaves the session out of chat events",
    scenario: "chat/turn",
    caughtBy: CHAT,
    fault: () =>
      inEvent("chat", (frame) => [
        {
          ...frame,
          payload: Object.fromEntries(
            Object.entries(payloadOf(frame)).filter(([key]) => key !== "sessionKey"),
          ),
        },
      ]),
  },
  {
    id: "forgets-subscribers",
    does: "tells nobody that a session has changed",
    scenario: "events/sessions-changed",
    caughtBy: /^(created|patched):answer$|:events\.sessions\.changed$/,
    fault: () => renumbered(inEvent("sessions.changed", () => [])),
  },
  {
    id: "tells-everybody",
    does: "goes on telling a connection that has unsubscribed",
    scenario: "sessions/subscribe-messages",
    caughtBy: /^silent:answer$/,
    fault: () => ({
      toGateway: (frame) =>
        frame.method === "sessions.messages.unsubscribe"
          ? [{ ...frame, method: "sessions.messages.subscribe" }]
          : [frame],
    }),
  },
];
