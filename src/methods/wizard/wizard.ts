import {
  wizardCancel,
  wizardNext,
  wizardStart,
  wizardStatus,
} from "../../../schemas/methods/wizard/wizard.ts";
import { REFERENCE_VERSION } from "../../../schemas/reference.ts";
import { channelScript, setupScript } from "../../domain/setup/index.ts";
import { type Method, method } from "../method.ts";

/** Channels that the reference brings with it; each is a plugin that would have to be installed first. */
const CHANNELS = ["telegram", "whatsapp", "discord", "slack", "signal", "imessage", "googlechat", "matrix"];

export default [
  method(wizardStart, async ({ params, deps }) => {
    const isChannels = params.flow === "channels";
    const script = isChannels
      ? channelScript(params.channel, CHANNELS)
      : setupScript({ ...deps, version: REFERENCE_VERSION }, params);
    const sessionId = deps.wizards.begin(script, { isKept: !isChannels });
    return { sessionId, ...(await deps.wizards.next(sessionId)) };
  }),
  method(wizardNext, async ({ params, deps }) => await deps.wizards.next(params.sessionId, params.answer)),
  method(wizardCancel, ({ params, deps }) =>
    deps.wizards.cancel(params.sessionId, params.closeInput === true),
  ),
  method(wizardStatus, ({ params, deps }) => deps.wizards.status(params.sessionId)),
] satisfies Method[];
