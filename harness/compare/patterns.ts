import { hostname, release } from "node:os";
import type { TraceFacts } from "../drive/trace.ts";
import { PASSWORD, WRONG_TOKEN } from "../launch/secrets.ts";

/** A found id waits for its number between these noncharacters, which no text of a gateway contains. */
const OPEN = "\uFDD0";
const MIDDLE = "\uFDD1";
const CLOSE = "\uFDD2";
export const PENDING = /\uFDD0([a-z0-9-]+)\uFDD1([^\uFDD2]*)\uFDD2/g;
const MARKED = /(\uFDD0[^\uFDD2]*\uFDD2)/;
export const pendingId = (kind: string, raw: string): string => `${OPEN}${kind}${MIDDLE}${raw}${CLOSE}`;

const DAY_MS = 86_400_000;
/** Times further away than this are the scenario's own, and compared as they are. */
const NEAR_MS = 400 * DAY_MS;
const NEAR_S = 2 * 86_400;
const CLOCK_SLACK_MS = 120_000;

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
const ISO =
  /(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? )?\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d| ?UTC)?/g;
const CLOCK = /\b(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d+)?)?(?: ?([AP])M)?\b/g;
const SHA256 = /\bsha256[:-][A-Za-z0-9+/_=-]{16,}/g;
const HEX = /(?<![A-Za-z0-9])(?=[0-9a-f]*[a-f])(?=[0-9a-f]*\d)[0-9a-f]{16,}(?![A-Za-z0-9])/gi;
const LONG_WORD = /(?<![A-Za-z0-9_-])(?=[\w-]*[a-z])(?=[\w-]*[A-Z])[\w-]{32,}(?![A-Za-z0-9_-])/g;
/** A close reason holds 123 bytes, which may end in the middle of an id. */
const CUT_ID = /(?<=\(requestId: )[0-9a-f-]{1,35}$/;
const DAY = /(?<![\d-])\d{4}-\d\d-\d\d(?![\d-]|[T ]\d)/g;
const NEAR_DAYS = 45;
const EPOCH_MS = /(?<!\d)\d{13}(?!\d)/g;

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

function isoNear(facts: TraceFacts): (text: string) => string {
  return (text) => {
    const bare = text.replace(/^[A-Za-z,]+ /, "");
    const hasZone = /(?:Z|[+-]\d\d:?\d\d)$/.test(bare);
    const parsed = Date.parse(
      hasZone
        ? bare
        : `${bare
            .replace(/ ?UTC$/, "")
            .replace(" ", "T")
            .replace(",", ".")}Z`,
    );
    const isNear = Number.isFinite(parsed) && Math.abs(parsed - facts.startedAtMs) < NEAR_MS;
    return isNear ? "<iso>" : text;
  };
}

/**
 * Random letters, not the name of something: one base64url id in 150 has fewer than two digits, but then every
 * third letter is a capital, which no name in camel case has.
 */
function isOpaque(word: string): boolean {
  const digits = word.match(/\d/g)?.length ?? 0;
  const capitals = word.match(/[A-Z]/g)?.length ?? 0;
  return digits >= 2 || capitals * 10 >= word.length * 3;
}

/** Clock times while the scenario ran; any other time of day is data. */
function clockNear(facts: TraceFacts): (match: string, ...groups: (string | undefined)[]) => string {
  return (match, hour, minute, second, half) => {
    const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half === "P" ? 12 : 0);
    const ofDay = ((hours * 60 + Number(minute)) * 60 + Number(second ?? 30)) * 1000;
    const from = (facts.startedAtMs - CLOCK_SLACK_MS) % DAY_MS;
    const length = facts.endedAtMs - facts.startedAtMs + 2 * CLOCK_SLACK_MS;
    const isNear = (ofDay - from + DAY_MS) % DAY_MS <= length;
    return isNear ? "<clock>" : match;
  };
}

/** Days shortly before and after the day of the recording: what is counted by day begins a fixed time ago. */
function dayNear(facts: TraceFacts): (text: string) => string {
  const today = Date.parse(new Date(facts.startedAtMs).toISOString().slice(0, 10));
  return (text) => {
    const days = (Date.parse(text) - today) / DAY_MS;
    return Number.isInteger(days) && Math.abs(days) <= NEAR_DAYS
      ? `<today${days < 0 ? "" : "+"}${days}>`
      : text;
  };
}

