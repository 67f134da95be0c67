import { pointerMatches, segmentsOf } from "../scenario/pointer.ts";
import type { Scenario } from "../scenario/schema.ts";
import type { GoldenRecord } from "./canonical.ts";
import { type ShapesRecord, splitShape } from "./events.ts";
import { IdNumbers, numberIds, sortKeys, unnumber } from "./normalise.ts";
import { applyRules, asRules, type Rule, rulesFor } from "./rules.ts";

/** The rules that still make sense on a golden; ids and orders were settled when it was recorded. */
const isRepeatable = (rule: Rule): boolean => rule.rule !== "bind" && rule.rule !== "same-order";

/** Keys below a masked place are gone, the place itself has become a text or gone with them. */
function againShapes(record: ShapesRecord, rules: readonly Rule[]): ShapesRecord {
  const masks = rules.filter((rule) => rule.rule === "volatile" && rule.digits !== true);
  const mask = (shapes: readonly string[]): string[] => {
    const kept = shapes.flatMap((shape) => {
      const [pointer, type] = splitShape(shape);
      const path = ["payload", ...segmentsOf(pointer)];
      const isAt = (rule: Rule, length: number): boolean => pointerMatches(rule.path, path.slice(0, length));
      if (
        masks.some((rule) =>
          path.some((_segment, index) => index > 0 && index < path.length && isAt(rule, index)),
        )
      ) {
        return [];
      }
      const here = masks.filter((rule) => isAt(rule, path.length));
      if (here.some((rule) => rule.optional === true)) return [];
      return [`${pointer} ${here.length > 0 ? "string" : type}`];
    });
    return [...new Set(kept)].sort();
  };
  const required = mask(record.required);
  return {
    ...record,
    required,
    optional: mask(record.optional).filter((shape) => !required.includes(shape)),
  };
}

function again(record: GoldenRecord, rules: readonly Rule[]): GoldenRecord {
  const clean = (document: unknown, subject: string, step: string): unknown =>
    sortKeys(applyRules(document, rulesFor(rules, subject, step)));
  switch (record.type) {
    case "step":
      return record.received === undefined
        ? record
        : { ...record, received: clean(record.received, record.subject, record.id) };
    case "events":
      return {
        ...record,
        list: record.list.map((item) => clean(item, `event:${record.event}`, record.openedBy)),
      };
    case "outgoing":
      return { ...record, asks: record.asks.map((ask) => clean(ask, "provider", "provider")) };
    case "shapes":
      return againShapes(record, rulesFor(rules, `event:${record.event.split("#")[0]}`, record.openedBy));
    case "seq":
      return record;
    default:
      return record satisfies never;
  }
}

/** A golden under today's mask: rules learned after it was recorded are applied to it as well. */
export function refresh(
  records: readonly GoldenRecord[],
  scenario: Scenario,
  noise: readonly Rule[],
): GoldenRecord[] {
  const rules = [...noise, ...asRules(scenario.compare)].filter(isRepeatable);
  const numbers = new IdNumbers();
  // Both functions change texts only, so a record stays the record it was.
  return records
    .map((record) => unnumber(record) as GoldenRecord)
    .map((record) => numberIds(again(record, rules), numbers) as GoldenRecord);
}
