import type { Config } from "../../domain/config/index.ts";
import { isRecord } from "../answers.ts";

export interface HookMapping {
  readonly id: string;
  readonly path: string | undefined;
  readonly source: string | undefined;
  readonly action: "agent" | "wake";
  readonly wakeMode: WakeMode;
  readonly forEach: string | undefined;
  readonly deliver: boolean;
  /** The members that may hold templates, and those that name things. */
  readonly texts: Readonly<Partial<Record<MappedText, string>>>;
  readonly timeoutSeconds: number | undefined;
  readonly isUnsafe: boolean;
}

type MappedText =
  | "agentId"
  | "channel"
  | "messageTemplate"
  | "model"
  | "name"
  | "sessionKey"
  | "sessionMode"
  | "textTemplate"
  | "thinking"
  | "to";

export type WakeMode = "now" | "next-heartbeat";

export interface HookSettings {
  readonly token: string;
  readonly path: string;
  readonly allowedAgentIds: readonly string[] | undefined;
  readonly defaultSessionKey: string | undefined;
  readonly allowsSessionKey: boolean;
  readonly sessionKeyPrefixes: readonly string[];
  readonly mappings: readonly HookMapping[];
}

const TEXTS: readonly MappedText[] = [
  "agentId",
  "channel",
  "messageTemplate",
  "model",
  "name",
  "sessionKey",
  "sessionMode",
  "textTemplate",
  "thinking",
  "to",
];

/** `hooks` of the configuration; undefined while webhooks are off, or have no secret or no path of their own. */
export function hookSettings(config: Config): HookSettings | undefined {
  const { hooks } = config;
  const token = said(hooks["token"]);
  const path = `/${(said(hooks["path"]) ?? "hooks").replace(/^\/+|\/+$/g, "")}`;
  if (hooks["enabled"] !== true || token === undefined || path === "/") return undefined;
  const mappings = Array.isArray(hooks["mappings"]) ? hooks["mappings"].filter(isRecord) : [];
  return {
    token,
    path,
    allowedAgentIds: texts(hooks["allowedAgentIds"]),
    defaultSessionKey: said(hooks["defaultSessionKey"]),
    allowsSessionKey: hooks["allowRequestSessionKey"] === true,
    sessionKeyPrefixes: (texts(hooks["allowedSessionKeyPrefixes"]) ?? [])
      .map((prefix) => prefix.trim().toLowerCase())
      .filter((prefix) => prefix !== ""),
    mappings: mappings.map(readMapping),
  };
}

function readMapping(mapping: Readonly<Record<string, unknown>>, index: number): HookMapping {
  const match = isRecord(mapping["match"]) ? mapping["match"] : {};
  const seconds = mapping["timeoutSeconds"];
  const given = TEXTS.flatMap((name) => {
    const text = said(mapping[name]);
    return text === undefined ? [] : [[name, text] as const];
  });
  return {
    id: said(mapping["id"]) ?? `mapping-${index + 1}`,
    path: said(match["path"])?.replace(/^\/+|\/+$/g, ""),
    source: said(match["source"]),
    action: mapping["action"] === "wake" ? "wake" : "agent",
    wakeMode: mapping["wakeMode"] === "next-heartbeat" ? "next-heartbeat" : "now",
    forEach: said(mapping["forEach"]),
    deliver: mapping["deliver"] !== false,
    texts: Object.fromEntries(given),
    timeoutSeconds: typeof seconds === "number" && seconds > 0 ? seconds : undefined,
    isUnsafe: mapping["allowUnsafeExternalContent"] === true,
  };
}

function texts(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.filter((item): item is string => typeof item === "string");
}

export function said(value: unknown): string | undefined {
  const text = typeof value === "string" ? value.trim() : "";
  return text === "" ? undefined : text;
}
