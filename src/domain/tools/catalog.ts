import type { ToolDeclaration } from "../runs/index.ts";

/** Where a tool stands in the catalogue. A tool that is not named here comes under `runtime`. */
const GROUPS = [
  { id: "fs", label: "Files", members: ["ls", "read", "write", "edit", "apply_patch"] },
  { id: "runtime", label: "Runtime", members: ["exec", "process"] },
] as const;

export const PROFILES = [
  { id: "minimal", label: "Minimal" },
  { id: "coding", label: "Coding" },
  { id: "messaging", label: "Messaging" },
  { id: "full", label: "Full" },
] as const;

/** The tools in the order of their groups, which is the order in which they are shown. */
export function catalogue(tools: readonly ToolDeclaration[]) {
  return GROUPS.flatMap(({ id, label, members }) => {
    const present = members.flatMap((name) => tools.filter((tool) => tool.name === name));
    if (present.length === 0) return [];
    const rows = present.map((tool) => ({
      id: tool.name,
      label: tool.name,
      description: firstSentence(tool.description),
      source: "core" as const,
      defaultProfiles: ["coding"],
    }));
    return [{ id, label, source: "core" as const, tools: rows }];
  });
}

/** The tools that a session's agent may use now, by what they are called on a screen. */
export function effective(tools: readonly ToolDeclaration[]) {
  const rows = tools.map(({ name, description }) => ({
    id: name,
    label: titleOf(name),
    description: firstSentence(description),
    rawDescription: description,
    source: "core" as const,
  }));
  rows.sort((a, b) => a.label.localeCompare(b.label));
  return rows.length === 0
    ? []
    : [{ id: "core", label: "Built-in tools", source: "core" as const, tools: rows }];
}

function titleOf(name: string): string {
  const words = name.split("_").map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return words.join(" ");
}

function firstSentence(text: string): string {
  return /^.*?[.!?](?=\s|$)/s.exec(text)?.[0] ?? text;
}
