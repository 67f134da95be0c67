import { isRecord } from "../answers.ts";

/** What a template may speak of. */
export interface TemplateContext {
  readonly payload: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly query: Readonly<Record<string, string>>;
  readonly path: string;
  readonly now: string;
}

const PLACEHOLDER = /\{\{\s*([^{}]+?)\s*\}\}/g;
/** Names that lead out of the data and into the language. */
const FORBIDDEN: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

/** Fills in `{{payload.field}}`, `{{messages[0].subject}}`, `{{headers.x}}` …; what is not there is nothing. */
export function render(template: string, context: TemplateContext): string {
  return template.replaceAll(PLACEHOLDER, (_whole, expression: string) =>
    wording(lookUp(expression, context)),
  );
}

export function isTemplate(text: string): boolean {
  return /\{\{[^{}]+\}\}/.test(text);
}

function lookUp(expression: string, context: TemplateContext): unknown {
  const [root = "", ...rest] = steps(expression);
  switch (root) {
    case "path":
    case "now":
      return rest.length === 0 ? context[root] : undefined;
    case "headers":
      return follow(
        context.headers,
        rest.map((step) => step.toLowerCase()),
      );
    case "query":
      return follow(context.query, rest);
    case "payload":
      return follow(context.payload, rest);
    default:
      return follow(context.payload, [root, ...rest]);
  }
}

function steps(expression: string): string[] {
  return expression
    .replaceAll(/\[(\d+)\]/g, ".$1")
    .split(".")
    .map((step) => step.trim());
}

function follow(from: unknown, path: readonly string[]): unknown {
  let value = from;
  for (const step of path) {
    if (FORBIDDEN.has(step)) return undefined;
    if (Array.isArray(value)) value = (value as readonly unknown[])[Number(step)];
    else if (isRecord(value) && Object.hasOwn(value, step)) value = value[step];
    else return undefined;
  }
  return value;
}

function wording(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}
