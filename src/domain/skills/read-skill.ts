import { parseJson } from "../../platform/json.ts";
import { isRecord, type JsonRecord, list, parseFrontMatter, section, text } from "../config/index.ts";

/** What a skill says of itself at the head of its `SKILL.md`. */
export interface SkillHead {
  readonly name: string;
  /** The first heading of its text, which is its name for people. */
  readonly title?: string;
  readonly description: string;
  readonly homepage?: string;
  readonly skillKey?: string;
  readonly primaryEnv?: string;
  readonly emoji?: string;
  readonly isAlways: boolean;
  readonly isUserInvocable: boolean;
  readonly isHiddenFromModel: boolean;
  readonly requires: Requirements;
  readonly install: readonly Installer[];
}

/** What must be there before a skill can be used. Of `anyBins` one is enough. */
export interface Requirements {
  readonly bins: readonly string[];
  readonly anyBins: readonly string[];
  readonly env: readonly string[];
  readonly config: readonly string[];
  readonly os: readonly string[];
}

/** One way to get what is missing. */
export interface Installer {
  readonly id: string;
  readonly kind: string;
  readonly label: string;
  readonly bins: readonly string[];
  /** What the package manager calls it: a formula, a package, a module or an address. */
  readonly subject?: string;
  /** The systems that it is for; all when empty. */
  readonly os: readonly string[];
  /** Everything that the author wrote, for whoever runs it. */
  readonly authored: JsonRecord;
}

/** Reads the head of a skill. Without one, or without a description, it is no skill. */
export async function readSkillHead(content: string, folderName: string): Promise<SkillHead | undefined> {
  const front = await parseFrontMatter(content);
  if (front === undefined) return undefined;
  const description = text(front["description"])?.trim();
  if (description === undefined || description === "") return undefined;
  const own = ownSection(front["metadata"]);
  const requires = section(own, "requires");
  return {
    name: text(front["name"]) ?? folderName,
    ...member("title", /^# +(.+?)\s*$/m.exec(content.replace(/^---[\s\S]*?\n---/, ""))?.[1]),
    description,
    ...member("homepage", text(own["homepage"]) ?? text(front["homepage"])),
    ...member("skillKey", text(own["skillKey"])),
    ...member("primaryEnv", text(own["primaryEnv"])),
    ...member("emoji", text(own["emoji"])),
    isAlways: own["always"] === true,
    isUserInvocable: front["user-invocable"] !== false,
    isHiddenFromModel: front["disable-model-invocation"] === true,
    requires: {
      bins: list(requires["bins"]),
      anyBins: list(requires["anyBins"]),
      env: list(requires["env"]),
      config: list(requires["config"]),
      os: list(own["os"]),
    },
    install: Array.isArray(own["install"]) ? own["install"].flatMap(installerOf) : [],
  };
}

/** The part of `metadata` that is meant for this kind of gateway; it may be JSON in a string. */
function ownSection(metadata: unknown): JsonRecord {
  const parsed = typeof metadata === "string" ? parseJson(metadata) : metadata;
  const names = ["openclaw", "clawdbot"];
  return names.map((name) => section(parsed, name)).find((own) => Object.keys(own).length > 0) ?? {};
}

const KINDS = new Set(["brew", "node", "go", "uv", "download"]);
const SUBJECTS: Readonly<Record<string, string>> = { brew: "formula", go: "module", download: "url" };

function installerOf(value: unknown, index: number): readonly Installer[] {
  if (!isRecord(value)) return [];
  const kind = text(value["kind"])?.trim().toLowerCase();
  if (kind === undefined || !KINDS.has(kind)) return [];
  const subject = text(value[SUBJECTS[kind] ?? "package"]);
  return [
    {
      id: text(value["id"])?.trim() ?? `${kind}-${index}`,
      kind,
      label: text(value["label"])?.trim() ?? "",
      bins: list(value["bins"]),
      ...member("subject", subject),
      os: list(value["os"]),
      authored: value,
    },
  ];
}

function member<K extends string>(key: K, value: string | undefined): { [P in K]?: string } {
  // A computed key widens to a string index, which the return type takes back.
  return (value === undefined ? {} : { [key]: value }) as { [P in K]?: string };
}
