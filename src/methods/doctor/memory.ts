import {
  doctorMemoryBackfillDreamDiary,
  doctorMemoryDedupeDreamDiary,
  doctorMemoryDreamDiary,
  doctorMemoryRepairDreamingArtifacts,
  doctorMemoryResetDreamDiary,
  doctorMemoryResetGroundedShortTerm,
  doctorMemoryStatus,
} from "../../../schemas/methods/doctor/memory.ts";
import {
  backfillDiary,
  dedupeDiary,
  memoryStatus,
  ownedMemory,
  probeEmbeddings,
  readDiary,
  repairArtifacts,
  resetDiary,
  workspaceOf,
} from "../../domain/memory/index.ts";
import { type Method, method } from "../method.ts";

export default [
  /** `probe` and `deep` ask the service that compares meanings, and nothing else. */
  method(doctorMemoryStatus, async ({ params, deps }) => {
    const agent = workspaceOf(deps.agents, params["agentId"]);
    if (params["probe"] === true || params["deep"] === true) {
      return { agentId: agent.id, embedding: probeEmbeddings(deps.config, agent) };
    }
    const staged = await deps.sessionBackfill.staged(agent);
    return memoryStatus({ agent, config: deps.config, jobs: deps.cron.list(), staged });
  }),
  method(doctorMemoryDreamDiary, async ({ params, deps }) => {
    const agent = ownedMemory(deps, params["agentId"]);
    const { path, content, updatedAtMs } = await readDiary(agent.workspace);
    const found = content === undefined ? {} : { content, updatedAtMs };
    return { agentId: agent.id, found: content !== undefined, path, ...found };
  }),
  method(doctorMemoryBackfillDreamDiary, async ({ params, deps }) => {
    const agent = ownedMemory(deps, params["agentId"]);
    const { file, scannedFiles, written, replaced } = await backfillDiary(agent.workspace);
    const found = file.content !== undefined;
    return {
      agentId: agent.id,
      path: file.path,
      action: "backfill" as const,
      found,
      scannedFiles,
      written,
      replaced,
    };
  }),
  method(doctorMemoryResetDreamDiary, async ({ params, deps }) => {
    const agent = ownedMemory(deps, params["agentId"]);
    const { file, removed } = await resetDiary(agent.workspace);
    const found = file.content !== undefined;
    return { agentId: agent.id, path: file.path, action: "reset" as const, found, removedEntries: removed };
  }),
  method(doctorMemoryDedupeDreamDiary, async ({ params, deps }) => {
    const agent = ownedMemory(deps, params["agentId"]);
    const { file, removed, kept } = await dedupeDiary(agent.workspace);
    return {
      agentId: agent.id,
      action: "dedupeDreamDiary" as const,
      path: file.path,
      found: file.content !== undefined,
      removedEntries: removed,
      dedupedEntries: removed,
      keptEntries: kept,
    };
  }),
  method(doctorMemoryResetGroundedShortTerm, async ({ params, deps }) => {
    const agent = ownedMemory(deps, params["agentId"]);
    return {
      agentId: agent.id,
      action: "resetGroundedShortTerm" as const,
      removedShortTermEntries: await deps.sessionBackfill.unstage(agent),
    };
  }),
  method(doctorMemoryRepairDreamingArtifacts, async ({ params, deps }) => {
    const agent = ownedMemory(deps, params["agentId"]);
    const { changed, ...rest } = await repairArtifacts(agent.workspace, deps);
    return {
      agentId: agent.id,
      action: "repairDreamingArtifacts" as const,
      changed,
      ...rest,
      archivedDreamsDiary: false,
      warnings: [],
    };
  }),
] satisfies Method[];
