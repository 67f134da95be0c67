import { isDeepStrictEqual } from "node:util";
import { REFERENCE_VERSION } from "../../../schemas/reference.ts";
import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
import type { Clock } from "../../platform/clock.ts";
import { writePrivateFile } from "../../platform/files.ts";
import { changedLeaves, changedPaths } from "./changes.ts";
import type { ConfigChange, ConfigSource, Snapshot } from "./index.ts";
import { loadKeySpace } from "./keys.ts";
import { mergePatch, RemovalError } from "./merge-patch.ts";
import { parseConfigText, summarizeIssues } from "./read.ts";
import { isRecord, type JsonRecord, section } from "./record.ts";
import { redactValue, restoreValue, SentinelError } from "./redact.ts";
import { baseHash, withRoster, withRuntimeDefaults } from "./view.ts";

export interface Edited {
  readonly path: string;
  readonly hash: string;
  /** What the file now says, redacted. */
  readonly config: unknown;
  readonly changedPaths: readonly string[];
  readonly change: ConfigChange;
}

/** A patch that asks for what is so already. */
export interface Unchanged {
  readonly path: string;
  readonly config: unknown;
}

interface EditContext {
  readonly config: ConfigSource;
  readonly clock: Clock;
  /** Keeps what was changed, for who asks later. */
  readonly changes?: {
    recordWrite(source: "config-rpc" | "unknown", paths: readonly string[]): Promise<void>;
  };
}

/** Replaces the whole configuration by this text. */
export async function replaceConfig(
  raw: string,
  hash: string | undefined,
  context: EditContext,
): Promise<Edited> {
  const before = await context.config.read();
  const wanted = await parse(raw);
  await requireHash(
    before,
    hash,
    context.config,
    () => "config base hash required; re-run config.get and retry",
  );
  if (!isRecord(wanted)) {
    const { issues } = await context.config.check(wanted);
    throw Array.isArray(wanted) ? invalidConfig(issues) : invalidRequest("invalid config");
  }
  const restored = await restore(wanted, before);
  const own = withoutDefaults(restored, withRuntimeDefaults(before.source), before.authored);
  return write(isRecord(own) ? own : {}, before, context, "config-rpc");
}

/** A form sends back all that it was shown: where that is what it was, the file goes on saying what it said. */
function withoutDefaults(next: unknown, shown: unknown, authored: unknown): unknown {
  if (isDeepStrictEqual(next, shown)) return authored;
  if (!isRecord(next) || !isRecord(shown)) return next;
  const said = isRecord(authored) ? authored : {};
  const entries = Object.entries(next)
    .map(([key, value]) => [key, withoutDefaults(value, shown[key], said[key])] as const)
    .filter(([, value]) => value !== undefined);
  const isShownOnly = entries.length === 0 && authored === undefined && Object.keys(next).length > 0;
  return isShownOnly ? undefined : Object.fromEntries(entries);
}

/** Merges this text into the configuration. */
export async function patchConfig(
  raw: string,
  hash: string | undefined,
  replacePaths: readonly string[],
  context: EditContext,
): Promise<Edited | Unchanged> {
  const before = await context.config.read();
  const patch = await parse(raw);
  if (!isRecord(patch)) throw invalidRequest("config.patch raw must be an object");
  const asksNothing = Object.keys(patch).length === 0 && hash === undefined;
  if (asksNothing) return unchanged(before);
  await requireHash(before, hash, context.config, () => {
    const paths = changedLeaves({}, patch).join(", ");
    return `config base hash required for ${paths}; re-run config.get and retry with baseHash`;
  });
  let merged: JsonRecord;
  try {
    merged = mergePatch(withNamedRoster(before, patch), patch, replacePaths);
  } catch (error) {
    if (error instanceof RemovalError) throw invalidRequest(error.message);
    throw error;
  }
  const restored = await restore(merged, before);
  const checked = await context.config.check(restored);
  if (checked.issues.length > 0) throw invalidConfig(checked.issues);
  // Asking for what is the default already changes nothing that runs.
  const differs = !isDeepStrictEqual(withRuntimeDefaults(before.source), withRuntimeDefaults(checked.source));
  if (differs) return write(restored, before, context, "config-rpc");
  return unchanged(before);
}

