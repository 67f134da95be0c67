import type { ToolResult } from "../../../domain/runs/index.ts";

/** What a tool found, as a model reads it and as clients may show it. */
export function answer(details: unknown): ToolResult {
  return { text: JSON.stringify(details, null, 2), isError: false, details };
}

/** What tools that neither run commands nor change files have in common. */
export const QUIET = { isCommandBearing: false, isInOrder: false } as const;
