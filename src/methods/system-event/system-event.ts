import { systemEvent } from "../../../schemas/methods/system-event/system-event.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { ignored } from "../ignored.ts";
import { type Method, method } from "../method.ts";

/** What a helper beside the gateway says of itself is a line of presence; anything else the agent hears of too. */
const ABOUT_ITSELF = /^Node: /;

export default [
  method(systemEvent, ({ params, deps }) => {
    ignored(params, ["tags"]);
    const { text: given, sessionKey, tags: _tags, ...facts } = params;
    const text = given.trim();
    if (text === "") throw invalidRequest("text required");
    deps.presence.note(text, facts);
    if (!ABOUT_ITSELF.test(text))
      deps.heartbeats.enqueue({ text, kind: "note", ...(sessionKey === undefined ? {} : { sessionKey }) });
    return { ok: true } as const;
  }),
] satisfies Method[];
