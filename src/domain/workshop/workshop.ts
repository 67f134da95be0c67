import path from "node:path";
import { invalidRequest } from "../../errors/protocol-error.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Ids } from "../../platform/ids.ts";
import { isoTime } from "../../platform/iso.ts";
import type { Agent } from "../agents/index.ts";
import { type ConfigSource, section, text } from "../config/index.ts";
import type { Documents } from "../documents/index.ts";
import { type FoundSkill, scanSkills, workshopFolder } from "../skills/index.ts";
import { apply, evaluate, settle } from "./decide.ts";
import { keyOf, takeApart, withFrontOf } from "./draft.ts";
import { contentHashAt, proposalFolder, readDraft } from "./files.ts";
import { createLedger } from "./ledger.ts";
import type { Evaluation, KeptProposal, ProposalEvent, ProposalRecord, SupportFile } from "./record.ts";
import { publish, type Shop } from "./revision.ts";

/** Where agents and people propose skills, and people decide what becomes of them. */
export interface Workshop {
  list(agent: Agent): Promise<readonly KeptProposal[]>;
  inspect(agent: Agent, id: string): Promise<Drafted & { readonly supportFiles: readonly SupportFile[] }>;
  create(agent: Agent, proposal: NewProposal): Promise<Drafted>;
  update(
    agent: Agent,
    proposal: Omit<NewProposal, "name"> & { readonly skillName: string },
  ): Promise<Drafted>;
  revise(agent: Agent, id: string, revision: Revision): Promise<Drafted>;
  evaluate(agent: Agent, id: string, decision: Decision): Promise<EvaluatedProposal>;
  apply(agent: Agent, id: string, decision: Decision): Promise<ProposalRecord>;
  reject(agent: Agent, id: string, decision: Decision): Promise<ProposalRecord>;
  quarantine(agent: Agent, id: string, decision: Decision): Promise<ProposalRecord>;
  /** The proposal, when it is still open in this very revision. */
  open(agent: Agent, id: string, expectedRevisionHash: string): Promise<Drafted>;
  events(agent: Agent, proposalId?: string): Promise<readonly ProposalEvent[]>;
  /** The skills that came out of the workshop. */
  skills(agentId: string): Promise<readonly FoundSkill[]>;
  skill(agent: Agent, name: string): Promise<FoundSkill>;
}

export interface Drafted {
  readonly record: ProposalRecord;
  readonly revisionHash: string;
  readonly content: string;
}

export interface EvaluatedProposal {
  readonly record: ProposalRecord;
  readonly evaluation: Evaluation;
}

interface Notes {
  readonly supportFiles?: readonly SupportFile[];
  readonly goal?: string;
  readonly evidence?: string;
}

export interface NewProposal extends Notes {
  readonly name: string;
  readonly description?: string;
  readonly content: string;
}

export interface Revision extends Notes, Decision {
  readonly description?: string;
  readonly content?: string;
}

export interface Decision {
  readonly expectedRevisionHash?: string;
  readonly correlationId?: string;
  readonly reason?: string;
}

export interface WorkshopParts {
  readonly config: ConfigSource;
  readonly documents: Documents;
  readonly clock: Pick<Clock, "now">;
  readonly ids: Ids;
}

