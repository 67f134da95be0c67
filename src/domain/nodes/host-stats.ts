/** The resources of a node's machine, as it last reported them. The time is the gateway's own. */
export interface HostStats {
  readonly cpuCount: number;
  readonly loadAverage?: readonly number[];
  readonly memoryTotalBytes: number;
  readonly memoryFreeBytes: number;
  readonly diskTotalBytes?: number;
  readonly diskAvailableBytes?: number;
  readonly updatedAtMs: number;
}

const MEMBERS: ReadonlySet<string> = new Set([
  "cpuCount",
  "loadAverage",
  "memoryTotalBytes",
  "memoryFreeBytes",
  "diskTotalBytes",
  "diskAvailableBytes",
]);
const CPUS_MAX = 4_096;
const LOAD_MAX = 100_000;

/** The report of a node, or undefined when it is not one: these numbers are drawn, so each has to make sense. */
export function readHostStats(payload: unknown, now: number): HostStats | undefined {
  if (typeof payload !== "object" || payload === null || Array.isArray(payload)) return undefined;
  const given: Partial<Record<string, unknown>> = { ...payload };
  if (Object.keys(given).some((name) => !MEMBERS.has(name))) return undefined;
  const { cpuCount, loadAverage, diskTotalBytes, diskAvailableBytes } = given;
  const memory = capacity(given["memoryTotalBytes"], given["memoryFreeBytes"]);
  if (!isCount(cpuCount) || cpuCount < 1 || cpuCount > CPUS_MAX || memory === undefined) return undefined;
  const load = loadAverage === undefined ? {} : readLoad(loadAverage);
  const hasDisk = diskTotalBytes !== undefined || diskAvailableBytes !== undefined;
  const disk = hasDisk ? capacity(diskTotalBytes, diskAvailableBytes) : undefined;
  if (load === undefined || (hasDisk && disk === undefined)) return undefined;
  return {
    cpuCount,
    ...load,
    memoryTotalBytes: memory.total,
    memoryFreeBytes: memory.free,
    ...(disk === undefined ? {} : { diskTotalBytes: disk.total, diskAvailableBytes: disk.free }),
    updatedAtMs: now,
  };
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function capacity(total: unknown, free: unknown): { total: number; free: number } | undefined {
  return isCount(total) && isCount(free) && free <= total ? { total, free } : undefined;
}

/** The averages over 1, 5 and 15 minutes. */
function readLoad(value: unknown): { loadAverage: readonly number[] } | undefined {
  if (!Array.isArray(value) || value.length !== 3) return undefined;
  const loadAverage: number[] = [];
  for (const item of value as readonly unknown[]) {
    if (typeof item !== "number" || !(item >= 0 && item <= LOAD_MAX)) return undefined;
    loadAverage.push(item);
  }
  return { loadAverage };
}
