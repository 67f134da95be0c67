import { type JsonRecord, list, section, text } from "../config/index.ts";
import { type InstallChoice, installerLabel, installersFor } from "./installers.ts";
import type { Requirements } from "./read-skill.ts";
import type { FoundSkill } from "./scan.ts";

/** What a skill's requirements are held to. */
export interface SkillWorld extends InstallChoice {
  /** The configuration as the file has it. */
  readonly source: JsonRecord;
  /** The names that the agent is limited to, where it is. */
  readonly agentFilter: readonly string[] | undefined;
  /** The bundled skills that may be used; all when there is no list. */
  readonly allowBundled: readonly string[] | undefined;
  hasVariable(name: string): boolean;
}

/** Whether a skill can be used, and what is missing where it cannot. */
export function skillStatus(skill: FoundSkill, world: SkillWorld) {
  const skillKey = skill.skillKey ?? skill.name;
  const settings = section(section(section(world.source, "skills"), "entries"), skillKey);
  const missing = missingOf(skill, settings, world);
  const isDisabled = settings["enabled"] === false;
  const isFiltered = world.agentFilter !== undefined && !world.agentFilter.includes(skill.name);
  const isForeign = missing.os.length > 0;
  const isKept =
    skill.isBundled &&
    world.allowBundled !== undefined &&
    !world.allowBundled.some((name) => name === skillKey || name === skill.name);
  const isComplete = Object.values(missing).every((names) => names.length === 0);
  const isEligible = !isDisabled && !isKept && !isForeign && isComplete;
  const isUsable = isEligible && !isFiltered;
  return {
    name: skill.name,
    description: skill.description,
    source: skill.source,
    bundled: skill.isBundled,
    filePath: skill.filePath,
    baseDir: skill.baseDir,
    skillKey,
    ...(skill.primaryEnv === undefined ? {} : { primaryEnv: skill.primaryEnv }),
    ...(skill.emoji === undefined ? {} : { emoji: skill.emoji }),
    ...(skill.homepage === undefined ? {} : { homepage: skill.homepage }),
    always: skill.isAlways,
    disabled: isDisabled,
    blockedByAllowlist: isKept,
    blockedByAgentFilter: isFiltered,
    eligible: isEligible,
    platformIncompatible: isForeign,
    modelVisible: isUsable && !skill.isHiddenFromModel,
    userInvocable: skill.isUserInvocable,
    commandVisible: isUsable && skill.isUserInvocable,
    requirements: copyOf(skill.requires),
    missing,
    configChecks: skill.requires.config.map((at) => ({ path: at, satisfied: isSet(world.source, at) })),
    install: installersFor(skill, world).map((one) => ({
      id: one.id,
      kind: one.kind,
      label: installerLabel(one, world.nodeManager),
      bins: [...one.bins],
    })),
    ...(skill.card === undefined
      ? {}
      : { skillCard: { present: true, path: skill.card.path, sizeBytes: skill.card.bytes } }),
  };
}

function missingOf(skill: FoundSkill, settings: JsonRecord, world: SkillWorld) {
  const { bins, anyBins, env, config, os } = skill.requires;
  const foreign = os.length === 0 || os.includes(world.platform) ? [] : [...os];
  if (skill.isAlways) return { bins: [], anyBins: [], env: [], config: [], os: foreign };
  const own = section(settings, "env");
  const hasVariable = (name: string): boolean =>
    world.hasVariable(name) ||
    text(own[name]) !== undefined ||
    (name === skill.primaryEnv && settings["apiKey"] !== undefined);
  return {
    bins: bins.filter((bin) => !world.hasBin(bin)),
    anyBins: anyBins.some((bin) => world.hasBin(bin)) ? [] : [...anyBins],
    env: env.filter((name) => !hasVariable(name)),
    config: config.filter((at) => !isSet(world.source, at)),
    os: foreign,
  };
}

/** What is on although nobody wrote it down. */
const ON_BY_DEFAULT = new Set(["browser.enabled", "browser.evaluateEnabled"]);

/** Whether the configuration has something at this dotted path that is not turned off. */
export function isSet(source: JsonRecord, at: string): boolean {
  const keys = at.split(".");
  const last = keys.pop() ?? "";
  const value = keys.reduce<JsonRecord>((parent, key) => section(parent, key), source)[last];
  if (value === undefined) return ON_BY_DEFAULT.has(at);
  return value !== null && value !== false && value !== "" && value !== 0;
}

function copyOf({ bins, anyBins, env, config, os }: Requirements) {
  return { bins: [...bins], anyBins: [...anyBins], env: [...env], config: [...config], os: [...os] };
}

/** The names that an agent's `skills`, or those of all agents, limit it to. */
export function agentFilter(
  own: readonly string[] | undefined,
  general: unknown,
): readonly string[] | undefined {
  return own ?? (Array.isArray(general) ? list(general) : undefined);
}
