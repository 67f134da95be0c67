/** The part of JSON Schema that describes the key space. Every member is optional: `{}` takes anything. */
export interface KeySchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly KeySchema[];
  readonly oneOf?: readonly KeySchema[];
  readonly allOf?: readonly KeySchema[];
  readonly properties?: Readonly<Record<string, KeySchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | KeySchema;
  readonly propertyNames?: KeySchema;
  readonly items?: KeySchema | readonly KeySchema[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly default?: unknown;
}

/** What changing a key asks for: nothing, a quiet reload, or a new start. */
export type ReloadKind = "none" | "hot" | "restart";

/** One generated part of the key space: see `tools/config-keys.ts`. Repeated schemas stand once, in `defs`. */
export interface KeyData {
  readonly defs: Readonly<Record<string, KeySchema>>;
  readonly schema: KeySchema;
}

export interface KeySpace {
  readonly schema: KeySchema;
  resolve(schema: KeySchema): KeySchema;
  /** Paths of secrets, with `*` for any key and `[]` for any index. */
  readonly sensitive: readonly string[];
  /** Longest matching prefix wins; a path without one asks for a restart. */
  readonly reload: Readonly<Record<string, ReloadKind>>;
  /** Ids of the networks that the reference knows. */
  readonly channels: readonly string[];
}

interface CoreData extends KeyData {
  readonly channels: readonly string[];
  readonly sensitive: readonly string[];
  readonly reload: Readonly<Record<string, ReloadKind>>;
}

/**
 * Loads the key space. With `extensions` the sections of channels and plugins are described too; without, they
 * are taken as they are, which saves reading them at a start that has neither.
 */
export async function loadKeySpace(options: { readonly extensions: boolean }): Promise<KeySpace> {
  const core = parse<CoreData>((await import("./keys.gen.ts")).default);
  const extensions = options.extensions
    ? parse<KeyData>((await import("./extensions.gen.ts")).default)
    : undefined;
  const defs = { ...core.defs, ...extensions?.defs };
  const schema: KeySchema = {
    ...core.schema,
    properties: {
      // Left out of what the reference describes, and accepted by it all the same.
      $schema: { type: "string" },
      ...core.schema.properties,
      ...extensions?.schema.properties,
      understudy: { type: "object", additionalProperties: {} },
    },
  };
  const resolve = (reference: KeySchema): KeySchema => {
    const target = reference.$ref === undefined ? undefined : defs[reference.$ref];
    return target ?? reference;
  };
  const { sensitive, reload, channels } = core;
  return { schema, resolve, sensitive, reload, channels };
}

function parse<T>(text: string): T {
  // Generated next to this file and held to this type by the generator.
  return JSON.parse(text) as T;
}
