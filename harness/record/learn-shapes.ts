import type { GoldenRecord } from "../compare/canonical.ts";
import { type ShapesRecord, splitShape } from "../compare/events.ts";
import type { NoiseRule } from "../compare/noise.ts";

const keyOf = (record: ShapesRecord): string =>
  JSON.stringify([record.openedBy, record.connection, record.event]);
const isShapes = (record: GoldenRecord): record is ShapesRecord => record.type === "shapes";

/** pointer -> the types seen there. */
function typesOf(record: ShapesRecord): Map<string, string> {
  const types = new Map<string, string>();
  for (const shape of record.required) {
    const [pointer, type] = splitShape(shape);
    const before = types.get(pointer);
    types.set(pointer, before === undefined ? type : `${before} ${type}`);
  }
  return types;
}

/** Keys of one event that are there, or have that type, at some moments only. */
export function shapeRules(
  first: readonly GoldenRecord[],
  second: readonly GoldenRecord[],
  samples: number,
): NoiseRule[] {
  const others = new Map(second.filter(isShapes).map((record) => [keyOf(record), record]));
  return first.filter(isShapes).flatMap((record) => {
    const other = others.get(keyOf(record));
    if (other === undefined) return [];
    const [one, two] = [typesOf(record), typesOf(other)];
    const varying = [...new Set([...one.keys(), ...two.keys()])]
      .filter((pointer) => one.get(pointer) !== two.get(pointer) && !pointer.includes("/*"))
      .sort();
    const outermost = varying.filter((pointer) => !varying.some((outer) => pointer.startsWith(`${outer}/`)));
    return outermost.map((pointer): NoiseRule => {
      const isOptional = !one.has(pointer) || !two.has(pointer);
      return {
        on: `event:${record.event.split("#")[0]}`,
        path: `/payload${pointer}`,
        rule: "volatile",
        ...(isOptional ? { optional: true } : {}),
        why: "learned: a snapshot in an event, taken a moment earlier or later",
        samples,
      };
    });
  });
}

/** Shapes of all samples in one: what was always there, and what was there at times. */
export function mergeShapes(samples: readonly (readonly GoldenRecord[])[]): ShapesRecord[] {
  const all = samples.map((records) => records.filter(isShapes));
  const keys = [...new Set(all.flat().map(keyOf))].sort();
  return keys.flatMap((key) => {
    const found = all.map((records) => records.find((record) => keyOf(record) === key));
    const present = found.filter((record) => record !== undefined);
    const first = present[0];
    if (first === undefined) return [];
    const union = [...new Set(present.flatMap((record) => [...record.required, ...record.optional]))].sort();
    const required = union.filter((shape) => present.every((record) => record.required.includes(shape)));
    return [
      {
        ...first,
        required,
        optional: union.filter((shape) => !required.includes(shape)),
        isOptional: present.length < found.length || present.some((record) => record.isOptional),
      },
    ];
  });
}
