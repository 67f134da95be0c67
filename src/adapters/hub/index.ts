import type { Hub, HubFailure } from "../../domain/plugins/index.ts";
import type { SkillHub } from "../../domain/skills/index.ts";
import { ProtocolError } from "../../errors/protocol-error.ts";
import type { Clock } from "../../platform/clock.ts";
import { jsonProblem, parseJson } from "../../platform/json.ts";

const CAUSES_MAX = 5;

/** Said when the hub answers: this gateway knows where it is, and does not read which plugins it has. */
const UNREAD: HubFailure = {
  chain: "its catalogue is not read by this gateway",
  cause: "its catalogue is not read by this gateway",
};

export interface ClawHubOptions {
  readonly baseUrl: string;
  readonly clock: Clock;
  readonly limits: {
    readonly knockTimeoutMs: number;
    /** For how long what came of a knock is good. */
    readonly freshMs: number;
    readonly answerTimeoutMs: number;
    readonly answerCharsMax: number;
  };
  readonly fetch?: typeof fetch;
}

/** ClawHub over HTTP: plugins, of which it is only known why they cannot be had, and skills. */
export function createClawHub(options: ClawHubOptions): Hub & SkillHub {
  const { baseUrl, clock, limits, fetch: ask = fetch } = options;
  let knocked: { readonly at: number; readonly failure: Promise<HubFailure> } | undefined;

  async function knock(): Promise<HubFailure> {
    try {
      const signal = AbortSignal.timeout(limits.knockTimeoutMs);
      const response = await ask(new URL("/", baseUrl), { method: "HEAD", signal });
      await response.body?.cancel();
      return UNREAD;
    } catch (error) {
      const causes = causesOf(error);
      return { chain: causes.told.join(" | "), cause: causes.innermost };
    }
  }

  /** What goes wrong on the way is told with its causes, as the reference tells it. */
  async function get(path: string): Promise<unknown> {
    try {
      const response = await ask(new URL(path, baseUrl), {
        signal: AbortSignal.timeout(limits.answerTimeoutMs),
      });
      const body = await response.text();
      if (body.length > limits.answerCharsMax) throw new Error("the registry's answer is too large");
      if (!response.ok) throw new Error(`ClawHub ${path} failed (${response.status}): ${body.slice(0, 200)}`);
      const answer = parseJson(body);
      if (answer === undefined) throw new Error(jsonProblem(body));
      return answer;
    } catch (error) {
      throw new ProtocolError("UNAVAILABLE", causesOf(error).told.join(" | "), {
        retryable: false,
        cause: error,
      });
    }
  }

  return {
    host: new URL(baseUrl).host,
    failure() {
      const now = clock.elapsed();
      if (knocked === undefined || now - knocked.at > limits.freshMs) knocked = { at: now, failure: knock() };
      return knocked.failure;
    },
    search(query, limit) {
      const params = new URLSearchParams();
      if (query !== undefined) params.set("q", query);
      if (limit !== undefined) params.set("limit", String(limit));
      return get(`/api/v1/${query === undefined ? "skills" : "search"}?${params.toString()}`);
    },
    detail: (slug) => get(`/api/v1/skills/${encodeURIComponent(slug)}`),
  };
}

/** The message, those of its causes, and the code of the last; and what the last one said. */
function causesOf(error: unknown): { readonly told: readonly string[]; readonly innermost: string } {
  const told: string[] = [];
  let innermost = String(error);
  let current: unknown = error;
  for (let depth = 0; current instanceof Error && depth < CAUSES_MAX; depth += 1) {
    const code: unknown = Reflect.get(current, "code");
    told.push(current.message);
    innermost = current.message;
    if (current.cause === undefined && typeof code === "string") told.push(code);
    current = current.cause;
  }
  return { told: [...new Set(told.filter((part) => part !== ""))], innermost };
}
