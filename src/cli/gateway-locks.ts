import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { isoTime } from "../platform/iso.ts";
import { parseJson } from "../platform/json.ts";
import { isProcessAlive, processStartMark } from "../platform/processes.ts";

/** What the lock says about the gateway that holds it. The reference's own command line reads it. */
interface Holder {
  readonly pid: number;
  readonly startTime?: number;
}

export interface GatewayLocksOptions {
  readonly stateDir: string;
  readonly configPath: string;
  readonly port: number;
  readonly ownerId: string;
  readonly now: number;
  /** Several gateways of one configuration: only the state folder is locked. */
  readonly isOneOfMany: boolean;
}

/** Another gateway of this machine works on the state folder. */
export class GatewayRunningError extends Error {
  override readonly name = "GatewayRunningError";

  constructor(pid: number) {
    super(`gateway already running (pid ${pid})`);
  }
}

function folderOf(stateDir: string): string {
  const uid = process.getuid?.();
  return path.join(stateDir, "tmp", uid === undefined ? "openclaw" : `openclaw-${uid}`);
}

const stateLock = (stateDir: string): string => path.join(folderOf(stateDir), "gateway.state.lock");

function configLock(stateDir: string, configPath: string): string {
  const mark = createHash("sha256").update(configPath).digest("hex").slice(0, 8);
  return path.join(folderOf(stateDir), `gateway.${mark}.lock`);
}

/**
 * Leaves the files by which the commands of an installed reference find out that a gateway runs here, and with which
 * process: without them `models list` or `plugins reload` would say that none does. The function that comes back takes
 * them away.
 */
export async function holdGatewayLocks(options: GatewayLocksOptions): Promise<() => Promise<void>> {
  const { stateDir, configPath, port, ownerId } = options;
  const started = processStartMark(process.pid);
  const text = JSON.stringify(
    {
      pid: process.pid,
      ownerId,
      cronOwnerProjection: "dynamic-default-v1",
      createdAt: isoTime(options.now),
      configPath,
      stateDir,
      port,
      ...(started === undefined ? {} : { startTime: Number(started) }),
    },
    null,
    2,
  );
  const files = [stateLock(stateDir), ...(options.isOneOfMany ? [] : [configLock(stateDir, configPath)])];
  await mkdir(folderOf(stateDir), { recursive: true, mode: 0o700 });
  await Promise.all(files.map((file) => writeFile(file, `${text}\n`, { mode: 0o600 })));
  return async () => {
    await Promise.all(files.map((file) => release(file)));
  };
}

/** Throws when a gateway of another process holds the state folder; what a dead one left behind holds nothing. */
export async function refuseASecondGateway(stateDir: string): Promise<void> {
  const holder = await holderOf(stateLock(stateDir));
  if (holder !== undefined && holder.pid !== process.pid && isAlive(holder)) {
    throw new GatewayRunningError(holder.pid);
  }
}

/** Only our own: a gateway that took over meanwhile keeps its lock. */
async function release(file: string): Promise<void> {
  const holder = await holderOf(file);
  if (holder?.pid === process.pid) await rm(file, { force: true });
}

async function holderOf(file: string): Promise<Holder | undefined> {
  try {
    const said: unknown = parseJson(await readFile(file, "utf8"));
    if (typeof said !== "object" || said === null || !("pid" in said) || !Number.isInteger(said.pid)) {
      return undefined;
    }
    const startTime = "startTime" in said && typeof said.startTime === "number" ? said.startTime : undefined;
    return { pid: Number(said.pid), ...(startTime === undefined ? {} : { startTime }) };
  } catch {
    return undefined;
  }
}

function isAlive({ pid, startTime }: Holder): boolean {
  if (!isProcessAlive(pid)) return false;
  const started = processStartMark(pid);
  return startTime === undefined || started === undefined || Number(started) === startTime;
}
