import type { TSchema } from "@sinclair/typebox";
import { explain } from "./explain.ts";

/** Says what is wrong with params, or undefined when nothing is. */
export type ParamsCheck = (params: unknown) => string | undefined;

/**
 * Calls of a method before its check is compiled. Compiling costs milliseconds and interpreting microseconds, and
 * most methods of a gateway's life are called a few times.
 */
const CALLS_BEFORE_COMPILING = 64;

/** The check of one method: interpreted at first, compiled by ajv once the method proves to be a busy one. */
export function paramsCheck(schema: TSchema): ParamsCheck {
  let isSurelyRight: ((params: unknown) => boolean) | undefined;
  let calls = 0;
  return (params) => {
    calls += 1;
    if (calls === CALLS_BEFORE_COMPILING) {
      void compile(schema).then((compiled) => {
        isSurelyRight = compiled;
      });
    }
    // What the compiled check refuses is looked at again, for the text and because the two count letters differently.
    return isSurelyRight?.(params) === true ? undefined : explain(schema, params);
  };
}

async function compile(schema: TSchema): Promise<(params: unknown) => boolean> {
  const { Ajv } = await import("ajv");
  return new Ajv({ strict: false, validateFormats: false }).compile(schema);
}
