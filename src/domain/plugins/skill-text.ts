import type { Manifest } from "./manifest.ts";

/** The SKILL.md of a skill that a plugin brings, as an agent would read it. */
export function skillText({ name, description }: NonNullable<Manifest["skills"]>[number]): string {
  const title = name.split("-").map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `---\nname: ${name}\ndescription: ${description}\n---\n\n# ${title.join(" ")}\n\n${description}\n`;
}
