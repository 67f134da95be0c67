import type { NodeRecord } from "./record.ts";

export interface NodeStore {
  load(): readonly NodeRecord[];
  /** Resolves when the record would survive the end of the process. */
  save(node: NodeRecord): Promise<void>;
  delete(nodeId: string): Promise<void>;
}
