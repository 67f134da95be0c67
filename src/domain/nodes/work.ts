import { POLICY } from "../../../schemas/policy.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Ids } from "../../platform/ids.ts";
import type { Drained, NewWork, WorkItem } from "./index.ts";

/** What a node should do when it next asks. Bounded per node and in time. */
export interface NodeWork {
  enqueue(nodeId: string, work: NewWork): { readonly revision: number; readonly queued: WorkItem };
  drain(nodeId: string, itemsMax: number): Drained;
  forget(nodeId: string): void;
}

/** What a node is asked for when nobody asked for anything: it always tells how it is. */
const BASELINE = { id: "baseline-status", type: "status.request", priority: "default", expiresAtMs: null };

interface Queue {
  revision: number;
  items: WorkItem[];
}

export function createNodeWork(options: { clock: Clock; ids: Ids }): NodeWork {
  const { clock, ids } = options;
  const queues = new Map<string, Queue>();

  function queueOf(nodeId: string): Queue {
    const queue = queues.get(nodeId) ?? { revision: 0, items: [] };
    queues.set(nodeId, queue);
    const now = clock.now();
    queue.items = queue.items.filter(({ expiresAtMs }) => expiresAtMs === null || expiresAtMs > now);
    return queue;
  }

  return {
    enqueue(nodeId, { type, priority, expiresInMs }) {
      const queue = queueOf(nodeId);
      // Asking twice for the same thing is asking once.
      const same = queue.items.find((item) => item.type === type);
      if (same !== undefined) return { revision: queue.revision, queued: same };
      const createdAtMs = clock.now();
      const queued = { id: ids.uuid(), type, priority, createdAtMs, expiresAtMs: createdAtMs + expiresInMs };
      queue.revision += 1;
      if (priority === "high") queue.items.unshift(queued);
      else queue.items.push(queued);
      queue.items.length = Math.min(queue.items.length, POLICY.nodeWorkItemsMax);
      return { revision: queue.revision, queued };
    },
    drain(nodeId, itemsMax) {
      const queue = queueOf(nodeId);
      const hasStatus = queue.items.some((item) => item.type === BASELINE.type);
      const items = queue.items.splice(0, itemsMax);
      if (items.length > 0) queue.revision += 1;
      const { revision } = queue;
      let hasMore = queue.items.length > 0;
      // A queue that ran empty is forgotten, and so are its revisions.
      if (!hasMore) queues.delete(nodeId);
      if (hasStatus) return { revision, items, hasMore };
      if (items.length < itemsMax) items.push({ ...BASELINE, createdAtMs: clock.now() });
      else hasMore = true;
      return { revision, items, hasMore };
    },
    forget: (nodeId) => void queues.delete(nodeId),
  };
}
