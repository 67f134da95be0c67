import type { KeySchema, KeySpace, ReloadKind } from "./keys.ts";

const LISTED_MAX = 12;
const WHEN: Readonly<Record<ReloadKind, string>> = {
  none: "Read when it is needed.",
  hot: "Takes effect while the gateway runs.",
  restart: "Takes effect after a restart.",
};

/** What may stand at a key and when a change of it counts, in a sentence or two: for forms that ask for help. */
export function explain(schema: KeySchema, space: KeySpace, reload: ReloadKind): string {
  const resolved = space.resolve(schema);
  const standard = resolved.default === undefined ? "" : ` Default: ${JSON.stringify(resolved.default)}.`;
  return `${sentence(kindOf(resolved, space))}${standard} ${WHEN[reload]}`;
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

function kindOf(schema: KeySchema, space: KeySpace): string {
  if (schema.const !== undefined) return `only ${JSON.stringify(schema.const)}`;
  if (schema.enum !== undefined) return oneOf(schema.enum.map((value) => String(value)));
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches !== undefined)
    return union(
      branches.map((branch) => space.resolve(branch)),
      space,
    );
  if (Array.isArray(schema.type)) return schema.type.map(plain).join(" or ");
  switch (schema.type) {
    case "integer":
      return `a whole number${range(schema)}`;
    case "number":
      return `a number${range(schema)}`;
    case "array":
      return "a list";
    case "object":
      return schema.properties === undefined ? "entries by name" : "a group of settings";
    default:
      return plain(String(schema.type ?? "any"));
  }
}

function union(branches: readonly KeySchema[], space: KeySpace): string {
  const constants = branches.filter((branch) => branch.const !== undefined);
  if (constants.length === branches.length) return oneOf(constants.map(({ const: value }) => String(value)));
  return [...new Set(branches.map((branch) => kindOf(branch, space)))].join(", or ");
}

function oneOf(values: readonly string[]): string {
  const shown = values.slice(0, LISTED_MAX).join(", ");
  return `one of ${shown}${values.length > LISTED_MAX ? " and others" : ""}`;
}

function plain(type: string): string {
  const words: Readonly<Record<string, string>> = {
    string: "text",
    boolean: "true or false",
    null: "nothing",
  };
  return words[type] ?? type;
}

function range({ minimum, maximum, exclusiveMinimum }: KeySchema): string {
  const least = minimum ?? exclusiveMinimum;
  if (least !== undefined && maximum !== undefined) return ` from ${least} to ${maximum}`;
  if (minimum !== undefined) return ` of at least ${minimum}`;
  if (exclusiveMinimum !== undefined) return ` above ${exclusiveMinimum}`;
  return maximum === undefined ? "" : ` of at most ${maximum}`;
}
