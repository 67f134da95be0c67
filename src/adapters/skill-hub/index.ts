import type { SkillHub } from "../../domain/skills/index.ts";
import { ProtocolError } from "../../errors/protocol-error.ts";
import { jsonProblem, parseJson } from "../../platform/json.ts";

const TIMEOUT_MS = 20_000;
const ANSWER_CHARS_MAX = 4 * 1_024 * 1_024;
const CAUSES_MAX = 5;

export interface SkillHubOptions {
  readonly baseUrl: string;
  readonly fetch?: typeof fetch;
}

/** The registry over HTTP. What goes wrong on the way is told with its causes, as the reference tells it. */
export function createSkillHub({ baseUrl, fetch: ask = fetch }: SkillHubOptions): SkillHub {
  async function get(path: string): Promise<unknown> {
    try {
      const response = await ask(new URL(path, baseUrl), { signal: AbortSignal.timeout(TIMEOUT_MS) });
      const body = await response.text();
      if (body.length > ANSWER_CHARS_MAX) throw new Error("the registry's answer is too large");
      if (!response.ok) throw new Error(`ClawHub ${path} failed (${response.status}): ${body.slice(0, 200)}`);
      const answer = parseJson(body);
      if (answer === undefined) throw new Error(jsonProblem(body));
      return answer;
    } catch (error) {
      throw new ProtocolError("UNAVAILABLE", causesOf(error), { retryable: false, cause: error });
    }
  }
  return {
    search(query, limit) {
      const params = new URLSearchParams();
      if (query !== undefined) params.set("q", query);
      if (limit !== undefined) params.set("limit", String(limit));
      return get(`/api/v1/${query === undefined ? "skills" : "search"}?${params.toString()}`);
    },
    detail: (slug) => get(`/api/v1/skills/${encodeURIComponent(slug)}`),
  };
}

/** The message, those of its causes, and the code of the last. */
function causesOf(error: unknown): string {
  const parts: string[] = [];
  let current: unknown = error;
  while (current instanceof Error && parts.length < CAUSES_MAX) {
    parts.push(current.message);
    const code = Reflect.get(current, "code");
    if (current.cause === undefined && typeof code === "string") parts.push(code);
    current = current.cause;
  }
  return [...new Set(parts.filter((part) => part !== ""))].join(" | ");
}