async function unchanged(before: Snapshot): Promise<Unchanged> {
  const { sensitive } = await loadKeySpace({ extensions: false });
  return { path: before.path, config: redactValue(withRuntimeDefaults(before.source), sensitive) };
}

/** Who joins a roster that nobody wrote down joins the agent that it means. */
function withNamedRoster({ authored }: Snapshot, patch: JsonRecord): JsonRecord {
  const isAboutEntries = isRecord(section(patch, "agents")["entries"]);
  return isAboutEntries ? withRoster(authored) : authored;
}

/** Changes what the file says, for a method that knows which part it owns. Nothing is written for the same object. */
export async function changeConfig(
  change: (authored: JsonRecord) => JsonRecord,
  context: EditContext,
): Promise<void> {
  const before = await context.config.read();
  const changed = change(before.authored);
  if (changed !== before.authored) await write(changed, before, context, "unknown");
}

async function parse(raw: string): Promise<unknown> {
  try {
    return await parseConfigText(raw);
  } catch (error) {
    throw invalidRequest(String(error));
  }
}

async function requireHash(
  before: Snapshot,
  hash: string | undefined,
  config: ConfigSource,
  missing: () => string,
): Promise<void> {
  if (!before.exists) return;
  if (hash === undefined) throw invalidRequest(missing());
  if (hash !== (await baseHash(config, before))) {
    throw invalidRequest("config changed since last load; re-run config.get and retry");
  }
}

function invalidConfig(issues: Snapshot["issues"]): ProtocolError {
  return invalidRequest(`invalid config: ${summarizeIssues(issues)}`, { details: { issues } });
}

/** Secrets where the sentinel stands, and `${NAME}` where what it stood for came back unchanged. */
async function restore(edited: JsonRecord, before: Snapshot): Promise<JsonRecord> {
  try {
    const restored = restoreVariables(restoreValue(edited, before.authored), before.authored, before.source);
    return isRecord(restored) ? restored : edited;
  } catch (error) {
    if (!(error instanceof SentinelError)) throw error;
    const { sensitive } = await loadKeySpace({ extensions: true });
    throw invalidRequest(error.generally(sensitive).message);
  }
}

function restoreVariables(edited: unknown, authored: unknown, resolved: unknown): unknown {
  if (typeof edited === "string")
    return edited === resolved && typeof authored === "string" ? authored : edited;
  if (Array.isArray(edited)) {
    if (!Array.isArray(authored) || !Array.isArray(resolved)) return edited;
    return edited.map((item, index) => restoreVariables(item, authored[index], resolved[index]));
  }
  if (!isRecord(edited) || !isRecord(authored) || !isRecord(resolved)) return edited;
  const entries = Object.entries(edited).map(([key, value]) => {
    return [key, restoreVariables(value, authored[key], resolved[key])];
  });
  return Object.fromEntries(entries);
}

async function write(
  next: JsonRecord,
  before: Snapshot,
  context: EditContext,
  by: "config-rpc" | "unknown",
): Promise<Edited> {
  const { config, clock } = context;
  const checked = await config.check(next);
  if (checked.issues.length > 0) throw invalidConfig(checked.issues);
  const stamped = { ...checked.authored, meta: stampOf(checked.authored) };
  const root = keepIncludes(before.parsed, before.authored, stamped, "");
  const text = `${JSON.stringify(root, null, 2)}\n`;
  await refuseClobber(text, checked.source, before, clock);
  const change = await config.replace(text);
  const paths = changedPaths(withRoster(before.source), withRoster(checked.source));
  await context.changes?.recordWrite(
    by,
    paths.filter((path) => !/^meta(?:\.|$)/.test(path)),
  );
  const after = await config.read();
  const { sensitive } = await loadKeySpace({ extensions: false });
  return {
    path: after.path,
    hash: await baseHash(config, after),
    config: redactValue(withRoster(after.source), sensitive),
    changedPaths: changedPaths(withRuntimeDefaults(before.source), withRuntimeDefaults(checked.source)),
    change,
  };
}

