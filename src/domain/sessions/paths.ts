import path from "node:path";
import type { Json } from "../../../schemas/shapes/session.ts";
import type { Agents } from "../agents/index.ts";
import type { Entry } from "./entry.ts";

/** Where the reference keeps the sessions of an agent. Answers name it; nothing of ours is there. */
export function storePath(stateDir: string, agentId: string, isIncognito = false): string {
  const file = isIncognito ? "incognito-openclaw-agent.sqlite" : "openclaw-agent.sqlite";
  return path.join(stateDir, "agents", agentId.replaceAll(/[^a-z0-9_-]+/g, "-"), "agent", file);
}

/** The folder that a session works in: its own, or its agent's workspace. */
export function sessionRootOf(entry: Entry, agents: Agents): string {
  const own = entry.extra?.["sessionRoot"];
  if (typeof own === "string" && own !== "") return own;
  return agents.get(entry.agentId)?.workspace ?? agents.get(agents.defaultId)?.workspace ?? "";
}

const ARTIFACTS_OLDER_THAN_MS = 30 * 24 * 60 * 60 * 1000;
const DISK_BYTES_MAX = 10 * 1024 ** 3;
const DISK_BYTES_HIGH_WATER = 8 * 1024 ** 3;

/** What `sessions.cleanup` says it did. Sessions here do not age, so only missing transcripts are ever cleaned up. */
export function cleanupReport(done: {
  readonly agentId: string;
  readonly file: string;
  readonly beforeCount: number;
  readonly afterCount: number;
  readonly bytes: number;
}): Json {
  const { agentId, file, beforeCount, afterCount, bytes } = done;
  return {
    agentId,
    storePath: file,
    mode: "enforce",
    dryRun: false,
    beforeCount,
    afterCount,
    missing: beforeCount - afterCount,
    dmScopeRetired: 0,
    modelRunPruned: 0,
    archived: 0,
    capArchived: 0,
    pruned: 0,
    capped: 0,
    unreferencedArtifacts: {
      scannedFiles: 0,
      removedFiles: 0,
      freedBytes: 0,
      olderThanMs: ARTIFACTS_OLDER_THAN_MS,
    },
    diskBudget: {
      totalBytesBefore: bytes,
      totalBytesAfter: bytes,
      removedFiles: 0,
      removedEntries: 0,
      freedBytes: 0,
      maxBytes: DISK_BYTES_MAX,
      highWaterBytes: DISK_BYTES_HIGH_WATER,
      overBudget: bytes > DISK_BYTES_MAX,
    },
    wouldMutate: afterCount < beforeCount,
    applied: true,
    appliedCount: afterCount,
  };
}
