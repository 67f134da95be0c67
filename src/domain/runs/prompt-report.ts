import { createHash } from "node:crypto";
import path from "node:path";
import {
  FILE_CHARS_MAX,
  FILES_CHARS_MAX,
  fileSection,
  type InjectedFile,
  type Skill,
  skillBlock,
  skillsSection,
} from "./prompt.ts";
import type { ToolDeclaration } from "./provider.ts";

/** How close to its limit a file is told to be near it. */
const NEAR_LIMIT = 0.85;

/** The order in which tools are reported, which is not the one in which they are offered. */
const ORDER = [
  "ls",
  "read",
  "edit",
  "write",
  "apply_patch",
  "exec",
  "process",
  "openclaw",
  "sessions_yield",
  "tool_search",
  "tool_describe",
  "tool_call",
];

export interface ReportFacts {
  readonly sessionId: string;
  readonly sessionKey: string;
  readonly provider: string;
  readonly model: string;
  readonly workspace: string;
  readonly generatedAt: number;
  readonly system: string;
  readonly files: readonly InjectedFile[];
  readonly skills: readonly Skill[];
  readonly tools: readonly ToolDeclaration[];
  readonly promptChars: number;
}

/** What went into the system prompt of a run, by size: answers show it, so that a person sees what costs tokens. */
export function systemPromptReport(facts: ReportFacts) {
  const { system, files, workspace } = facts;
  const projectChars = files.reduce((sum, file) => sum + fileSection(file).length, 0);
  const injected = files.map(({ name, text, rawChars }) => ({
    name,
    path: path.join(workspace, name),
    missing: false,
    rawChars,
    injectedChars: text.length,
    truncated: text.length < rawChars,
  }));
  const injectedChars = injected.reduce((sum, file) => sum + file.injectedChars, 0);
  const { sessionId, sessionKey, provider, model, generatedAt, promptChars } = facts;
  return {
    source: "run",
    generatedAt,
    sessionId,
    sessionKey,
    provider,
    model,
    workspaceDir: workspace,
    bootstrapMaxChars: FILE_CHARS_MAX,
    bootstrapTotalMaxChars: FILES_CHARS_MAX,
    bootstrapTruncation: {
      warningMode: "always",
      warningShown: injected.some((file) => file.truncated),
      truncatedFiles: injected.filter((file) => file.truncated).length,
      nearLimitFiles: injected.filter((file) => file.rawChars >= FILE_CHARS_MAX * NEAR_LIMIT).length,
      totalNearLimit: injectedChars >= FILES_CHARS_MAX * NEAR_LIMIT,
    },
    sandbox: { mode: "off", sandboxed: false },
    systemPrompt: {
      chars: system.length,
      hash: hashOf(system),
      projectContextChars: projectChars,
      nonProjectContextChars: system.length - projectChars,
    },
    injectedWorkspaceFiles: injected,
    skills: skillsReport(facts.skills),
    tools: toolsReport(facts.tools),
    currentTurn: { promptChars, runtimeContextChars: 0, modelOnlyPromptChars: 0 },
  };
}

function skillsReport(skills: readonly Skill[]) {
  const section = skillsSection(skills);
  const entries = skills.map((skill) => ({ name: skill.name, blockChars: skillBlock(skill).length }));
  return { promptChars: section.length, hash: hashOf(section), entries };
}

function toolsReport(tools: readonly ToolDeclaration[]) {
  const rank = (name: string) => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length);
  const entries = tools
    .toSorted((a, b) => rank(a.name) - rank(b.name))
    .map(({ name, description, parameters }) => {
      const schema = JSON.stringify(parameters);
      const { properties } = parameters;
      return {
        name,
        summaryChars: description.length,
        summaryHash: hashOf(description),
        schemaChars: schema.length,
        schemaHash: hashOf(schema),
        propertiesCount:
          typeof properties === "object" && properties !== null ? Object.keys(properties).length : 0,
      };
    });
  return { listChars: 0, schemaChars: entries.reduce((sum, entry) => sum + entry.schemaChars, 0), entries };
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
