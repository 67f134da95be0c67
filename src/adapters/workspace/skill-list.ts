import type { Skill } from "../../domain/runs/index.ts";
import type { Clock } from "../../platform/clock.ts";

/** How old a list may be before it is made anew, and the agents whose lists are remembered. */
const FRESH_MS = 10_000;
const AGENTS_MAX = 256;

export interface SkillListParts {
  readonly clock: Pick<Clock, "elapsed">;
  readonly read: (agentId: string) => Promise<readonly Skill[]>;
}

/**
 * The skills of an agent as turns need them: reading folders takes longer than a turn should wait, so only the first
 * one does, and an old list is made anew beside the turn that found it old.
 */
export function createSkillList({ clock, read }: SkillListParts) {
  const lists = new Map<string, { readonly skills: Promise<readonly Skill[]>; readonly at: number }>();

  const load = (agentId: string): Promise<readonly Skill[]> => {
    const before = lists.get(agentId);
    const fresh = read(agentId).catch(() => before?.skills ?? []);
    if (lists.size >= AGENTS_MAX) lists.clear();
    // Until it is there, the one before goes on.
    if (before === undefined) lists.set(agentId, { skills: fresh, at: clock.elapsed() });
    else lists.set(agentId, { ...before, at: clock.elapsed() });
    void fresh.then((skills) => lists.set(agentId, { skills: Promise.resolve(skills), at: clock.elapsed() }));
    return fresh;
  };

  return (agentId: string): Promise<readonly Skill[]> => {
    const known = lists.get(agentId);
    if (known === undefined) return load(agentId);
    if (clock.elapsed() - known.at > FRESH_MS) void load(agentId);
    return known.skills;
  };
}
