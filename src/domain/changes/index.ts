import { invalidRequest } from "../../errors/protocol-error.ts";
import type { Clock } from "../../platform/clock.ts";
import { parseJson } from "../../platform/json.ts";
import { isRecord } from "../config/index.ts";
import type { Documents } from "../documents/index.ts";

/** One change to how the gateway is set up, as an operator reads it. */
export interface Change {
  readonly id: string;
  readonly at: number;
  readonly kind: "config-write" | "operation";
  readonly source: "config-rpc" | "system-agent" | "unknown";
  readonly summary: string;
  readonly changedPaths?: string[];
}

/** What changed how the gateway is set up, newest first. */
export interface Changes {
  /** A write of the configuration; a source that nobody named is unknown. */
  recordWrite(source: "config-rpc" | "unknown", paths: readonly string[]): Promise<void>;
  recordOperation(summary: string): Promise<void>;
  list(
    limit: number,
    beforeCursor?: string,
  ): Promise<{ readonly entries: Change[]; readonly nextCursor?: string }>;
}

type Line = Omit<Change, "id"> & { readonly sequence: number };

const SCOPE = "changes";
const KEPT_MAX = 1_000;
/** The two lists that are shown as one, each with a count of its own. */
const PREFIX = { config: "config-audit", system: "system-agent-audit" } as const;
type List = keyof typeof PREFIX;

/** compat(health/suspended-agents): each write of the reference counts what its plugins keep there as changed. */
const ALWAYS = "plugins.installs";

export function createChanges({
  documents,
  clock,
}: {
  readonly documents: Documents;
  readonly clock: Clock;
}): Changes {
  const read = async (list: List): Promise<readonly Line[]> => {
    const kept = await documents.read(SCOPE, list);
    // What stands under this name was written below and nowhere else.
    return Array.isArray(kept) ? (kept.filter(isRecord) as unknown as readonly Line[]) : [];
  };
  const add = async (list: List, line: Omit<Line, "sequence" | "at">): Promise<void> => {
    const kept = await read(list);
    const sequence = (kept.at(-1)?.sequence ?? 0) + 1;
    await documents.write(SCOPE, list, [...kept, { ...line, at: clock.now(), sequence }].slice(-KEPT_MAX));
  };
  return {
    async recordWrite(source, paths) {
      const changedPaths = [...new Set([...paths, ALWAYS])].toSorted();
      const subject = source === "config-rpc" ? "Settings updated configuration" : "Configuration updated";
      const summary = `${subject}: ${changedPaths.join(", ")}`;
      await add("config", { kind: "config-write", source, summary, changedPaths });
    },
    async recordOperation(summary) {
      await add("system", { kind: "operation", source: "system-agent", summary });
    },
    async list(limit, beforeCursor) {
      const config = await read("config");
      const system = await read("system");
      const before = beforeCursor === undefined ? undefined : parseCursor(beforeCursor);
      const place: Record<List, number> = {
        config: before?.config ?? (config.at(-1)?.sequence ?? 0) + 1,
        system: before?.system ?? (system.at(-1)?.sequence ?? 0) + 1,
      };
      const open = [
        ...config
          .filter(({ sequence }) => sequence < place.config)
          .map((line) => ({ list: "config" as const, line })),
        ...system
          .filter(({ sequence }) => sequence < place.system)
          .map((line) => ({ list: "system" as const, line })),
      ].toSorted((a, b) => b.line.at - a.line.at || b.line.sequence - a.line.sequence);
      const page = open.slice(0, limit);
      for (const { list, line } of page) place[list] = Math.min(place[list], line.sequence);
      const entries = page.map(({ list, line: { sequence, ...rest } }) => ({
        id: `${PREFIX[list]}:${sequence}`,
        ...rest,
      }));
      return open.length > page.length ? { entries, nextCursor: cursorOf(place) } : { entries };
    },
  };
}

function cursorOf(place: Readonly<Record<List, number>>): string {
  const cursor = { version: 1, systemAgentBefore: place.system, configBefore: place.config };
  return Buffer.from(JSON.stringify(cursor)).toString("base64url");
}

function parseCursor(text: string): Readonly<Record<List, number>> {
  const cursor = parseJson(Buffer.from(text, "base64url").toString("utf8"));
  if (isRecord(cursor) && cursor["version"] === 1) {
    const { systemAgentBefore, configBefore } = cursor;
    if (Number.isInteger(systemAgentBefore) && Number.isInteger(configBefore)) {
      return { system: Number(systemAgentBefore), config: Number(configBefore) };
    }
  }
  throw invalidRequest("invalid change-history cursor");
}
