import {
  talkClientClose,
  talkClientCreate,
  talkClientSteer,
  talkClientTranscript,
} from "../../../schemas/methods/talk/client.ts";
import { REALTIME_PROVIDERS } from "../../domain/voice/index.ts";
import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

/** Voice sessions begin with `create`, which never succeeds without a provider: no other one is ever found. */
function unknownVoice(): ProtocolError {
  return invalidRequest("Error: voice session not found");
}

export default [
  method(talkClientCreate, ({ params }) => {
    if (params.mode !== undefined && params.mode !== "realtime") {
      throw invalidRequest(
        'talk.client.create only supports mode="realtime"; use talk.catalog for stt-tts provider discovery',
      );
    }
    if (params.transport === "gateway-relay" || params.transport === "managed-room") {
      throw invalidRequest(
        `talk.client.create is client-owned; use talk.session.create for ${params.transport}`,
      );
    }
    const id = params.provider ?? "openai";
    const state = REALTIME_PROVIDERS.some((known) => known.id === id) ? "configured" : "registered";
    throw new ProtocolError("UNAVAILABLE", `Error: Realtime voice provider "${id}" is not ${state}`, {
      retryable: false,
    });
  }),
  method(talkClientTranscript, () => {
    throw unknownVoice();
  }),
  method(talkClientClose, () => {
    throw unknownVoice();
  }),
  method(talkClientSteer, ({ params, deps }) => {
    const { sessionKey, mode = "status" } = params;
    if (mode !== "status") {
      throw invalidRequest("talk.client.steer requires an active browser-owned Talk run");
    }
    return {
      ok: true,
      mode,
      sessionKey: deps.sessions.keyFor(sessionKey, undefined),
      active: false,
      message: "I'm not working on an active request right now.",
      speak: true,
      show: true,
      suppress: false,
    };
  }),
] satisfies Method[];
