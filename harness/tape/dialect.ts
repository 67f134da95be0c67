import type { Ask } from "./ask.ts";
import type { Plan } from "./plan.ts";

/** One thing to write, and whether it counts as a piece of the answer (for hold and cut). */
export interface Piece {
  readonly data: string;
  readonly isChunk: boolean;
}

/** One vendor's wire format: how it asks, and how it is answered. */
export interface Dialect {
  /** The request read, or undefined when the path is not this vendor's. */
  read(path: string, body: unknown): Ask | undefined;
  streamType: string;
  /** The pieces of a streamed answer, in order. */
  stream(plan: Plan): Piece[];
  /** The same answer in one document. */
  whole(plan: Plan): unknown;
  error(status: number, message: string): unknown;
}

export const head = (data: string): Piece => ({ data, isChunk: false });
export const chunk = (data: string): Piece => ({ data, isChunk: true });
export const sse = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;
export const named = (event: string, value: object): string =>
  `event: ${event}\ndata: ${JSON.stringify({ type: event, ...value })}\n\n`;
