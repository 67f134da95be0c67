import type { ToolDeclaration } from "../runs/index.ts";
import { PLUGIN_ROSTER, ROSTER, type RosterTool } from "./roster.ts";

export const PROFILES = [
  { id: "minimal", label: "Minimal" },
  { id: "coding", label: "Coding" },
  { id: "messaging", label: "Messaging" },
  { id: "full", label: "Full" },
] as const;

const BUILT_IN: ReadonlyMap<string, RosterTool> = new Map(
  ROSTER.flatMap(({ tools }) => tools.map((tool) => [tool.id, tool] as const)),
);
const OWNERS: ReadonlyMap<string, string> = new Map([
  ...PLUGIN_ROSTER.flatMap(({ pluginId, tools }) => tools.map(({ id }) => [id, pluginId] as const)),
  ["browser", "browser"],
  ["canvas", "canvas"],
  ["memory_get", "memory-core"],
  ["memory_search", "memory-core"],
]);

/** The tools that a policy may name, by group, and those of the plugins that are in force. */
export function catalogue(isLoaded: (pluginId: string) => boolean) {
  const core = ROSTER.map(({ id, label, tools }) => ({
    id,
    label,
    source: "core" as const,
    tools: tools.map((tool) => ({
      id: tool.id,
      label: tool.id,
      description: tool.description,
      source: "core" as const,
      defaultProfiles: [...tool.profiles],
    })),
  }));
  const plugins = PLUGIN_ROSTER.filter(({ pluginId }) => isLoaded(pluginId)).map((group) => ({
    id: group.id,
    label: group.label,
    pluginId: group.pluginId,
    source: "plugin" as const,
    tools: group.tools.map((tool) => ({
      id: tool.id,
      label: tool.title ?? tool.id,
      description: tool.description,
      ...(tool.title === undefined ? {} : { fullDescription: tool.description }),
      source: "plugin" as const,
      pluginId: group.pluginId,
      optional: false,
      defaultProfiles: [...tool.profiles],
    })),
  }));
  return [...core, ...plugins];
}

/** The tools that a session's agent may use now, by what they are called on a screen. */
export function effective(tools: readonly ToolDeclaration[]) {
  const rows = tools.map(({ name, description }) => ({
    id: name,
    label: titleOf(name),
    description: firstSentence(description),
    rawDescription: description,
  }));
  rows.sort((a, b) => a.label.localeCompare(b.label));
  const core = rows.filter(({ id }) => !OWNERS.has(id)).map((row) => ({ ...row, source: "core" as const }));
  const brought = rows.flatMap((row) => {
    const pluginId = OWNERS.get(row.id);
    return pluginId === undefined ? [] : [{ ...row, source: "plugin" as const, pluginId }];
  });
  return [
    ...(core.length === 0
      ? []
      : [{ id: "core", label: "Built-in tools", source: "core" as const, tools: core }]),
    ...(brought.length === 0
      ? []
      : [{ id: "plugin", label: "Connected tools", source: "plugin" as const, tools: brought }]),
  ];
}

function titleOf(name: string): string {
  const known = BUILT_IN.get(name)?.title;
  if (known !== undefined) return known;
  const words = name.split("_").map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return words.join(" ");
}

function firstSentence(text: string): string {
  return /^.*?[.!?](?=\s|$)/s.exec(text)?.[0] ?? text;
}
