import path from "node:path";
import { POLICY } from "../../../schemas/policy.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Ids } from "../../platform/ids.ts";
import type { Agents } from "../agents/index.ts";
import type { Publisher } from "../events.ts";

export interface Suggestion {
  readonly id: string;
  readonly title: string;
  readonly prompt: string;
  readonly tldr: string;
  readonly cwd: string;
  readonly sessionKey: string;
  readonly agentId: string;
  readonly createdAt: number;
}

export interface SuggestionInput {
  readonly title: string;
  readonly prompt: string;
  readonly tldr: string;
  readonly cwd: string;
  readonly sessionKey: string;
  readonly agentId?: string;
}

/** Work that an agent offers to do, until somebody says yes or no. Kept in memory. */
export interface Suggestions {
  create(input: SuggestionInput): Suggestion;
  /** Those that wait, latest first. */
  list(filter: { readonly sessionKey?: string; readonly agentId?: string }): readonly Suggestion[];
  /** False when there was nothing to dismiss. */
  dismiss(id: string): boolean;
  /**
   * Has the work started and gives the key of its session; once started, always the same. It is offered again when
   * it could not be started.
   */
  accept(id: string, start: (suggestion: Suggestion) => Promise<string>): Promise<string>;
}

interface Kept {
  readonly suggestion: Suggestion;
  dismissed: boolean;
  accepted: Promise<string> | undefined;
}

export interface SuggestionParts {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly events: Publisher;
  readonly agents: Agents;
}

export function createSuggestions({ clock, ids, events, agents }: SuggestionParts): Suggestions {
  const all = new Map<string, Kept>();
  const offer = (suggestion: Suggestion): void =>
    events.publish("task.suggestion", { action: "created", suggestion });
  const tellEnd = (taskId: string, resolution: string): void =>
    events.publish("task.suggestion", { action: "resolved", taskId, resolution });

  return {
    create(input) {
      if (!path.isAbsolute(input.cwd)) throw invalidRequest("task suggestion cwd must be absolute");
      const agentId = input.agentId ?? /^agent:([^:]+):/.exec(input.sessionKey)?.[1] ?? agents.defaultId;
      if (agents.get(agentId) === undefined) throw invalidRequest(`Unknown agent id "${agentId}"`);
      const suggestion = {
        id: `task_${ids.uuid()}`,
        title: input.title.trim(),
        prompt: input.prompt.trim(),
        tldr: input.tldr.trim(),
        cwd: input.cwd,
        sessionKey: input.sessionKey,
        agentId,
        createdAt: clock.now(),
      };
      const [oldest] = all.keys();
      if (all.size >= POLICY.taskSuggestionsMax && oldest !== undefined) all.delete(oldest);
      all.set(suggestion.id, { suggestion, dismissed: false, accepted: undefined });
      offer(suggestion);
      return suggestion;
    },
    list: ({ sessionKey, agentId }) =>
      [...all.values()]
        .filter(({ dismissed, accepted }) => !dismissed && accepted === undefined)
        .map(({ suggestion }) => suggestion)
        .filter((suggestion) => sessionKey === undefined || suggestion.sessionKey === sessionKey)
        .filter((suggestion) => agentId === undefined || suggestion.agentId === agentId)
        .toReversed(),
    dismiss(id) {
      const kept = all.get(id);
      if (kept === undefined || kept.dismissed || kept.accepted !== undefined) return false;
      kept.dismissed = true;
      tellEnd(id, "dismissed");
      return true;
    },
    async accept(id, start) {
      const kept = all.get(id);
      if (kept === undefined || kept.dismissed) {
        const why = kept === undefined ? "missing" : "dismissed";
        throw invalidRequest(`task suggestion cannot be accepted: ${why}`);
      }
      if (kept.accepted !== undefined) return kept.accepted;
      kept.accepted = start(kept.suggestion);
      try {
        const key = await kept.accepted;
        tellEnd(id, "accepted");
        return key;
      } catch (error) {
        kept.accepted = undefined;
        offer(kept.suggestion);
        throw error;
      }
    },
  };
}
