import type { Agents } from "./domain/agents/index.ts";
import type { Skill } from "./domain/runs/index.ts";
import type { Skills } from "./domain/skills/index.ts";

/** The skills that a turn of an agent is told of. */
export async function usableSkills(
  skills: Skills,
  agents: Agents,
  agentId: string,
): Promise<readonly Skill[]> {
  const agent = agents.get(agentId);
  if (agent === undefined) return [];
  const report = await skills.status(agent);
  return report.skills.filter((skill) => skill.modelVisible);
}
