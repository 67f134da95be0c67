import { posix } from "node:path";
import { mask } from "./mask.ts";
import { ruleIds } from "./protocol-rules.ts";
import type { Finding, HouseRule, Tree } from "./tree.ts";
import { findings, isCode, isDocument, isTest } from "./tree.ts";

const OUR_FOLDERS = /^(src|schemas|harness|bench|tools)\//;
const JUNK_DRAWER = /(?:^|[/.-])(?:utils?|helpers?|common|misc|stuff|shared-utils)(?=[/.-]|$)/;
/** Paths of the machine somebody worked on; a checkout must mean the same everywhere. */
const MACHINE_PATH =
  /(?<![\w.~$}:/-])\/(?:work|root|home\/(?!someone\b)\w+|Users\/\w+|tmp\/ref)(?=[/\s"'`,;:)]|$)/gm;
/** Hosts that a lockfile or a document may carry by accident. */
const REGISTRY_HOST = /\bregistry\.(?:npmjs|yarnpkg)\.(?:org|com)\b/g;

const topicStem = (path: string, root: string): string | undefined =>
  new RegExp(`^${root}/([a-z0-9-]+/[a-z0-9-]+)[.]ts$`).exec(path)?.[1];

function stems(tree: Tree, root: string): string[] {
  return [...tree.keys()].flatMap((path) => topicStem(path, root) ?? []);
}

const missing = (path: string, why: string): Finding => ({ path, line: 0, message: `missing: ${why}` });

export const treeRules: readonly HouseRule[] = [
  {
    name: "no junk drawers",
    check: (tree) =>
      [...tree.keys()].flatMap((path) =>
        OUR_FOLDERS.test(path) && JUNK_DRAWER.test(path)
          ? [{ path, line: 0, message: "name the file for the thing it holds" }]
          : [],
      ),
  },
  {
    name: "file names are kebab-case",
    check: (tree) =>
      [...tree.keys()].flatMap((path) =>
        OUR_FOLDERS.test(path) && isCode(path) && !/^[a-z0-9]+(?:[-.][a-z0-9]+)*$/.test(posix.basename(path))
          ? [{ path, line: 0, message: "kebab-case, named for the thing" }]
          : [],
      ),
  },
  {
    name: "one topic, one stem: handler, contract and test",
    check: (tree) => [
      ...stems(tree, "src/methods").flatMap((stem) => [
        ...(tree.has(`schemas/methods/${stem}.ts`)
          ? []
          : [missing(`schemas/methods/${stem}.ts`, "its contract")]),
        ...(tree.has(`src/methods/${stem}.test.ts`)
          ? []
          : [missing(`src/methods/${stem}.test.ts`, "its test")]),
      ]),
      ...stems(tree, "schemas/methods").flatMap((stem) =>
        tree.has(`src/methods/${stem}.ts`)
          ? []
          : [missing(`src/methods/${stem}.ts`, "who answers the contract")],
      ),
    ],
  },
  {
    name: "every declared method is called by a scenario",
    check: (tree) => {
      const called = calledMethods(tree);
      return [...tree].flatMap(([path, text]) =>
        path.startsWith("schemas/methods/") && isCode(path) && !isTest(path)
          ? findings(path, text, /^ {2}method: "([^"]+)"/gm, ([, method]) => method ?? "")
              .filter(({ message: method }) => !called.has(method))
              .map((finding) => ({ ...finding, message: `no scenario of corpus/ calls ${finding.message}` }))
          : [],
      );
    },
  },
  {
    name: "compat() names a scenario or a rule",
    check: (tree) => {
      const known = new Set([...scenarioIds(tree), ...ruleIds(tree.get("docs/PROTOCOL.md") ?? "")]);
      return [...tree].flatMap(([path, text]) =>
        isCode(path) && /^(src|schemas)\//.test(path)
          ? findings(path, mask(text).comments, /\bcompat\(([^)\n]*)\)/g, ([, id]) => id ?? "")
              .filter(({ message: id }) => !known.has(id))
              .map((finding) => ({
                ...finding,
                message: `compat(${finding.message}): no scenario and no rule of docs/PROTOCOL.md has this id`,
              }))
          : [],
      );
    },
  },
  {
    name: "one title per document",
    check: (tree) =>
      [...tree].flatMap(([path, text]) => {
        if (!isDocument(path) || path.startsWith(".github/")) return [];
        const titles = text.replaceAll(/^(`{3,})[^\n]*\n[\s\S]*?^\1/gm, "").match(/^# .+$/gm) ?? [];
        return titles.length === 1
          ? []
          : [{ path, line: 0, message: `${titles.length} titles; exactly one` }];
      }),
  },
  {
    name: "rule ids are unique",
    check: (tree) => {
      const ids = ruleIds(tree.get("docs/PROTOCOL.md") ?? "");
      return [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))].map((id) => ({
        path: "docs/PROTOCOL.md",
        line: 0,
        message: `[${id}] is defined twice`,
      }));
    },
  },
  {
    name: "nothing of this machine",
    check: (tree) =>
      [...tree].flatMap(([path, text]) =>
        path.startsWith("tools/tidy")
          ? []
          : [
              ...findings(path, text, MACHINE_PATH, ([found]) => `a path of one machine: ${found}`),
              ...findings(path, text, REGISTRY_HOST, ([found]) => `a registry's host: ${found}`),
            ],
      ),
  },
  {
    name: "links in documents lead somewhere",
    check: (tree) =>
      [...tree].flatMap(([path, text]) =>
        isDocument(path) ? brokenLinks(tree, path, text.replaceAll(/`[^`\n]*`/g, "")) : [],
      ),
  },
  {
    name: "tests stand beside what they test",
    check: (tree) =>
      [...tree.keys()].flatMap((path) =>
        isTest(path) && !OUR_FOLDERS.test(path)
          ? [{ path, line: 0, message: "tests live in src, schemas, harness, bench or tools" }]
          : [],
      ),
  },
];

/** The id of a scenario is its file's stem, and what its `id:` says. */
export function scenarioIds(tree: Tree): Set<string> {
  return new Set(
    [...tree].flatMap(([path, text]) => {
      const stem = /^corpus\/(.+)[.]ya?ml$/.exec(path)?.[1];
      return stem === undefined
        ? []
        : [stem, ...[...text.matchAll(/^(?:- )?id: (\S+)$/gm)].map(([, id]) => id ?? "")];
    }),
  );
}

function calledMethods(tree: Tree): Set<string> {
  return new Set(
    [...tree].flatMap(([path, text]) =>
      /^corpus\/.+[.]ya?ml$/.test(path)
        ? [...text.matchAll(/["\s{,]call"?:\s*["']?([\w.-]+)/g)].map(([, method]) => method ?? "")
        : [],
    ),
  );
}

function brokenLinks(tree: Tree, path: string, text: string): Finding[] {
  const folders = new Set([...tree.keys()].map((file) => posix.dirname(file)));
  return findings(
    path,
    text,
    /\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)/g,
    ([, target]) => target ?? "",
  )
    .filter(({ message: target }) => {
      const file = posix.normalize(posix.join(posix.dirname(path), target)).replace(/\/$/, "");
      return (
        !tree.has(file) && ![...folders].some((folder) => folder === file || folder.startsWith(`${file}/`))
      );
    })
    .map((finding) => ({ ...finding, message: `the link leads nowhere: ${finding.message}` }));
}
