import { usageStatus } from "../../../schemas/methods/usage/usage.ts";
import { type Method, method } from "../method.ts";

/** Quotas are what subscriptions have; the providers here are asked with keys, which have none to ask for. */
export default [
  method(usageStatus, ({ deps }) => ({ providers: [], updatedAt: deps.clock.now() })),
] satisfies Method[];