export function createWorkshop(parts: WorkshopParts): Workshop {
  const { config, clock, ids } = parts;
  const { stateDir } = config;
  const ledger = createLedger(parts);
  const settings = () => section(section(config.snapshot().source, "skills"), "workshop");
  const shop: Shop = { ledger, clock, ids, stateDir, settings };
  let last: Promise<unknown> = Promise.resolve();

  /** One change at a time: what was looked at still holds when it is written. */
  function alone<T>(work: () => Promise<T>): Promise<T> {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  }

  const skills = (agentId: string): Promise<readonly FoundSkill[]> =>
    scanSkills([{ source: "openclaw-workshop", folder: workshopFolder(stateDir, agentId), linkTargets: [] }]);

  async function skill(agent: Agent, name: string): Promise<FoundSkill> {
    const all = await skills(agent.id);
    const found = all.find((one) => one.name === name) ?? all.find((one) => one.skillKey === name);
    if (found !== undefined) return found;
    throw invalidRequest(
      `Skill Workshop can only update skills it generated. No Workshop-generated skill matched: ${name}. Create it as a new skill, or edit the file directly.`,
    );
  }

  /** The proposal of this agent as it stands: when its target has moved on meanwhile, it is stale. */
  async function find(agent: Agent, id: string): Promise<KeptProposal> {
    const kept = await ledger.get(id);
    if (kept === undefined || kept.record.origin.agentId !== agent.id) {
      throw invalidRequest(`Skill proposal not found: ${id}`);
    }
    const { record } = kept;
    if (record.status !== "pending") return kept;
    const now = await contentHashAt(record.target.skillFile);
    if (now === record.target.currentContentHash) return kept;
    const at = isoTime(clock.now());
    const statusReason =
      record.kind === "create"
        ? "Target skill was created after proposal creation."
        : "Target skill changed after proposal creation.";
    const stale: KeptProposal = {
      ...kept,
      record: { ...record, status: "stale", updatedAt: at, staleAt: at, statusReason },
    };
    await ledger.record(stale, { type: "stale", actor: { type: "system" } });
    return stale;
  }

  async function findPending(
    agent: Agent,
    id: string,
    verb: string,
    decision: Decision,
  ): Promise<KeptProposal> {
    const kept = await find(agent, id);
    if (kept.record.status !== "pending") {
      throw invalidRequest(`Only pending proposals can be ${verb}. Current status: ${kept.record.status}.`);
    }
    checkRevision(kept, decision.expectedRevisionHash);
    return kept;
  }

  async function drafted(kept: KeptProposal) {
    const draft = await readDraft(proposalFolder(stateDir, kept.record.id), kept.record);
    if (draft === undefined) throw invalidRequest(`Skill proposal draft is missing: ${kept.record.id}`);
    return { ...kept, ...draft };
  }

  return {
    skills,
    skill,
    async list(agent) {
      const all = await ledger.all();
      return all
        .filter(({ record }) => record.origin.agentId === agent.id)
        .sort((a, b) => (a.record.updatedAt < b.record.updatedAt ? 1 : -1));
    },
    inspect: (agent, id) => alone(async () => drafted(await find(agent, id))),
    create: (agent, proposal) =>
      alone(async () => {
        const key = keyOf(proposal.name);
        if (key === "") throw invalidRequest("Skill name must contain at least one letter or number.");
        const skillDir = path.join(workshopFolder(stateDir, agent.id), key);
        const skillFile = path.join(skillDir, "SKILL.md");
        if ((await contentHashAt(skillFile)) !== undefined) {
          throw invalidRequest(`Skill already exists at ${skillFile}.`);
        }
        const given = await takeApart(proposal.content);
        return publish(shop, agent, {
          ...proposal,
          kind: "create",
          title: `Create ${proposal.name}`,
          name: key,
          description: proposal.description ?? "",
          drafted: text(given.front["description"]) ?? proposal.description ?? "",
          parts: given,
          target: {
            skillName: proposal.name,
            skillKey: key,
            skillDir,
            skillFile,
            source: "openclaw-workshop",
          },
        });
      }),
    update: (agent, proposal) =>
      alone(async () => {
        const existing = await skill(agent, proposal.skillName);
        const draft = await withFrontOf(existing.filePath, await takeApart(proposal.content));
        const own = text(draft.front["description"]) ?? existing.description;
        const hash = await contentHashAt(existing.filePath);
        return publish(shop, agent, {
          ...proposal,
          kind: "update",
          title: `Update ${existing.name}`,
          name: existing.name,
          description: proposal.description ?? own,
          drafted: own,
          parts: draft,
          target: {
            skillName: existing.name,
            skillKey: existing.skillKey ?? existing.name,
            skillDir: existing.baseDir,
            skillFile: existing.filePath,
            source: "openclaw-workshop",
            ...(hash === undefined ? {} : { currentContentHash: hash }),
          },
        });
      }),
    revise: (agent, id, revision) =>
      alone(async () => {
        const { description, content, supportFiles, goal, evidence } = revision;
        const kept = await findPending(agent, id, "revised", revision);
        if ([description, content, supportFiles, goal, evidence].every((one) => one === undefined)) {
          throw invalidRequest("Skill proposal revision requires at least one changed field.");
        }
        const before = await drafted(kept);
        const parts = await takeApart(content ?? before.content);
        const isTyped = content !== undefined && text(parts.front["description"]) !== undefined;
        const own = isTyped ? text(parts.front["description"]) : description;
        return publish(
          shop,
          agent,
          {
            supportFiles: before.supportFiles,
            ...revision,
            content: content ?? parts.body,
            kind: kept.record.kind,
            title: kept.record.title,
            name: kept.record.kind === "create" ? kept.record.target.skillKey : kept.record.target.skillName,
            description: description ?? kept.record.description,
            drafted: own ?? text((await takeApart(before.content)).front["description"]) ?? "",
            parts:
              content === undefined || Object.keys(parts.front).length > 0
                ? parts
                : {
                    ...parts,
                    settings: (await takeApart(before.content)).settings,
                  },
            target: kept.record.target,
          },
          kept,
        );
      }),
    evaluate: (agent, id, decision) =>
      alone(async () =>
        evaluate(shop, await findPending(agent, id, "evaluated", decision), "manual", decision),
      ),
    apply: (agent, id, decision) =>
      alone(async () =>
        apply(shop, await drafted(await findPending(agent, id, "applied", decision)), decision),
      ),
    reject: (agent, id, decision) =>
      alone(async () =>
        settle(shop, await findPending(agent, id, "rejected", decision), "rejected", decision),
      ),
    quarantine: (agent, id, decision) =>
      alone(async () =>
        settle(shop, await findPending(agent, id, "quarantined", decision), "quarantined", decision),
      ),
    open: (agent, id, expected) =>
      alone(async () => {
        const kept = await find(agent, id);
        if (kept.record.status !== "pending") throw invalidRequest(`Skill proposal is not pending: ${id}`);
        checkRevision(kept, expected);
        return drafted(kept);
      }),
    async events(agent, proposalId) {
      const own = new Set((await this.list(agent)).map(({ record }) => record.id));
      const all = await ledger.events();
      return all.filter((event) =>
        proposalId === undefined
          ? own.has(event.proposalId)
          : event.proposalId === proposalId && own.has(proposalId),
      );
    },
  };
}

function checkRevision({ revisionHash }: KeptProposal, expected: string | undefined): void {
  if (expected === undefined || expected === revisionHash) return;
  throw invalidRequest(
    `Skill proposal revision changed (expected ${expected}, current ${revisionHash}); reload and retry.`,
    {
      details: {
        code: "SKILL_PROPOSAL_REVISION_CHANGED",
        expectedRevisionHash: expected,
        currentRevisionHash: revisionHash,
      },
    },
  );
}
