export { ownedMemory, workspaceOf } from "./agent.ts";
export {
  backfillDiary,
  type DiaryFile,
  dedupeDiary,
  readDiary,
  resetDiary,
} from "./diary.ts";
export {
  createMemory,
  type Memory,
  type MemoryChunk,
  type MemoryHit,
  type MemoryIndex,
  type MemoryTexts,
} from "./memory.ts";
export { repairArtifacts } from "./repair.ts";
export {
  type BackfillRange,
  createSessionBackfill,
  readRange,
  type SessionBackfill,
} from "./session-backfill.ts";
export { memoryStatus, probeEmbeddings } from "./status.ts";
