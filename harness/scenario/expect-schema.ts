import { z } from "zod";

/** A JSON pointer into what the step received; "" is the whole of it. */
export const Pointer = z.string().regex(/^(\/[^/]*)*$/, "must be a JSON pointer such as /payload/runId");
const Pointers = z.union([Pointer, z.array(Pointer).min(1)]);

/**
 * What has to hold on any gateway. Pointers address the received document: a response frame
 * (/ok /payload /error), an event frame (/event /payload), a close (/code /reason), an HTTP answer
 * (/status /headers /body), or for `times` steps the list of them (/0/payload ...).
 */
export const Expect = z.strictObject({
  ok: z.boolean().optional(),
  /** Short for equals { /error/code: ... }. */
  code: z.string().optional(),
  /** Short for equals { /error/message: ... }. */
  message: z.string().optional(),
  nonEmpty: Pointers.optional(),
  absent: Pointers.optional(),
  present: Pointers.optional(),
  equals: z.record(Pointer, z.unknown()).optional(),
  notEquals: z.record(Pointer, z.unknown()).optional(),
  /** Regular expressions over the value as text. */
  matches: z.record(Pointer, z.string()).optional(),
  /** Length of a list or text, or number of keys. */
  count: z.record(Pointer, z.int().min(0)).optional(),
  /** A list has an element that contains this value (objects: as a subset), or a text has this part. */
  includes: z.record(Pointer, z.unknown()).optional(),
  excludes: z.record(Pointer, z.unknown()).optional(),
  atLeast: z.record(Pointer, z.number()).optional(),
  atMost: z.record(Pointer, z.number()).optional(),
  /** For connect, send and call: the socket is closed afterwards with this code and reason. */
  close: z.strictObject({ code: z.int().optional(), reason: z.string().optional() }).optional(),
});
export type Expect = z.infer<typeof Expect>;

/** The keys that say something about content; `ok: true` alone would be vacuous agreement. */
export const SUBSTANTIAL = [
  "nonEmpty",
  "absent",
  "present",
  "equals",
  "notEquals",
  "matches",
  "count",
  "includes",
  "excludes",
  "atLeast",
  "atMost",
  "close",
  "code",
  "message",
] as const satisfies readonly (keyof Expect)[];

export function isSubstantial(expect: Expect | undefined): boolean {
  return expect !== undefined && SUBSTANTIAL.some((key) => expect[key] !== undefined);
}
