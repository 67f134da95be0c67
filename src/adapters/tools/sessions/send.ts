import { POLICY } from "../../../../schemas/policy.ts";
import { pause } from "../../../platform/clock.ts";
import { Arguments, answered } from "../arguments.ts";
import type { DeferredTool } from "../deferred-tool.ts";
import { answer, QUIET } from "./answer.ts";
import type { SessionToolParts } from "./parts.ts";
import { reach } from "./reach.ts";

/** What came of it reaches the other session's own people by itself. */
const DELIVERY = { status: "pending", mode: "announce" } as const;

export function sendTool({ sessions, runs, clock, ids }: SessionToolParts): DeferredTool {
  return {
    ...QUIET,
    name: "sessions_send",
    label: "Session Send",
    description:
      "Says something in another session of this agent and waits for the answer; with timeoutSeconds 0 it does not wait.",
    parameters: {
      type: "object",
      required: ["message"],
      properties: {
        sessionKey: { type: "string" },
        label: { type: "string" },
        message: { type: "string" },
        timeoutSeconds: { type: "integer", minimum: 0 },
      },
    },
    describe: (given) => new Arguments(given).text("sessionKey"),
    run: (given, context) =>
      answered("sessions_send", async () => {
        const args = new Arguments(given);
        const named = args.text("sessionKey") ?? (await byLabel(args.text("label")));
        const entry = await reach(sessions, named, context);
        // A session that waits for its own answer would wait for ever.
        if (entry.key === context.sessionKey)
          throw new Error("sessions_send cannot target the current session");
        const runId = ids.uuid();
        const isBusy = runs.activeRunIds(entry.key).length > 0;
        const { done } = await runs.start({
          runId,
          kind: "agent",
          sessionKey: entry.key,
          agentId: entry.agentId,
          message: forwarded(args.requiredText("message"), context.sessionKey),
          acceptedAt: clock.now(),
          client: { id: "gateway", mode: "backend" },
        });
        const seconds = args.number("timeoutSeconds");
        if (seconds === 0) {
          const targetDisposition = isBusy ? "steered" : "queued";
          return answer({
            runId,
            status: "accepted",
            sessionKey: entry.key,
            targetDisposition,
            delivery: DELIVERY,
          });
        }
        const waitMs = seconds === undefined ? POLICY.sessionReplyWaitMs : seconds * 1_000;
        const isOver = new AbortController();
        const signal = AbortSignal.any([isOver.signal, context.signal]);
        const outcome = await Promise.race([done, pause(clock, waitMs, signal)]);
        isOver.abort();
        context.signal.throwIfAborted();
        const told = { runId, sessionKey: entry.key };
        if (outcome === undefined) return answer({ ...told, status: "timeout", delivery: DELIVERY });
        if (outcome.status !== "ok") return answer({ ...told, status: "error", error: outcome.error });
        return answer({ ...told, status: "ok", delivery: DELIVERY, reply: outcome.text });
      }),
  };

  async function byLabel(label: string | undefined): Promise<string> {
    if (label === undefined) throw new Error("Either sessionKey or label is required");
    const { key } = await sessions.listing.resolve({ label, allowMissing: true });
    if (key === undefined) throw new Error(`No session found with label: ${label}`);
    return key;
  }
}

/** What another session says is marked as such, so that it is not taken for the word of a person. */
function forwarded(message: string, sourceSession: string): string {
  return `${message}\n\n[Inter-session message] sourceSession=${sourceSession} isUser=false`;
}
