import type { Active } from "./active.ts";

/** The runs of one session: one at a time, the others in the order in which they came. */
export interface Line {
  current: Active | undefined;
  readonly waiting: Active[];
  /** Takes the next turn out of the queue; messages to be collected come as one. */
  take(): Active | undefined;
  remove(one: Active): void;
}

export function createLine(): Line {
  const line: Line = {
    current: undefined,
    waiting: [],
    take() {
      const next = line.waiting.shift();
      if (next === undefined || next.mode !== "collect") return next;
      while (line.waiting[0]?.mode === "collect") {
        const other = line.waiting.shift();
        if (other !== undefined) next.collected.push(other);
      }
      return next;
    },
    remove(one) {
      drop(line.waiting, one);
      if (line.current !== undefined) drop(line.current.steered, one);
    },
  };
  return line;
}

function drop(list: Active[], one: Active): void {
  const index = list.indexOf(one);
  if (index >= 0) list.splice(index, 1);
}
