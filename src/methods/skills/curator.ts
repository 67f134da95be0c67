import { realpath } from "node:fs/promises";
import {
  skillsCuratorPin,
  skillsCuratorRestore,
  skillsCuratorStatus,
  skillsCuratorUnpin,
} from "../../../schemas/methods/skills/curator.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import type { Deps } from "../deps.ts";
import { type Method, method } from "../method.ts";

/** A client that knows that nobody may have written down when a skill was made. */
const LIVE = "skill-curator-live-inventory";

export default [
  /** The skills of the workshop. No review of them has run and no use is counted: this gateway does neither. */
  method(skillsCuratorStatus, async ({ caller, deps }) => {
    const isLive = caller.caps.includes(LIVE);
    const all = await rows(deps);
    const skills = isLive ? all : all.filter(({ createdAtMs }) => createdAtMs !== null);
    return {
      ...(isLive ? { inventory: "live-workshop" as const } : {}),
      lastAttemptAtMs: null,
      lastSuccessAtMs: null,
      lastError: null,
      collectionReview: {},
      experienceReview: {},
      counts: { active: skills.length, stale: 0, archived: 0 },
      skills,
      overlaps: [],
    };
  }),
  method(skillsCuratorPin, retired),
  method(skillsCuratorUnpin, retired),
  method(skillsCuratorRestore, retired),
] satisfies Method[];

async function rows({ agents, workshop }: Deps) {
  const found = [];
  for (const agent of agents.list()) {
    const created = new Map<string, number>();
    for (const { record } of await workshop.list(agent)) {
      if (record.kind !== "create" || record.appliedAt === undefined) continue;
      created.set(record.target.skillFile, Date.parse(record.appliedAt));
    }
    for (const { name, skillKey = name, filePath } of await workshop.skills(agent.id)) {
      const createdAtMs = created.get(filePath) ?? null;
      found.push({
        skillFile: await realpath(filePath),
        skillKey,
        skillName: name,
        createdAtMs,
        state: "active" as const,
        pinned: false,
        stateChangedAtMs: createdAtMs,
        lastUsedAtMs: null,
        useCount: 0,
        archivedReason: null,
      });
    }
  }
  return found;
}

/** compat(sweep/skills): the protocol still has the names, and says that there is nothing behind them. */
function retired(): never {
  throw invalidRequest(
    "Skill lifecycle curation is retired. The weekly collection review manages the skill collection; pin, unpin, and restore no longer exist.",
  );
}
