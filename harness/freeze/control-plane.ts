import { EVERY_SCOPE, NEVER_CALLED } from "./probe.ts";
import { type Target, Wire } from "./wire.ts";

const LIMIT = 30;
const CALL_TIMEOUT_MS = 20_000;

/**
 * Which of the declared control-plane writes really refuse the call after the thirtieth. The params are a list: it is
 * counted before validation and then refused by it, so nothing is written. Costs the gateway its limits for a minute.
 */
export async function observeControlPlaneWrites(
  target: Target,
  declared: readonly string[],
): Promise<ReadonlyMap<string, "observed" | "declared">> {
  await using admin = await Wire.open(target, EVERY_SCOPE);
  const found = new Map<string, "observed" | "declared">();
  for (const method of declared) {
    const isObserved = !NEVER_CALLED.has(method) && (await isLimited(admin, method));
    found.set(method, isObserved ? "observed" : "declared");
  }
  return found;
}

async function isLimited(admin: Wire, method: string): Promise<boolean> {
  for (let call = 0; call < LIMIT; call += 1) await admin.call(method, [], CALL_TIMEOUT_MS);
  const last = await admin.call(method, [], CALL_TIMEOUT_MS);
  return last.error?.message.startsWith(`rate limit exceeded for ${method}`) ?? false;
}
