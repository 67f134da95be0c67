import {
  transcriptsGet,
  transcriptsList,
  transcriptsSummarize,
} from "../../../schemas/methods/transcripts/transcripts.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

/** Nothing here listens to meetings: the library of what was said in them is empty. */
export default [
  method(transcriptsList, () => ({ sessions: [], nextCursor: null })),
  method(transcriptsGet, () => {
    throw notFound();
  }),
  method(transcriptsSummarize, () => {
    throw notFound();
  }),
] satisfies Method[];

function notFound() {
  return invalidRequest("Transcript not found; refresh the library and use its full selector.", {
    details: { type: "transcript_session_not_found" },
  });
}
