import { invalidRequest } from "../../errors/protocol-error.ts";

/** A theme of somebody's own, as it is given; its shape was checked, and not what stands in it. */
export interface ThemeDefinition {
  readonly name: string;
  readonly description: string;
  readonly workingPhrases?: readonly string[];
  readonly critters?: readonly string[];
  readonly avatarHat?: string;
  readonly light?: Palette;
  readonly dark?: Palette;
}

type Palette = Readonly<Record<string, string | undefined>>;

const CRITTERS = ["penguin", "fedora"];
const HATS = ["fedora", "crown", "santa", "party", "pumpkin"];

const HEX = /^#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i;
/** Numbers, units and separators only: what reaches a style sheet must not be able to end its declaration. */
const FUNCTION =
  /^(?:rgba?|hsla?|lab|lch|oklab|oklch)\([\d\s.,%/+-]*\d[\d\s.,%/+-]*(?:deg|rad|grad|turn)?[\d\s.,%/+-]*\)$/i;
const IN_SPACE = /^color\([a-z][a-z0-9-]*\s[\d\s.,%/+-]*\d[\d\s.,%/+-]*\)$/i;
const FONTS = /^[\w\s"',-]+$/;
const KEYWORDS = new Set(["transparent"]);

/** Refuses what would not do as a theme, and says the first thing that is wrong with it. */
export function checkDefinition(theme: ThemeDefinition): void {
  mustBeLine("theme.name", theme.name, 80);
  mustBeLine("theme.description", theme.description, 320);
  if (theme.light === undefined && theme.dark === undefined) {
    throw invalidRequest("theme must provide at least one light or dark palette");
  }
  if (theme.light !== undefined) checkPalette("theme.light", theme.light);
  if (theme.dark !== undefined) checkPalette("theme.dark", theme.dark);
  theme.workingPhrases?.forEach((phrase, index) => {
    mustBeLine(`theme.workingPhrases[${index}]`, phrase, 24);
  });
  theme.critters?.forEach((critter, index) => {
    mustBeOneOf(`theme.critters[${index}]`, critter, CRITTERS);
  });
  if (theme.avatarHat !== undefined) mustBeOneOf("theme.avatarHat", theme.avatarHat, HATS);
}

function mustBeLine(name: string, text: string, charsMax: number): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (text.trim() !== "" && text.length <= charsMax && !/[\u0000-\u001f\u007f]/.test(text)) return;
  throw invalidRequest(`${name} must be nonempty text of at most ${charsMax} characters`);
}

function mustBeOneOf(name: string, value: string, known: readonly string[]): void {
  if (!known.includes(value)) throw invalidRequest(`${name} must be one of ${known.join(", ")}`);
}

function checkPalette(name: string, palette: Palette): void {
  for (const [key, value = ""] of Object.entries(palette)) {
    if (key.startsWith("font-")) {
      if (!FONTS.test(value)) throw invalidRequest(`${name}.${key} must contain only font family names`);
    } else if (!isColor(value.trim())) {
      throw invalidRequest(
        `${name}.${key} must be a hex, rgb, hsl, lab, lch, oklab, oklch, or color() color`,
      );
    }
  }
}

function isColor(value: string): boolean {
  return HEX.test(value) || FUNCTION.test(value) || IN_SPACE.test(value) || KEYWORDS.has(value);
}

export interface Appearance {
  readonly accent?: string | null;
  readonly fontUi?: string | null;
  readonly fontChat?: string | null;
}

/** Refuses a taste that pages do not know: an accent is a colour or the theme's own, a font the system's. */
export function checkAppearance({ accent, ...fonts }: Appearance): void {
  if (typeof accent === "string" && accent !== "theme" && !/^#[0-9a-f]{6}$/i.test(accent)) {
    throw invalidRequest("Unsupported appearance preference: accent.");
  }
  for (const [name, font] of Object.entries(fonts)) {
    if (typeof font === "string" && !FONT_CHOICES.has(font)) {
      throw invalidRequest(`Unsupported appearance preference: ${name}.`);
    }
  }
}

/** The system's font, and those that the Control UI brings along. */
const FONT_CHOICES: ReadonlySet<string> = new Set([
  "system",
  "atkinson-hyperlegible",
  "dm-sans",
  "fraunces",
  "geist",
  "ibm-plex-sans",
  "instrument-sans",
  "jetbrains-mono",
  "lora",
  "space-grotesk",
]);
