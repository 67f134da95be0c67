/** What `IDENTITY.md` says in lines such as `- Name: Ada`; clients of the reference read it there. */
export interface IdentityLines {
  readonly name?: string | undefined;
  readonly emoji?: string | undefined;
  readonly avatar?: string | undefined;
}

/** The text with these lines set: where a label stands already its value is replaced, else a line is added. */
export function withIdentity(text: string, identity: IdentityLines): string {
  let changed = text === "" ? "# IDENTITY.md\n\n" : text;
  for (const [label, value] of [
    ["Name", identity.name],
    ["Emoji", identity.emoji],
    ["Avatar", identity.avatar],
  ] as const) {
    if (value === undefined) continue;
    const line = `- ${label}: ${value.replaceAll(/\s+/g, " ").trim()}`;
    const labelled = new RegExp(`^- (\\*\\*)?${label}:(\\*\\*)?.*$`, "im");
    changed = labelled.test(changed)
      ? changed.replace(labelled, () => line)
      : `${changed}${changed.endsWith("\n") ? "" : "\n"}${line}\n`;
  }
  return changed;
}