/**
 * The reference's mark of who wrote the file last. Its migrations are marked as done only where the file has nothing
 * that they would change, so that a reference that opens it later does not pass over its work.
 */
function stampOf(next: JsonRecord): JsonRecord {
  const meta = section(next, "meta");
  const agents = section(next, "agents");
  const owners = [section(agents, "defaults"), ...Object.values(section(agents, "entries")).filter(isRecord)];
  const done = (key: string) => (owners.some((owner) => owner[key] !== undefined) ? [] : [key]);
  const marks: Readonly<Record<string, string>> = {
    models: "modelPolicyAllowlist",
    utilityModel: "utilityModelSeparation",
  };
  const migrations = Object.keys(marks)
    .flatMap(done)
    .map((key) => [marks[key], true] as const);
  return {
    ...meta,
    migrations: { ...Object.fromEntries(migrations), ...section(meta, "migrations") },
    lastTouchedVersion: REFERENCE_VERSION,
  };
}

/** The file keeps its `$include` directives; what they bring in can only be changed where it stands. */
function keepIncludes(parsed: unknown, before: unknown, next: unknown, path: string): unknown {
  if (!isRecord(parsed)) return next;
  if (Object.hasOwn(parsed, "$include")) {
    if (isDeepStrictEqual(before, next)) return parsed;
    const at = path === "" ? "<root>" : path;
    throw new ProtocolError(
      "UNAVAILABLE",
      `Error: Config write would flatten $include-owned config at ${at}; edit that include file directly or remove the $include first.: code=CONFIG_INCLUDE_OWNERSHIP`,
      { retryable: false },
    );
  }
  if (!isRecord(next) || !isRecord(before)) return next;
  const entries = Object.entries(next).map(([key, value]) => {
    return [key, keepIncludes(parsed[key], before[key], value, path === "" ? key : `${path}.${key}`)];
  });
  return Object.fromEntries(entries);
}

/** Files smaller than this may shrink as they like. */
const CLOBBER_BYTES_MIN = 512;

/** A write that loses half of the file, or what makes the gateway start, is more likely a mistake than a wish. */
async function refuseClobber(
  text: string,
  source: JsonRecord,
  before: Snapshot,
  clock: Clock,
): Promise<void> {
  if (before.raw === null) return;
  // What the file would be if it were written today: comments and spacing are no loss.
  const was = Buffer.byteLength(`${JSON.stringify(withRoster(before.authored), null, 2)}\n`);
  const is = Buffer.byteLength(text);
  const reasons: string[] = [];
  if (was >= CLOBBER_BYTES_MIN && is < Math.floor(was / 2)) reasons.push(`size-drop:${was}->${is}`);
  const hadMode = section(before.source, "gateway")["mode"] !== undefined;
  if (hadMode && section(source, "gateway")["mode"] === undefined) reasons.push("gateway-mode-removed");
  if (reasons.length === 0) return;
  const stamp = new Date(clock.now()).toISOString().replaceAll(/[:.]/g, "-");
  const saved = `${before.path}.rejected.${stamp}`;
  await writePrivateFile(saved, text);
  throw new ProtocolError(
    "UNAVAILABLE",
    `Error: Config write rejected: ${before.path} (${reasons.join(", ")}). Rejected payload saved to ${saved}.: code=CONFIG_WRITE_REJECTED`,
    { retryable: false },
  );
}
