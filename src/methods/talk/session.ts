import {
  talkSessionAcknowledgeMark,
  talkSessionAppendAudio,
  talkSessionCancelOutput,
  talkSessionClose,
  talkSessionCreate,
  talkSessionSteer,
  talkSessionSubmitToolResult,
} from "../../../schemas/methods/talk/session.ts";
import { REALTIME_PROVIDERS } from "../../domain/voice/index.ts";
import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

function unavailable(why: string): ProtocolError {
  const message = `Error: ${why}`;
  return new ProtocolError("UNAVAILABLE", message, {
    details: { talkIssue: { code: "realtime_unavailable", message, phase: "request" } },
    retryable: false,
  });
}

/** A session begins with `create`, which needs a provider that is configured, and none can be. */
function unknownSession(): never {
  throw unavailable("Unknown Talk session");
}

export default [
  method(talkSessionCreate, ({ params }) => {
    const { mode = "realtime", transport, provider: id = "openai", sessionKey } = params;
    if (transport === "webrtc" || transport === "provider-websocket") {
      throw invalidRequest(
        `talk.session.create is Gateway-managed; use talk.client.create for client transport "${transport}"`,
      );
    }
    if (mode === "transcription") throw unavailable("No realtime transcription provider registered");
    if (mode === "stt-tts" && sessionKey === undefined) {
      throw invalidRequest("Either key, sessionId, label, shortId, or reference is required");
    }
    const state = REALTIME_PROVIDERS.some((known) => known.id === id) ? "configured" : "registered";
    throw unavailable(`Realtime voice provider "${id}" is not ${state}`);
  }),
  method(talkSessionAppendAudio, unknownSession),
  method(talkSessionCancelOutput, unknownSession),
  method(talkSessionAcknowledgeMark, unknownSession),
  method(talkSessionSubmitToolResult, unknownSession),
  method(talkSessionSteer, unknownSession),
  method(talkSessionClose, unknownSession),
] satisfies Method[];
