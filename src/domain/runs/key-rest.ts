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

export function createKeyRest(clock: Clock, keyOf: (provider: string) => string | undefined): KeyRest {
  const resting = new Map<string, { key: string; until: number; failures: number }>();
  /** It is the key that rests: another one in its place was not refused yet. */
  const restOf = (provider: string) => {
    const rest = resting.get(provider);
    return rest?.key === keyOf(provider) ? rest : undefined;
  };
  return {
    refusal(provider) {
      const left = (restOf(provider)?.until ?? 0) - clock.now();
      if (left <= 0) return undefined;
      const minutes = Math.ceil(left / 60_000);
      return `Inline API key for provider "${provider}" is temporarily disabled after a provider auth/billing failure. Retry after about ${minutes} ${minutes === 1 ? "minute" : "minutes"}, or switch to a different auth profile/API key.`;
    },
    onFailure(provider, reason) {
      const key = keyOf(provider);
      if ((reason !== "auth" && reason !== "billing") || key === undefined) return;
      const failures = (restOf(provider)?.failures ?? 0) + 1;
      const steps = POLICY.keyRestMs;
      const ms = reason === "billing" ? POLICY.keyRestBillingMs : steps[Math.min(failures, steps.length) - 1];
      resting.set(provider, { key, until: clock.now() + (ms ?? 0), failures });
    },
    onSuccess: (provider) => void resting.delete(provider),
  };
}
