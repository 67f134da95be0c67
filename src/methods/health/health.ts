import { health } from "../../../schemas/methods/health/health.ts";
import { type Method, method } from "../method.ts";

export default [
  // `probe` asks for a look at the channels; without channels it is a fresh snapshot.
  method(health, (call) => call.deps.health.snapshot({ isFresh: call.params?.["probe"] === true })),
] satisfies Method[];
