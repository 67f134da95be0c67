import { POLICY } from "../../../schemas/policy.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Ids } from "../../platform/ids.ts";
import type { Agents } from "../agents/index.ts";
import type { Models } from "../models/index.ts";
import type { Runs } from "../runs/index.ts";
import type { Entry, Sessions } from "../sessions/index.ts";
import type { Task, Tasks } from "../tasks/index.ts";

/** What an agent hands to a child of its own. */
export interface Assignment {
  readonly task: string;
  readonly label?: string;
  readonly agentId?: string;
  readonly model?: string;
  readonly thinking?: string;
  readonly timeoutSeconds?: number;
  /** `fork` begins with what was said in the parent's session. */
  readonly context?: "isolated" | "fork";
  /** Whether the parent gets a turn when the child has ended. */
  readonly expectsCompletion?: boolean;
}

export interface Spawned {
  readonly childSessionKey: string;
  readonly runId: string;
  readonly model: string;
  readonly provider: string;
  readonly isModelApplied: boolean;
}

/** Agents that work for another agent, each in a session of its own. */
export interface Subagents {
  /** Begins a child's work. Throws, in words for the model, what stands against it. */
  spawn(parentKey: string, assignment: Assignment): Promise<Spawned>;
  /** The children of a session, the latest first. */
  list(parentKey: string): Promise<readonly Task[]>;
  /** Stops the work of a child; false when there is none going on. */
  kill(parentKey: string, childSessionKey: string): Promise<boolean>;
}

export interface SubagentsParts {
  readonly sessions: Sessions;
  readonly runs: Runs;
  readonly tasks: Tasks;
  readonly agents: Agents;
  readonly models: Models;
  readonly clock: Clock;
  readonly ids: Ids;
}

const TITLE_CHARS_MAX = 80;

export function createSubagents(parts: SubagentsParts): Subagents {
  const { sessions, tasks, agents, models, clock, ids } = parts;

  const list = async (parentKey: string) =>
    (await tasks.list({ sessionKey: parentKey })).filter(
      (task) => task.runtime === "subagent" && task.ownerKey === parentKey,
    );

  return {
    list,
    async spawn(parentKey, given) {
      const parent = await sessions.get(parentKey);
      if (parent === undefined) throw new Error(`session ${parentKey} is gone`);
      const depth = (parent.spawnDepth ?? 0) + 1;
      await checkRoom(depth, parentKey);
      const agentId = given.agentId ?? parent.agentId;
      // compat(TL23): without an allowance an agent hands work to itself only.
      if (agentId !== parent.agentId)
        throw new Error(`agentId is not allowed for sessions_spawn (allowed: ${parent.agentId})`);
      const agent = agents.get(agentId);
      if (agent === undefined) throw new Error(`unknown agent id "${agentId}"`);
      const model = models.resolve(given.model ?? agent.model);
      if (model === undefined) throw new Error(`unknown model "${given.model ?? agent.model}"`);
      const childSessionKey = `agent:${agentId}:subagent:${ids.uuid()}`;
      const label = given.label?.trim() ?? "";
      if (given.context === "fork") await forkInto(parent, childSessionKey);
      await sessions.ensure(childSessionKey, { createdVia: "spawn", isChat: false });
      await sessions.update(
        childSessionKey,
        () => ({
          spawnedBy: parentKey,
          spawnDepth: depth,
          parentSessionKey: parentKey,
          ...(label === "" ? {} : { label }),
          // A session that may only read has nobody who writes for it.
          ...(parent.permissionMode === undefined ? {} : { permissionMode: parent.permissionMode }),
        }),
        { reason: "create" },
      );
      const [runId, taskId] = [ids.uuid(), ids.uuid()];
      const title = label === "" ? given.task.slice(0, TITLE_CHARS_MAX) : label;
      await parts.runs.start({
        runId,
        kind: "agent",
        sessionKey: childSessionKey,
        agentId,
        message: commission(given.task, depth),
        acceptedAt: clock.now(),
        client: { id: "gateway", mode: "backend" },
        ...(given.model === undefined ? {} : { model: given.model }),
        ...(given.thinking === undefined ? {} : { thinking: given.thinking }),
        ...(given.timeoutSeconds === undefined ? {} : { timeoutMs: given.timeoutSeconds * 1_000 }),
        task: {
          taskId,
          kind: "subagent",
          runtime: "subagent",
          title,
          sessionKey: parentKey,
          ownerKey: parentKey,
          deliveryStatus: given.expectsCompletion === false ? "not_applicable" : "pending",
          flowId: ids.uuid(),
        },
        ...(given.expectsCompletion === false ? {} : { announceTo: parentKey }),
      });
      return {
        childSessionKey,
        runId,
        model: `${model.provider}/${model.id}`,
        provider: model.provider,
        isModelApplied: true,
      };
    },
    async kill(parentKey, childSessionKey) {
      const isChild = (await sessions.get(childSessionKey))?.spawnedBy === parentKey;
      if (!isChild) throw new Error(`${childSessionKey} is no child of this session`);
      return (await parts.runs.abort(childSessionKey, undefined, "killed")).length > 0;
    },
  };

  async function checkRoom(depth: number, parentKey: string): Promise<void> {
    if (depth > POLICY.subagentDepthMax) {
      throw new Error(
        `sessions_spawn is not allowed at this depth (current depth: ${depth - 1}, max: ${POLICY.subagentDepthMax})`,
      );
    }
    const active = (await list(parentKey)).filter((task) => task.status === "running").length;
    if (active >= POLICY.subagentChildrenMax) {
      throw new Error(
        `sessions_spawn has reached max active children for this session (${active}/${POLICY.subagentChildrenMax})`,
      );
    }
  }

  /** The child reads what was said to its parent as what was said before its own assignment. */
  async function forkInto(parent: Entry, childSessionKey: string): Promise<void> {
    await sessions.ensure(childSessionKey, { createdVia: "spawn", isChat: false });
    const { records } = await sessions.history(parent.key, { limit: FORK_RECORDS_MAX });
    for (const { message } of records) await sessions.append(childSessionKey, message, {});
  }
}

/** Messages of the parent that a forked child begins with. */
const FORK_RECORDS_MAX = 200;

/** Our words for a child: who it is, and what it is to do. */
/** What an agent was told to do, in the message that told it; undefined in any other. */
export function assignmentIn(message: string): string | undefined {
  return /\[Subagent Task\]\n\n([\s\S]*)\n\nCarry it out to the end\.$/.exec(message)?.[1];
}

function commission(task: string, depth: number): string {
  const about = `[Subagent Context] You work for another agent (depth ${depth}/${POLICY.subagentDepthMax}). What was said before is background; the task below is yours alone. Your last answer goes back to the agent that asked.`;
  return `${about}\n\n[Subagent Task]\n\n${task}\n\nCarry it out to the end.`;
}
