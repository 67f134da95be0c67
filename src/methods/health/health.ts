import { health } from "../../../schemas/methods/health/health.ts";
import { type Method, method } from "../method.ts";

export default [method(health, (call) => call.deps.health.snapshot())] satisfies Method[];
