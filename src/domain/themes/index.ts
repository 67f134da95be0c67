export { checkAppearance, checkDefinition } from "./definition.ts";

/** A theme that the Control UI brings along. The descriptions are ours; the UI has its own. */
export interface Theme {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly source: "builtin";
  readonly modes: readonly ("light" | "dark")[];
}

const ROWS: readonly (readonly [id: string, name: string, description: string])[] = [
  ["claw", "Claw", "The first look: coral and teal, dark or pale."],
  ["knot", "Knot", "Black or white with crimson, and much contrast."],
  ["dash", "Dash", "Caramel and cocoa, with a serif for the chat."],
  ["absolutely", "Absolutely", "Clay on graphite or cream, like a printed page."],
  ["tide", "Tide", "Slate and cyan, cool and plain."],
  ["beacon", "Beacon", "Amber and large type, made to be read easily."],
  ["phosphor", "Phosphor", "Green on near black, all of it monospaced."],
  ["crt", "CRT", "An old tube: white, amber and square corners."],
  ["manuscript", "Manuscript", "Aged paper with blue, gold and a serif."],
  ["rose", "Rosé", "Muted rose and gold on plum or cream."],
  ["miami", "Miami", "Neon magenta and cyan on violet."],
];

export const THEMES: readonly Theme[] = ROWS.map(([id, name, description]) => ({
  id,
  name,
  description,
  source: "builtin",
  modes: ["light", "dark"],
}));

/** What holds as long as nobody chose: choices belong to persons, and a shared secret is nobody in particular. */
export const CURRENT_THEME = { id: "claw", mode: "system", scope: "gateway", overrides: {} } as const;
