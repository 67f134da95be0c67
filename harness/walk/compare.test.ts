import { expect, test } from "vitest";
import { type Difference, differences, troubles } from "./compare.ts";
import { isExpected } from "./expected.ts";
import type { Look } from "./look.ts";
import { isProse, plainLine, plainLines } from "./plain-text.ts";
import { list, table } from "./report.ts";

function look(more: Partial<Look> = {}): Look {
  const nothing = { banners: [], complaints: [], failures: [], refusals: [], asked: [], lines: [] };
  return { stop: "home", path: "/chat/main", stuck: undefined, durationMs: 1, ...nothing, ...more };
}

const walk = (gateway: string, more: Partial<Look> = {}) => ({ gateway, looks: [look(more)] });
const found = (reference: Partial<Look>, ours: Partial<Look>) =>
  differences(walk("reference", reference), walk("ours", ours));

test.for([
  ["Connected to 127.0.0.1:19800", "Connected to <gateway>"],
  ["updated 3m ago", "updated <time>"],
  ["Done in 12 seconds", "Done in <duration>"],
  ["3.9 / 24 GB", "<number> / <size>"],
  ["session 2e4ffc38-8b4e-4d4f-9c9a-0f2a6d2b1c11", "session <id>"],
  ["/tmp/referee-0badf00d/home/.openclaw", "<home>/.openclaw"],
  ["12 sessions in range", "12 sessions in range"],
] as const)("%s is compared as %s", ([line, plain]) => {
  expect(plainLine(line)).toBe(plain);
});

test("a page is its lines, each once, without the empty ones", () => {
  expect(plainLines("A\n\nB\n A \n")).toEqual(["A", "B"]);
});

test("equal walks differ in nothing, and what only one shows is told with its side", () => {
  expect(found({ lines: ["A"] }, { lines: ["A"] })).toEqual([]);
  expect(found({ lines: ["A"] }, { lines: ["B"] })).toEqual([
    { stop: "home", kind: "text", only: "reference", text: "A", isNote: false },
    { stop: "home", kind: "text", only: "ours", text: "B", isNote: false },
  ]);
});

test("a banner, a complaint or a failure counts where the reference has none; a refusal counts on both sides", () => {
  const trouble = { banners: ["no"], complaints: ["404"], failures: ["404 GET /x"], refusals: ["m: no"] };
  const kinds = (list: readonly Difference[]) => list.filter((one) => !one.isNote).map(({ kind }) => kind);

  expect(kinds(found({}, trouble))).toEqual(["banner", "complaint", "failure", "refusal"]);
  expect(kinds(found(trouble, {}))).toEqual(["refusal"]);
  expect(troubles(walk("ours", { stuck: "no button" }))).toMatchObject([{ kind: "stuck", isNote: false }]);
});

test("sentences and the order of questions are notes, not failures", () => {
  const sentence = "This gateway says the same thing in words of its own";

  expect(isProse(sentence)).toBe(true);
  expect(found({}, { lines: [sentence], asked: ["health"] }).map(({ isNote }) => isNote)).toEqual([
    true,
    true,
  ]);
});

test("an expectation is for a stop, a kind and the whole text", () => {
  const difference = {
    stop: "settings/talk",
    kind: "text",
    only: "ours",
    text: "Mode",
    isNote: false,
  } as const;
  const rule = { stop: "settings/*", kind: "text", text: "Mo.e", why: "a reason" } as const;

  expect(isExpected(difference, [rule])).toBe(true);
  expect(isExpected(difference, [{ ...rule, text: "Mo" }])).toBe(false);
  expect(isExpected(difference, [{ ...rule, kind: "banner" }])).toBe(false);
  expect(isExpected(difference, [{ ...rule, stop: "settings" }])).toBe(false);
});

test("the report has a line per stop and a line per difference", () => {
  const differing = found({}, { banners: ["no"], lines: ["A"] });

  expect(table(walk("ours"), differing).split("\n")[1]).toMatch(/^home +1 +\. +\. +\. +1 +\.$/);
  expect(list(differing)).toBe("home  banner  only ours: no\nhome  text  only ours: A");
});
