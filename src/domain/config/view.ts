import { isDeepStrictEqual } from "node:util";
import type { ConfigSource, Snapshot } from "./index.ts";
import { loadKeySpace } from "./keys.ts";
import { parseConfigText } from "./read.ts";
import { isRecord, type JsonRecord, section } from "./record.ts";
import { REDACTED, redactValue, secretsOf } from "./redact.ts";
import { lanesDefault } from "./settle.ts";

const AGENTS_AT_ONCE = 8;
const ARCHIVE_MINUTES = 60;
const MAX_TOKENS = 8_192;

/** The roster that the file means: without one it is the agent `main`. */
export function withRoster(source: JsonRecord): JsonRecord {
  const agents = section(source, "agents");
  const entries = section(agents, "entries");
  if (Object.keys(entries).length > 0) return source;
  return { ...source, agents: { ...agents, entries: { main: {} } } };
}

/** The configuration with the defaults that the reference shows in `runtimeConfig`. */
export function withRuntimeDefaults(source: JsonRecord): JsonRecord {
  const rostered = withRoster(source);
  const agents = section(rostered, "agents");
  const defaults = section(agents, "defaults");
  const models = section(source, "models");
  return {
    ...rostered,
    agents: {
      ...agents,
      defaults: {
        ...defaults,
        maxConcurrent: defaults["maxConcurrent"] ?? lanesDefault(),
        subagents: {
          maxConcurrent: AGENTS_AT_ONCE,
          archiveAfterMinutes: ARCHIVE_MINUTES,
          ...section(defaults, "subagents"),
        },
        compaction: { mode: "safeguard", ...section(defaults, "compaction") },
      },
    },
    messages: { ackReactionScope: "group-mentions", ...section(source, "messages") },
    commands: { native: "auto", nativeSkills: "auto", restart: true, ...section(source, "commands") },
    ...(Object.hasOwn(source, "models")
      ? { models: { ...models, providers: providersOf(section(models, "providers")) } }
      : {}),
  };
}

function providersOf(providers: JsonRecord): JsonRecord {
  const entries = Object.entries(providers).map(([id, provider]) => {
    if (!isRecord(provider) || !Array.isArray(provider["models"])) return [id, provider];
    const api = provider["api"] === undefined ? {} : { api: provider["api"] };
    const models = provider["models"].map((model: unknown) =>
      isRecord(model)
        ? {
            reasoning: false,
            input: ["text"],
            maxTokens: MAX_TOKENS,
            ...api,
            ...model,
            cost: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, ...section(model, "cost") },
          }
        : model,
    );
    return [id, { ...provider, models }];
  });
  return Object.fromEntries(entries);
}

/** The file and what it means, without its secrets: the answer of `config.get`. */
export interface ConfigDescription {
  readonly path: string;
  readonly includedPaths: string[];
  readonly includeProvenance: unknown[];
  readonly agentRosterIncludeOwned: boolean;
  readonly bindingsIncludeOwned: boolean;
  readonly exists: boolean;
  readonly raw: string | null;
  readonly parsed: unknown;
  readonly sourceConfig: unknown;
  readonly resolved: unknown;
  readonly valid: boolean;
  readonly runtimeConfig: unknown;
  readonly config: unknown;
  readonly hash: string;
  readonly issues: { path: string; message: string; allowedValues?: string[] }[];
  readonly warnings: { path: string; message: string }[];
  readonly legacyIssues: { path: string; message: string }[];
  readonly configRevisionHash: string | null;
  readonly appliedConfigHash: string;
}

export async function describeConfig(config: ConfigSource): Promise<ConfigDescription> {
  const snapshot = await config.read();
  const { sensitive } = await loadKeySpace({ extensions: false });
  const redact = (value: unknown) => redactValue(value, sensitive);
  const isValid = snapshot.issues.length === 0;
  const source = isValid ? redact(withRoster(snapshot.source)) : {};
  const runtime = isValid ? redact(withRuntimeDefaults(snapshot.source)) : {};
  const ownedBy = (key: string) => snapshot.origins.some((origin) => origin.path[0] === key);
  return {
    path: snapshot.path,
    includedPaths: [...snapshot.includedPaths],
    includeProvenance: [...snapshot.origins],
    agentRosterIncludeOwned: ownedBy("agents"),
    bindingsIncludeOwned: ownedBy("bindings"),
    exists: snapshot.exists,
    raw: isValid ? await redactRaw(snapshot, sensitive) : null,
    parsed: isValid ? redact(snapshot.parsed ?? {}) : null,
    sourceConfig: source,
    resolved: source,
    valid: isValid,
    runtimeConfig: runtime,
    config: runtime,
    hash: await baseHash(config, snapshot),
    issues: snapshot.issues.map(({ allowedValues, ...issue }) => ({
      ...issue,
      ...(allowedValues === undefined ? {} : { allowedValues: [...allowedValues] }),
    })),
    warnings: [],
    legacyIssues: [],
    configRevisionHash: isValid ? await revisionHash(config, snapshot) : null,
    appliedConfigHash: await revisionHash(config, config.snapshot()),
  };
}

/** What a writer must show to prove that it saw the file as it is. */
export function baseHash(config: ConfigSource, snapshot: Snapshot): Promise<string> {
  return config.fingerprint(snapshot.raw ?? "");
}

function revisionHash(config: ConfigSource, snapshot: Snapshot): Promise<string> {
  return config.fingerprint(`revision:${JSON.stringify(snapshot.source)}`);
}

/**
 * The text with its secrets masked. Null when masking would say more or less than masking the values does, as it
 * does when a secret is a short word that is also a key.
 */
async function redactRaw(snapshot: Snapshot, sensitive: readonly string[]): Promise<string | null> {
  if (snapshot.raw === null) return null;
  const secrets = secretsOf(snapshot.parsed, sensitive).toSorted((left, right) => right.length - left.length);
  let text = snapshot.raw;
  for (const secret of new Set(secrets)) text = text.replaceAll(secret, REDACTED);
  try {
    const masked = redactValue(snapshot.parsed, sensitive);
    return isDeepStrictEqual(await parseConfigText(text), masked) ? text : null;
  } catch {
    return null;
  }
}
