import {
  talkCatalog,
  talkConfig,
  talkMode,
  talkSpeak,
  talkVoiceComplete,
  talkVoiceGet,
  talkVoiceSet,
} from "../../../schemas/methods/talk/settings.ts";
import { holdsScope } from "../../domain/devices/index.ts";
import { TALK_CATALOG } from "../../domain/voice/index.ts";
import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

const SECRETS = "operator.talk.secrets";

/** A call needs a voice provider, and there is no adapter for one. */
function noCall(): ProtocolError {
  return new ProtocolError("UNAVAILABLE", "Error: No active voice call is available", { retryable: false });
}

export default [
  method(talkCatalog, () => TALK_CATALOG),
  method(talkConfig, ({ params, caller }) => {
    if (params.includeSecrets === true && !holdsScope(caller.scopes, SECRETS)) {
      throw new ProtocolError("FORBIDDEN", `missing scope: ${SECRETS}`, {
        details: {
          code: "MISSING_SCOPE",
          missingScope: SECRETS,
          requiredScopes: ["operator.read", SECRETS],
        },
      });
    }
    return { config: {} };
  }),
  method(talkMode, ({ params, deps }) => {
    const mode = { enabled: params.enabled, phase: params.phase ?? null, ts: deps.clock.now() };
    deps.events.publish("talk.mode", mode, { isDroppable: true });
    return mode;
  }),
  method(talkSpeak, ({ params }) => {
    if (params.text.trim() === "") throw invalidRequest("talk.speak requires text");
    throw new ProtocolError("UNAVAILABLE", "talk.speak unavailable: talk provider not configured", {
      details: { reason: "talk_unconfigured", fallbackEligible: true },
      retryable: false,
    });
  }),
  method(talkVoiceGet, () => {
    throw noCall();
  }),
  method(talkVoiceSet, () => {
    throw noCall();
  }),
  method(talkVoiceComplete, () => {
    throw noCall();
  }),
] satisfies Method[];