/** Today in the ways people and machines write it. */
function todayPattern(facts: TraceFacts): RegExp {
  const forms = new Set<string>();
  for (const atMs of [facts.startedAtMs, facts.endedAtMs]) {
    const date = new Date(atMs);
    const name = (options: Intl.DateTimeFormatOptions): string =>
      new Intl.DateTimeFormat("en-US", { timeZone: "UTC", ...options }).format(date);
    const iso = date.toISOString().slice(0, 10);
    const day = date.getUTCDate();
    forms.add(iso);
    forms.add(`${name({ weekday: "short" })} ${iso}`);
    for (const month of ["short", "long"] as const) {
      for (const weekday of ["short", "long"] as const) {
        const text = `${name({ month })} ${day}(?:st|nd|rd|th)?, ${date.getUTCFullYear()}`;
        forms.add(text);
        forms.add(`${name({ weekday })},? ${text}`);
      }
    }
  }
  return new RegExp([...forms].sort((a, b) => b.length - a.length).join("|"), "g");
}

export type Replacement = readonly [
  RegExp,
  string | ((match: string, ...groups: (string | undefined)[]) => string),
];

function exactly(text: string | undefined, name: string): Replacement[] {
  if (text === undefined || text.length < 4) return [];
  return [[new RegExp(escapeRegExp(text), "g"), name]];
}

function homeForms(home: string | undefined): Replacement[] {
  if (home === undefined) return [];
  const dashed = home.replaceAll(/[/.]/g, "-");
  const folder = home.split("/").at(-2) ?? "";
  return [
    ...exactly(home, "<home>"),
    ...exactly(encodeURIComponent(home), "<home-encoded>"),
    ...exactly(dashed, "<home-dashed>"),
    ...exactly(folder, "<home-folder>"),
  ];
}

function portForms(facts: TraceFacts): Replacement[] {
  const forms: Replacement[] = [];
  const name = (port: number, text: string): void => {
    forms.push([new RegExp(`(?<![\\d.])${port}(?![\\d]|\\.\\d)`, "g"), text]);
  };
  for (const offset of [0, 1, 10, 11])
    name(facts.port + offset, offset === 0 ? "<port>" : `<port+${offset}>`);
  name(facts.providerPort, "<provider-port>");
  return forms;
}

/** One replacement, which leaves alone what an earlier one has marked. */
export function replaceIn(text: string, [pattern, by]: Replacement): string {
  // The overloads of replace do not take a union of text and function.
  const replaced = (part: string): string =>
    typeof by === "string" ? part.replace(pattern, () => by) : part.replace(pattern, by);
  if (!text.includes(OPEN)) return replaced(text);
  return text
    .split(MARKED)
    .map((part) => (part.startsWith(OPEN) ? part : replaced(part)))
    .join("");
}

/** What to do to every text of a trace, in this order. */
export function textReplacements(facts: TraceFacts): readonly Replacement[] {
  const id =
    (kind: string) =>
    (match: string): string =>
      pendingId(kind, match);
  return [
    ...exactly(facts.cliHome, "<cli-home>"),
    ...homeForms(facts.home),
    // A folder, not the beginning of another one's name.
    [new RegExp(`${escapeRegExp(facts.installed)}(?=$|[/"'\\s])`, "g"), "<reference>"],
    // A short name would be found inside other words, so it counts only where it is the whole text.
    [new RegExp(`^${escapeRegExp(hostname())}$`, "g"), "<hostname>"],
    ...exactly(release(), "<os-release>"),
    ...exactly(facts.token, "<token>"),
    ...exactly(PASSWORD, "<password>"),
    ...exactly(WRONG_TOKEN, "<wrong-token>"),
    ...Object.entries(facts.devices).flatMap(([name, value]) => exactly(value, `<${name}>`)),
    [UUID, (match) => pendingId("uuid", match.toLowerCase())],
    [CUT_ID, "<cut>"],
    [ISO, isoNear(facts)],
    [todayPattern(facts), "<today>"],
    [DAY, dayNear(facts)],
    [CLOCK, clockNear(facts)],
    [SHA256, id("sha256")],
    [HEX, id("hex")],
    [LONG_WORD, (match) => (isOpaque(match) ? pendingId("opaque", match) : match)],
    [EPOCH_MS, (match) => (Math.abs(Number(match) - facts.startedAtMs) < NEAR_MS ? "<epoch-ms>" : match)],
    ...portForms(facts),
  ];
}

/** Numbers that are times or ports; undefined for all others. */
export function numberName(value: number, facts: TraceFacts): string | undefined {
  if (Math.abs(value - facts.startedAtMs) < NEAR_MS) {
    return Number.isInteger(value) ? "<epoch-ms>" : "<epoch-ms-fraction>";
  }
  if (Number.isInteger(value) && Math.abs(value - facts.startedAtMs / 1000) < NEAR_S) return "<epoch-s>";
  for (const offset of [0, 1, 10, 11]) {
    if (value === facts.port + offset) return offset === 0 ? "<port>" : `<port+${offset}>`;
  }
  return value === facts.providerPort ? "<provider-port>" : undefined;
}
