import { POLICY } from "../../../schemas/policy.ts";
import type { Clock } from "../../platform/clock.ts";
import type { FailureReason } from "./provider.ts";

/**
 * Keys that a service refused are left alone for a while: asking again at once changes nothing, and too often it
 * makes things worse. compat(RN51): only keys that stand in the configuration, each time a little longer.
 */
export interface KeyRest {
  /** What is said to who would use the provider's key, while it is left alone. */
  refusal(provider: string): string | undefined;
  onFailure(provider: string, reason: FailureReason): void;
  onSuccess(provider: string): void;
}

export function createKeyRest(clock: Clock, hasOwnKey: (provider: string) => boolean): KeyRest {
  const resting = new Map<string, { until: number; failures: number }>();
  return {
    refusal(provider) {
      const left = (resting.get(provider)?.until ?? 0) - clock.now();
      if (left <= 0) return undefined;
      const minutes = Math.ceil(left / 60_000);
      return `Inline API key for provider "${provider}" is temporarily disabled after a provider auth/billing failure. Retry after about ${minutes} ${minutes === 1 ? "minute" : "minutes"}, or switch to a different auth profile/API key.`;
    },
    onFailure(provider, reason) {
      if ((reason !== "auth" && reason !== "billing") || !hasOwnKey(provider)) return;
      const failures = (resting.get(provider)?.failures ?? 0) + 1;
      const steps = POLICY.keyRestMs;
      const ms = reason === "billing" ? POLICY.keyRestBillingMs : steps[Math.min(failures, steps.length) - 1];
      resting.set(provider, { until: clock.now() + (ms ?? 0), failures });
    },
    onSuccess: (provider) => void resting.delete(provider),
  };
}
