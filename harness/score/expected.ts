import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { z } from "zod";

/** Verdicts that an expectation can give to a check that does not pass. */
export const EXPECTED_VERDICTS = ["known-gap", "intentional", "reference-defect"] as const;

const Day = z.iso.date();

const Entry = z.strictObject({
  /** Check ids `<scenario>:<step>:<kind>`; `*` stands for any characters. */
  checks: z.array(z.string().regex(/^[^:]+:.+/, "a check id, or a scenario and `:*`")).min(1),
  verdict: z.enum(EXPECTED_VERDICTS).default("known-gap"),
  reason: z.string().min(12),
  since: Day,
  /** `intentional` is a decision and has none; a gap without an end is a lie. */
  expires: Day.optional(),
});
export type ExpectedEntry = z.infer<typeof Entry>;

const ExpectedFile = z.strictObject({ version: z.literal(1), expected: z.array(Entry) });

/** The day of expectations, `YYYY-MM-DD`. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}

export class ExpectationError extends Error {
  override readonly name = "ExpectationError";
}

export async function readExpected(path: string): Promise<readonly ExpectedEntry[]> {
  return parseExpected(await readFile(path, "utf8"), path);
}

export function parseExpected(text: string, path: string): readonly ExpectedEntry[] {
  const parsed = ExpectedFile.safeParse(parse(text));
  if (!parsed.success) throw new ExpectationError(`${path}: ${z.prettifyError(parsed.error)}`);
  for (const entry of parsed.data.expected) {
    if (entry.verdict === "known-gap" && entry.expires === undefined) {
      throw new ExpectationError(`${path}: "${entry.reason}" is a known gap and needs \`expires\``);
    }
  }
  return parsed.data.expected;
}

interface Matcher {
  readonly entry: ExpectedEntry;
  readonly pattern: string;
  readonly fits: (id: string) => boolean;
}

/** Looks failures up among what was expected, and remembers which expectations were of use. */
export class Expectations {
  readonly #matchers: readonly Matcher[];
  readonly #used = new Set<Matcher>();
  readonly #today: string;

  /** `today` as YYYY-MM-DD: an entry that has expired no longer excuses anything. */
  constructor(entries: readonly ExpectedEntry[], today: string) {
    this.#today = today;
    this.#matchers = entries.flatMap((entry) =>
      entry.checks.map((pattern) => ({ entry, pattern, fits: matcherOf(pattern) })),
    );
  }

  /** The entry that expects this check not to pass. */
  find(id: string): ExpectedEntry | undefined {
    const matcher = this.#matchers.find(({ entry, fits }) => !this.#isExpired(entry) && fits(id));
    if (matcher !== undefined) this.#used.add(matcher);
    return matcher?.entry;
  }

  /** Patterns that no failing check needed, once all were looked up: each hides progress and has to go. */
  stale(): readonly string[] {
    return this.#matchers
      .filter((matcher) => !this.#used.has(matcher) && !this.#isExpired(matcher.entry))
      .map(({ pattern }) => pattern);
  }

  expired(): readonly string[] {
    return this.#matchers.filter(({ entry }) => this.#isExpired(entry)).map(({ pattern }) => pattern);
  }

  #isExpired(entry: ExpectedEntry): boolean {
    return entry.expires !== undefined && entry.expires < this.#today;
  }
}

function matcherOf(pattern: string): (id: string) => boolean {
  if (!pattern.includes("*")) return (id) => id === pattern;
  const source = pattern.split("*").map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`));
  const regexp = new RegExp(`^${source.join(".*")}$`, "s");
  return (id) => regexp.test(id);
}
