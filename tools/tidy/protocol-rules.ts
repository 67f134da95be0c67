import type { Finding, Tree } from "./tree.ts";
import { findings, isTest } from "./tree.ts";

/** A rule's id where it is defined: the first thing of a line, after a list mark, a heading or a table's bar. */
const DEFINITION = /^[ \t]*(?:[-*|#]+[ \t]*)?(?:\*\*)?\[([A-Z]{2,4}\d+[a-z]?)\]/gm;
/** A rule's id where it is used: in brackets in a test's title, or in a scenario's `covers`. */
const IN_TITLE =
  /(?:\b(?:test|it|describe)(?:\.\w+)*(?:\([^"'`]*?\))?|\](?: as const)?\))\(\s*(["'`])((?:(?!\1)[\s\S])*)\1/g;
const ID_IN_BRACKETS = /\[((?:[A-Z]{2,4}\d+[a-z]?)(?:[,\s]+[A-Z]{2,4}\d+[a-z]?)*)\]/g;
const COVERS = /^[ \t-]*covers:[ \t]*(\[[^\]]*\]|(?:\n[ \t]*- .+)+)/gm;
/** The tests of a port, which every adapter runs from its own test file. */
const SUITE = /^src\/testing\/[a-z-]+-suite[.]ts$/;
const ID = /\b[A-Z]{2,4}\d+[a-z]?\b/g;

/** Ids in the order in which docs/PROTOCOL.md defines them, doubles included. */
export function ruleIds(protocol: string): string[] {
  return [...protocol.matchAll(DEFINITION)].map(([, id]) => id ?? "");
}

/** Every rule id that a test's title or a scenario claims, with the place that claims it. */
export function claimedRules(tree: Tree): Finding[] {
  return [...tree].flatMap(([path, text]) => {
    if (isTest(path) || SUITE.test(path)) return path.startsWith("tools/") ? [] : claimedByTitles(path, text);
    return /^corpus\/.*[.]ya?ml$/.test(path) ? claimedByScenario(path, text) : [];
  });
}

function claimedByTitles(path: string, text: string): Finding[] {
  return findings(path, text, IN_TITLE, ([, , title]) => title ?? "").flatMap((finding) =>
    [...finding.message.matchAll(ID_IN_BRACKETS)].flatMap(([, ids]) => split(ids ?? "", finding)),
  );
}

function claimedByScenario(path: string, text: string): Finding[] {
  return findings(path, text, COVERS, ([, list]) => list ?? "").flatMap((finding) =>
    split(finding.message, finding),
  );
}

function split(ids: string, finding: Finding): Finding[] {
  return (ids.match(ID) ?? []).map((id) => ({ ...finding, message: id }));
}

export interface RuleCoverage {
  readonly defined: readonly string[];
  /** Defined, but no test and no scenario says that it proves it. */
  readonly unproven: readonly string[];
  /** Claimed by a test or a scenario, but docs/PROTOCOL.md does not know it. */
  readonly unknown: readonly Finding[];
}

export function ruleCoverage(tree: Tree): RuleCoverage {
  const defined = ruleIds(tree.get("docs/PROTOCOL.md") ?? "");
  const claims = claimedRules(tree);
  const claimed = new Set(claims.map(({ message }) => message));
  const known = new Set(defined);
  return {
    defined,
    unproven: defined.filter((id) => !claimed.has(id)),
    unknown: claims.filter(({ message }) => !known.has(message)),
  };
}
