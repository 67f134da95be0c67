/** A line of a note with its number, so that what is said can be traced. */
interface Fact {
  readonly text: string;
  readonly source: string;
}

/** Facts of one note that an entry tells. */
const FACTS_MAX = 8;
/** Somebody prefers something: the one thing that notes say for good without being asked. */
const LASTING = /\w\s+prefers?\s/i;

/**
 * What a note says outright, and nothing that would have to be guessed. The sections and their order are those that
 * readers of the diary know.
 */
export function groundedEntry(relative: string, note: string): string {
  const facts = factsOf(relative, note);
  if (facts.length === 0) {
    return [
      "What Happened",
      "1. No grounded facts were extracted.",
      "",
      "Reflections",
      "1. No grounded reflections emerged from this note yet.",
    ].join("\n");
  }
  const told = (fact: Fact): string => `${fact.text} [${fact.source}]`;
  return [
    "What Happened",
    ...facts.map((fact, index) => `${index + 1}. ${told(fact)}`),
    "",
    "Reflections",
    `1. Something was said plainly that is meant to last. [${facts.map(({ source }) => source).join(", ")}]`,
    "",
    "Candidates",
    ...facts.map((fact) => `- [likely_durable] ${told(fact)}`),
    "",
    "Possible Lasting Updates",
    ...facts.map((fact) => `- ${told(fact)}`),
  ].join("\n");
}

function factsOf(relative: string, note: string): Fact[] {
  return note
    .split("\n")
    .map((line, index) => ({
      text: line.replace(/^\s*(?:[-*+]|\d+[.)])\s+/, "").trim(),
      source: `${relative}:${index + 1}`,
    }))
    .filter(({ text }) => LASTING.test(text) && !text.startsWith("#"))
    .slice(0, FACTS_MAX);
}
