import type { TSchema } from "@sinclair/typebox";

/** Says what is wrong with params, or undefined when nothing is. */
export type ParamsCheck = (params: unknown) => string | undefined;

/** Compiles the check of one method; done on first use. */
export async function compileParams(schema: TSchema): Promise<ParamsCheck> {
  const { Ajv } = await import("ajv");
  const ajv = new Ajv({ strict: false });
  const isValid = ajv.compile(schema);
  return (params) => (isValid(params) ? undefined : (ajv.errorsText(isValid.errors) ?? "invalid"));
}
