import type { Hub, HubFailure } from "../../domain/plugins/index.ts";
import type { Clock } from "../../platform/clock.ts";

const HOST = "clawhub.ai";

/** Said when the shop answers: this gateway knows where it is, and does not read what it sells. */
const UNREAD: HubFailure = {
  chain: "its catalogue is not read by this gateway",
  cause: "its catalogue is not read by this gateway",
};

interface Limits {
  readonly timeoutMs: number;
  /** For how long one answer is good. */
  readonly freshMs: number;
}

/** Knocks at the shop, and remembers for a while what came of it. */
export function createHub(clock: Clock, { timeoutMs, freshMs }: Limits): Hub {
  let knocked: { readonly at: number; readonly failure: Promise<HubFailure> } | undefined;
  return {
    host: HOST,
    failure() {
      const now = clock.elapsed();
      if (knocked === undefined || now - knocked.at > freshMs)
        knocked = { at: now, failure: knock(timeoutMs) };
      return knocked.failure;
    },
  };
}

async function knock(timeoutMs: number): Promise<HubFailure> {
  try {
    const response = await fetch(`https://${HOST}/`, {
      method: "HEAD",
      signal: AbortSignal.timeout(timeoutMs),
    });
    await response.body?.cancel();
    return UNREAD;
  } catch (error) {
    return describe(error);
  }
}

function describe(error: unknown): HubFailure {
  const outer = error instanceof Error ? error : new Error(String(error));
  const inner = outer.cause instanceof Error ? outer.cause : undefined;
  const code: unknown = inner === undefined ? undefined : Reflect.get(inner, "code");
  const parts = [outer.message, inner?.message, typeof code === "string" ? code : undefined];
  return {
    chain: parts.filter((part) => part !== undefined).join(" | "),
    cause: inner?.message ?? outer.message,
  };
}
