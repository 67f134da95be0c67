import type { TSchema } from "@sinclair/typebox";
import { explain } from "./explain.ts";

/** Says what is wrong with params, or undefined when nothing is. */
export type ParamsCheck = (params: unknown) => string | undefined;

/**
 * The check of one method. The schema is walked at each call: that takes a microsecond, while a compiler takes tens of
 * milliseconds for each method, in which nothing else moves.
 */
export function paramsCheck(schema: TSchema): ParamsCheck {
  return (params) => explain(schema, params);
}
