/** Values known while a scenario runs: what the gateway is, and what earlier steps saved. */
export type Variables = ReadonlyMap<string, unknown>;

const WHOLE = /^\$\{([^}]+)\}$/;
/** `$${NAME}` is how a scenario writes a literal ${NAME}: the gateway's own config has such variables. */
const PART = /\$\$\{|\$\{([^}]+)\}/g;

export class UnboundVariable extends Error {
  override readonly name = "UnboundVariable";
}

function lookup(variables: Variables, name: string): unknown {
  if (!variables.has(name)) throw new UnboundVariable(`\${${name}} is not bound: no step saved it`);
  return variables.get(name);
}

function fillText(text: string, variables: Variables): unknown {
  const whole = WHOLE.exec(text);
  if (whole?.[1] !== undefined) return lookup(variables, whole[1]);
  return text.replace(PART, (_match, name: string | undefined) =>
    name === undefined ? "${" : String(lookup(variables, name)),
  );
}

/** Puts values in the place of ${name}, in keys too; a text that is one variable alone keeps the value's type. */
export function fill(value: unknown, variables: Variables): unknown {
  if (typeof value === "string") return fillText(value, variables);
  if (Array.isArray(value)) return value.map((item) => fill(item, variables));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [String(fillText(key, variables)), fill(item, variables)]),
  );
}

export function fillString(text: string, variables: Variables): string {
  return String(fillText(text, variables));
}

/** Names used anywhere in a value: what a step depends on. */
export function variablesIn(value: unknown): ReadonlySet<string> {
  const names = new Set<string>();
  const text = JSON.stringify(value) ?? "";
  for (const match of text.matchAll(PART)) if (match[1] !== undefined) names.add(match[1]);
  return names;
}
