import { type TUnsafe, Type } from "@sinclair/typebox";

/**
 * TypeBox writes a choice of strings as `anyOf` of constants and a constant with a `type`. The reference writes
 * `enum` and bare `const`, and the difference shows in the text of a refusal, so contracts use these.
 */

/** One of these values: `{ enum: [...] }`. */
export function oneOf<const T extends readonly (string | number | boolean | null)[]>(
  ...values: T
): TUnsafe<T[number]> {
  return Type.Unsafe<T[number]>({ enum: values });
}

/** Exactly this value: `{ const: value }`. */
export function constant<const T extends string | number | boolean | null>(value: T): TUnsafe<T> {
  return Type.Unsafe<T>({ const: value });
}
