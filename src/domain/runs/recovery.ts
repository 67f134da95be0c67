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
  const waiting: RunRequest[] = [];
  const busy = new Set<string>();
  // What had begun goes first, whatever came before it: only then is known which of the others waited behind it.
  for (const { request } of entries) {
    const { reply, input } = await tracesOf(request, sessions);
    const isJoined = input !== undefined && isSteered(input.message["__openclaw"]);
    if (reply !== undefined) {
      answered.push({ request, text: textOf(reply.message.content) });
    } else if (isJoined && busy.has(request.sessionKey)) {
      // It joined the turn that is taken up again, which answers it too.
      answered.push({ request, text: "" });
    } else if (input !== undefined || request.isInternal === true) {
      busy.add(request.sessionKey);
      cut.push({ request, resume: resumeOf(request) });
    } else {
      waiting.push(request);
    }
  }
  const queued: RunRequest[] = [];
  const fresh: RunRequest[] = [];
  for (const request of waiting) {
    (busy.has(request.sessionKey) ? queued : fresh).push(request);
    busy.add(request.sessionKey);
  }
  return { answered, cut, queued, fresh };
}

/** What the transcript knows of a run: its message, and its reply. */
async function tracesOf({ sessionKey, runId }: RunRequest, sessions: Sessions) {
  const isThere = (await sessions.get(sessionKey)) !== undefined;
  const page = isThere ? await sessions.history(sessionKey, { limit: TAIL_RECORDS }) : undefined;
  const records = page?.records ?? [];
  const inputAt = records.findIndex((record) => record.idempotencyKey === userMessageKey(runId));
  // A turn of the queue goes by another name than its message, so its reply is known by its place.
  const own = inputAt >= 0 ? turnAfter(records, inputAt) : records.filter((record) => record.runId === runId);
  const reply = own.findLast((record) => isFinalReply(record.message));
  return { reply, input: records[inputAt] };
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
