import type { Look } from "./look.ts";
import { isProse } from "./plain-text.ts";

/** All looks of one walk through one gateway. */
export interface Walk {
  readonly gateway: string;
  readonly looks: readonly Look[];
}

export const KINDS = ["stuck", "banner", "complaint", "failure", "refusal", "path", "text", "asked"] as const;
export type Kind = (typeof KINDS)[number];

/** Something that one walk has at a stop and the other has not. */
export interface Difference {
  readonly stop: string;
  readonly kind: Kind;
  /** The gateway that showed it. */
  readonly only: string;
  readonly text: string;
  /** Worth reading, but no reason to fail: an order of questions, a sentence in other words. */
  readonly isNote: boolean;
}

type Items = (look: Look) => readonly string[];

const ITEMS: Readonly<Record<Kind, Items>> = {
  stuck: (look) => (look.stuck === undefined ? [] : [look.stuck]),
  banner: (look) => look.banners,
  complaint: (look) => look.complaints,
  failure: (look) => look.failures,
  refusal: (look) => look.refusals,
  path: (look) => [look.path],
  text: (look) => look.lines,
  asked: (look) => look.asked,
};

/** What only the reference complains about is nothing that a user of the other gateway misses. */
const ONE_WAY: ReadonlySet<Kind> = new Set(["banner", "complaint", "failure"]);

function isNote(kind: Kind, text: string, isReference: boolean): boolean {
  if (kind === "asked") return true;
  if (kind === "text") return isProse(text);
  return isReference && ONE_WAY.has(kind);
}

function differencesAt(stop: string, reference: Walk, other: Walk, a: Look, b: Look): Difference[] {
  return KINDS.flatMap((kind) => {
    const ofReference = new Set(ITEMS[kind](a));
    const ofOther = new Set(ITEMS[kind](b));
    const missing = [...ofReference.difference(ofOther)].map((text) => ({
      ...{ stop, kind, only: reference.gateway, text },
      isNote: isNote(kind, text, true),
    }));
    const extra = [...ofOther.difference(ofReference)].map((text) => ({
      ...{ stop, kind, only: other.gateway, text },
      isNote: isNote(kind, text, false),
    }));
    return [...missing, ...extra];
  });
}

/** What a person would notice on one of two walks over the same stops. */
export function differences(reference: Walk, other: Walk): Difference[] {
  const byStop = new Map(reference.looks.map((look) => [look.stop, look]));
  return other.looks.flatMap((look) => {
    const same = byStop.get(look.stop);
    return same === undefined ? [] : differencesAt(look.stop, reference, other, same, look);
  });
}

/** Of a walk with nothing to compare it with: where it got stuck, and what it should not have met. */
export function troubles({ gateway, looks }: Walk): Difference[] {
  return looks.flatMap((look) =>
    KINDS.filter((kind) => kind === "stuck" || kind === "refusal" || ONE_WAY.has(kind)).flatMap((kind) =>
      ITEMS[kind](look).map((text) => ({
        stop: look.stop,
        kind,
        only: gateway,
        text,
        isNote: kind !== "stuck",
      })),
    ),
  );
}
