import type { Agents } from "../domain/agents/index.ts";
import type { Sessions } from "../domain/sessions/index.ts";
import type { Exchange } from "../transport/exchange.ts";

/** Which agent answers, in which session. */
export interface Target {
  readonly agentId: string;
  readonly sessionKey: string;
}

export interface Refused {
  readonly refused: string;
}

const DEFAULT_NAMES: ReadonlySet<string> = new Set(["", "openclaw", "openclaw/default", "openclaw:default"]);
const NOT_A_TARGET = "Invalid `model`. Use `openclaw` or `openclaw/<agentId>`.";
const NO_OWNER =
  "Multiple agents are configured, but this operation has no explicit owner. Select an agent explicitly; CLI callers can pass --agent <id>, channels can add a binding, and ambient services can set their agentId target.";
/** Kinds of sessions that only the gateway itself opens. */
const RESERVED = /^(?:agent:[^:]*:)?(?:subagent|cron|acp):/i;

/** The agent that a `model` names; undefined for the default one. */
export function namedAgent(model: string): string | Refused | undefined {
  const name = model.trim().toLowerCase();
  if (DEFAULT_NAMES.has(name)) return undefined;
  const named = /^(?:openclaw[/:]|agent:)([a-z0-9][a-z0-9_-]*)$/.exec(name)?.[1];
  return named ?? { refused: NOT_A_TARGET };
}

export interface TargetQuery {
  readonly model: string | undefined;
  readonly user: string | undefined;
  /** Begins the keys of sessions that nobody named. */
  readonly prefix: string;
  readonly fresh: () => string;
}

/** Finds the agent and the session of a request: by its headers, its model and its user. */
export function targetOf(
  exchange: Exchange,
  query: TargetQuery,
  { agents, sessions }: { readonly agents: Agents; readonly sessions: Sessions },
): Target | Refused {
  const byModel = namedAgent(query.model ?? "");
  if (typeof byModel === "object") return byModel;
  const header = exchange.headers["x-openclaw-agent-id"]?.trim().toLowerCase();
  const named = header || byModel;
  if (named !== undefined && agents.get(named) === undefined) return { refused: `Unknown agent '${named}'.` };
  if (named === undefined && agents.list().length > 1) return { refused: NO_OWNER };
  const agentId = named ?? agents.defaultId;
  const asked = exchange.headers["x-openclaw-session-key"]?.trim() ?? "";
  if (asked === "") {
    const rest =
      query.user === undefined || query.user.trim() === ""
        ? `${query.prefix}:${query.fresh()}`
        : `${query.prefix}-user:${query.user.trim().toLowerCase()}`;
    return { agentId, sessionKey: `agent:${agentId}:${rest}` };
  }
  if (RESERVED.test(asked)) {
    return { refused: "`x-openclaw-session-key` cannot use reserved internal session namespaces." };
  }
  return { agentId, sessionKey: sessions.canonicalKey(asked, agentId) };
}
