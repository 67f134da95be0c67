import { createHash } from "node:crypto";
import type { ToolCall } from "./provider.ts";
import type { ToolResult } from "./tools.ts";

/** Times in a row that one call may come to the same result in one turn. */
const REPEATS_MAX = 20;

/** Notices that a model makes the same call again and again and gets nowhere. It looks at one turn only. */
export interface LoopWatch {
  /** True when this call came to the same result too often to be made once more. */
  isStuck(call: ToolCall): boolean;
  note(call: ToolCall, result: ToolResult): void;
}

export function createLoopWatch(): LoopWatch {
  const streaks = new Map<string, { result: string; count: number }>();
  const hash = (value: unknown) => createHash("sha256").update(JSON.stringify(value)).digest("base64url");
  const keyOf = (call: ToolCall) => hash([call.name, call.arguments]);
  return {
    isStuck: (call) => (streaks.get(keyOf(call))?.count ?? 0) >= REPEATS_MAX,
    note(call, { text, isError }) {
      const key = keyOf(call);
      const result = hash([text, isError]);
      const before = streaks.get(key);
      streaks.set(key, { result, count: before?.result === result ? before.count + 1 : 1 });
    },
  };
}

/** What the model reads instead of a result. */
export function stuckResult(call: ToolCall): ToolResult {
  const text = `${call.name} came to the same result ${REPEATS_MAX} times with these arguments and is not run again in this turn. Try something else, or say what stands in the way.`;
  return { text, isError: true, error: text };
}
