import { systemPresence } from "../../../schemas/methods/system-presence/system-presence.ts";
import { type Method, method } from "../method.ts";

export default [method(systemPresence, (call) => [...call.deps.presence.list()])] satisfies Method[];
