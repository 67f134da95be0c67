import {
  transcriptsExport,
  transcriptsGet,
  transcriptsList,
  transcriptsStatus,
  transcriptsSummarize,
} from "../../../schemas/methods/transcripts/transcripts.ts";
import { section } from "../../domain/config/index.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

/** Nothing here listens to meetings: the library of what was said in them is empty. */
export default [
  method(transcriptsList, ({ params }) => {
    // There is no second page that a cursor could lead to.
    if (params.cursor !== undefined)
      throw invalidRequest("Invalid transcript cursor; restart pagination with the current filters.", {
        details: { type: "transcript_invalid_cursor" },
      });
    return { sessions: [], nextCursor: null };
  }),
  method(transcriptsGet, () => {
    throw notFound();
  }),
  method(transcriptsSummarize, () => {
    throw notFound();
  }),
  method(transcriptsExport, () => {
    throw notFound();
  }),
  // What was said elsewhere can be handed in; no network is joined to listen.
  method(transcriptsStatus, ({ deps }) => ({
    enabled: section(deps.config.snapshot().source, "transcripts")["enabled"] !== false,
    providers: [
      {
        providerId: "manual-transcript",
        name: "Manual Transcript Import",
        availability: "enabled",
        sourceKinds: ["posthoc-transcript"],
        canStart: false,
        canStop: false,
        canImport: true,
      },
    ],
    configuredSources: [],
    active: [],
    latestTranscript: null,
    omitted: { providers: 0, configuredSources: 0, active: 0 },
  })),
] satisfies Method[];

function notFound() {
  return invalidRequest("Transcript not found; refresh the library and use its full selector.", {
    details: { type: "transcript_session_not_found" },
  });
}
