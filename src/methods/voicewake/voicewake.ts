import {
  voicewakeGet,
  voicewakeRoutingGet,
  voicewakeSet,
} from "../../../schemas/methods/voicewake/voicewake.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

export default [
  method(voicewakeGet, async ({ deps }) => ({ triggers: [...(await deps.voicewake.triggers())] })),
  method(voicewakeSet, async ({ params, deps }) => {
    const { triggers } = params;
    if (!Array.isArray(triggers)) throw invalidRequest("voicewake.set requires triggers: string[]");
    return { triggers: [...(await deps.voicewake.setTriggers(triggers))] };
  }),
  method(voicewakeRoutingGet, ({ deps }) => ({ config: deps.voicewake.routing() })),
] satisfies Method[];
