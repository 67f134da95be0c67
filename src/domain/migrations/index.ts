import { createHash } from "node:crypto";
import { copyFile, cp, mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import { invalidRequest } from "../../errors/protocol-error.ts";
import type { Clock } from "../../platform/clock.ts";
import { writePrivateFile } from "../../platform/files.ts";
import { isoTime } from "../../platform/iso.ts";
import type { Agent } from "../agents/index.ts";
import { isRecord, type JsonRecord } from "../config/index.ts";
import type { Documents } from "../documents/index.ts";
import { type Finding, isFile, SOURCES, type Source } from "./sources.ts";

export interface MigrationItem extends Finding {
  readonly status: "planned" | "conflict" | "migrated";
  readonly reason?: string;
}

export interface Import {
  readonly idempotencyKey: string;
  readonly providerId: string;
  readonly planFingerprint: string;
  readonly itemIds: readonly string[];
  readonly overwrite?: boolean;
}

/** What other assistants remembered, taken over into an agent's own memory. */
export interface Migrations {
  /** What each of them has; nothing is changed. */
  plan(agent: Agent, overwrite: boolean): Promise<JsonRecord[]>;
  /** Copies what was chosen of a plan that still holds. The same key answers the same again. */
  apply(agent: Agent, chosen: Import): Promise<JsonRecord>;
}

const SCOPE = "memory-import";

interface Parts {
  readonly homeDir: string;
  readonly stateDir: string;
  readonly env: NodeJS.ProcessEnv;
  readonly clock: Clock;
  readonly documents: Documents;
}

export function createMigrations(parts: Parts): Migrations {
  const inspect = async (source: Source, agent: Agent, overwrite: boolean) => {
    const folder = source.folder(parts.homeDir, parts.env);
    const found = await source.find(folder, agent.workspace);
    const items = await Promise.all(found.map((finding) => withStatus(finding, overwrite)));
    return { folder, items, fingerprint: await fingerprintOf(items) };
  };
  return {
    async plan(agent, overwrite) {
      return await Promise.all(
        SOURCES.map(async (source) => {
          const { folder, items, fingerprint } = await inspect(source, agent, overwrite);
          return planRow(source, agent, folder, items, fingerprint);
        }),
      );
    },
    async apply(agent, chosen) {
      const { idempotencyKey, ...request } = chosen;
      const asked = JSON.stringify({ agentId: agent.id, ...request });
      const earlier = await parts.documents.read(SCOPE, idempotencyKey);
      if (isRecord(earlier)) {
        if (earlier["asked"] !== asked) throw invalidRequest("memory import idempotency key was reused");
        if (isRecord(earlier["result"])) return earlier["result"];
      }
      const source = SOURCES.find(({ providerId }) => providerId === chosen.providerId);
      if (source === undefined) throw invalidRequest("unknown memory migration provider");
      const { folder, items, fingerprint } = await inspect(source, agent, chosen.overwrite === true);
      if (items.length === 0 || fingerprint !== chosen.planFingerprint) {
        throw invalidRequest("memory migration plan changed; refresh the plan before importing");
      }
      const missing = chosen.itemIds.filter((id) => !items.some((item) => item.id === id));
      if (missing.length > 0) {
        throw invalidRequest(`memory migration items changed; refresh the plan (${missing.join(", ")})`);
      }
      const picked = items.filter(({ id }) => chosen.itemIds.includes(id));
      const moment = isoTime(parts.clock.now()).replaceAll(":", "-");
      const reportDir = path.join(parts.stateDir, "migration", source.providerId, moment);
      const done = await Promise.all(picked.map((item) => copyItem(item, reportDir)));
      const result = {
        providerId: source.providerId,
        source: folder,
        target: agent.workspace,
        summary: summarise(done),
        items: done,
        reportDir,
      };
      await writePrivateFile(path.join(reportDir, "report.json"), `${JSON.stringify(result, null, 2)}\n`);
      await parts.documents.write(SCOPE, idempotencyKey, { asked, result });
      return result;
    },
  };
}

function planRow(
  source: Source,
  agent: Agent,
  folder: string,
  items: readonly MigrationItem[],
  planFingerprint: string,
): JsonRecord {
  const { providerId, label, description } = source;
  const isFound = items.length > 0;
  const hasConflict = items.some(({ status }) => status === "conflict");
  return {
    providerId,
    label,
    description,
    found: isFound,
    ...(isFound ? { planFingerprint } : {}),
    source: folder,
    ...(isFound ? { target: agent.workspace } : {}),
    confidence: isFound ? source.confidence : "low",
    message: `${label} state ${isFound ? "found" : "not found"}.`,
    summary: summarise(items),
    items,
    ...(hasConflict
      ? {
          warnings: [
            "Conflicts were found. Re-run with --overwrite to replace conflicting targets after item-level backups.",
          ],
        }
      : {}),
  };
}

async function withStatus(finding: Finding, overwrite: boolean): Promise<MigrationItem> {
  const { details, ...rest } = finding;
  if (overwrite || !(await isFile(finding.target))) return { ...rest, status: "planned", details };
  return { ...rest, status: "conflict", reason: "target exists", details };
}

/** What is there already is put beside the report before it is replaced. */
async function copyItem(item: MigrationItem, reportDir: string): Promise<MigrationItem> {
  if (item.status === "conflict") return item;
  await mkdir(path.dirname(item.target), { recursive: true, mode: 0o700 });
  if (await isFile(item.target)) {
    const name = item.id.replaceAll(/[^\w.-]+/g, "_");
    await cp(item.target, path.join(reportDir, "backups", name), { recursive: true });
  }
  await copyFile(item.source, item.target);
  return { ...item, status: "migrated" };
}

/** Changes with what would be copied, also when only the text of a file did. */
async function fingerprintOf(items: readonly MigrationItem[]): Promise<string> {
  const hash = createHash("sha256");
  for (const { id, status, source, target } of items) {
    hash.update(JSON.stringify([id, status, source, target]));
    hash.update(await readFile(source));
  }
  return hash.digest("hex");
}

function summarise(items: readonly MigrationItem[]): JsonRecord {
  const count = (status: MigrationItem["status"]): number =>
    items.filter((item) => item.status === status).length;
  return {
    total: items.length,
    planned: count("planned"),
    migrated: count("migrated"),
    skipped: 0,
    conflicts: count("conflict"),
    errors: 0,
    sensitive: 0,
  };
}
