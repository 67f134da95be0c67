import type { Sessions, TranscriptRecord } from "../sessions/index.ts";
import type { JournalEntry } from "./journal.ts";
import { userMessageKey } from "./messages.ts";
import type { RunRequest } from "./request.ts";

/** Messages at the end of a transcript in which the traces of a run are looked for. */
const TAIL_RECORDS = 200;

/** A turn that a crash cut off this often is not taken up again: it may be what crashes the gateway. */
const RESUMES_MAX = 3;

/** Our words for an agent whose turn was cut by a crash. */
const RESUME_TEXT =
  "[System] The gateway stopped in the middle of your last turn and is running again. The request above still stands: look at where things are, take up what was left unfinished and complete it, without asking for the request again. A tool call whose result is missing may or may not have had its effect: check before doing it twice. If something failed, say so.";

export interface Leftovers {
  /** The reply is in the transcript: only the record of it was lost. */
  readonly answered: readonly { readonly request: RunRequest; readonly text: string }[];
  /** Begun and cut off. `resume` is what takes the work up again. */
  readonly cut: readonly { readonly request: RunRequest; readonly resume: RunRequest | undefined }[];
  /** Waited behind one that was cut off: clients are told that they were interrupted. */
  readonly queued: readonly RunRequest[];
  /** Acknowledged and never begun. */
  readonly fresh: readonly RunRequest[];
}

/** Sorts what the journal says was never finished by what the transcripts know of it. */
export async function findLeftovers(
  entries: readonly JournalEntry[],
  sessions: Sessions,
): Promise<Leftovers> {
  const answered: Leftovers["answered"][number][] = [];
  const cut: Leftovers["cut"][number][] = [];
  const queued: RunRequest[] = [];
  const fresh: RunRequest[] = [];
  const busy = new Set<string>();
  for (const { request } of entries) {
    const { sessionKey, runId } = request;
    const isThere = (await sessions.get(sessionKey)) !== undefined;
    const page = isThere ? await sessions.history(sessionKey, { limit: TAIL_RECORDS }) : undefined;
    const records = page?.records ?? [];
    const inputAt = records.findIndex((record) => record.idempotencyKey === userMessageKey(runId));
    const hasInput = inputAt >= 0;
    // A turn of the queue goes by another name than its message, so its reply is known by its place.
    const own = hasInput ? turnAfter(records, inputAt) : records.filter((record) => record.runId === runId);
    const reply = own.findLast((record) => isFinalReply(record.message));
    if (reply !== undefined) {
      answered.push({ request, text: textOf(reply.message.content) });
    } else if ((hasInput || request.isInternal === true) && !busy.has(sessionKey)) {
      busy.add(sessionKey);
      cut.push({ request, resume: resumeOf(request) });
    } else if (hasInput) {
      // It joined the turn that is taken up again, which answers it too.
      answered.push({ request, text: "" });
    } else if (busy.has(sessionKey)) {
      queued.push(request);
    } else {
      busy.add(sessionKey);
      fresh.push(request);
    }
  }
  return { answered, cut, queued, fresh };
}

/** What stands between a message and the one that began the next turn. */
function turnAfter(records: readonly TranscriptRecord[], inputAt: number): readonly TranscriptRecord[] {
  const rest = records.slice(inputAt + 1);
  const next = rest.findIndex(({ message }) => message.role === "user" && !isSteered(message["__openclaw"]));
  return next < 0 ? rest : rest.slice(0, next);
}

function isSteered(own: unknown): boolean {
  return typeof own === "object" && own !== null && "steerTargetRunId" in own;
}

function isFinalReply(message: { readonly role: string; readonly [member: string]: unknown }): boolean {
  return message.role === "assistant" && message["stopReason"] !== "toolUse";
}

function resumeOf(request: RunRequest): RunRequest | undefined {
  const { attachments: _attachments, queueMode: _queueMode, resumes = 0, ...rest } = request;
  if (resumes >= RESUMES_MAX) return undefined;
  // What another session said is not in the transcript, so it is said again.
  const message = request.isInternal === true ? request.message : RESUME_TEXT;
  return { ...rest, kind: "agent", isInternal: true, message, resumes: resumes + 1 };
}

export function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content
    .flatMap((part: unknown) =>
      typeof part === "object" && part !== null && "text" in part && typeof part.text === "string"
        ? [part.text]
        : [],
    )
    .join("\n");
}
