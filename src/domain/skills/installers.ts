import type { Installer } from "./read-skill.ts";
import type { FoundSkill } from "./scan.ts";

export interface InstallChoice {
  readonly platform: string;
  readonly prefersBrew: boolean;
  /** `npm`, `pnpm`, `yarn` or `bun`. */
  readonly nodeManager: string;
  hasBin(name: string): boolean;
}

/** The ways to get what a skill needs that make sense on this machine: one of them, or all that are downloads. */
export function installersFor(skill: FoundSkill, choice: InstallChoice): readonly Installer[] {
  const { os } = skill.requires;
  if (os.length > 0 && !os.includes(choice.platform)) return [];
  const own = skill.install.filter((one) => one.os.length === 0 || one.os.includes(choice.platform));
  if (own.length > 0 && own.every(({ kind }) => kind === "download")) return own;
  const preferred = preferredOf(own, choice);
  return preferred === undefined ? [] : [preferred];
}

function preferredOf(own: readonly Installer[], choice: InstallChoice): Installer | undefined {
  const ofKind = (kind: string): Installer | undefined => own.find((one) => one.kind === kind);
  const hasBrew = choice.hasBin("brew");
  return (
    (choice.prefersBrew && hasBrew ? ofKind("brew") : undefined) ??
    ofKind("uv") ??
    ofKind("node") ??
    (hasBrew ? ofKind("brew") : undefined) ??
    ofKind("go") ??
    own[0]
  );
}

/** What a button for this installer says. Packages of node name the manager that will be used. */
export function installerLabel({ kind, label, subject }: Installer, nodeManager: string): string {
  if (kind === "node" && subject !== undefined) return `Install ${subject} (${nodeManager})`;
  if (label !== "") return label;
  if (subject === undefined) return "Run installer";
  if (kind === "download") return `Download ${subject.split("/").pop() || subject}`;
  return `Install ${subject} (${kind})`;
}
