import type { Environment } from "./paths.ts";
import { mapStrings, section } from "./record.ts";
import type { ConfigIssue } from "./snapshot.ts";

/** `${NAME}`, or `$${NAME}` for the text itself. Only capital names count. */
const VARIABLE = /\$?\$\{([A-Z_][A-Z0-9_]*)\}/g;

export interface Substituted {
  readonly value: unknown;
  readonly warnings: readonly ConfigIssue[];
}

/** Replaces variables. One that is missing or empty stays visible and is told of once per place. */
export function substitute(value: unknown, env: Environment): Substituted {
  const warnings: ConfigIssue[] = [];
  const replaced = mapStrings(value, (text, path) =>
    text.includes("${")
      ? text.replace(VARIABLE, (match, name: string) => {
          if (match.startsWith("$$")) return match.slice(1);
          const found = env[name];
          if (found !== undefined && found !== "") return found;
          const message = `missing env var "${name}" - feature using this value will be unavailable`;
          warnings.push({ path, message });
          return match;
        })
      : text,
  );
  return { value: replaced, warnings };
}

/** True for a value that still names a variable nobody set. */
export function isUnresolved(value: string): boolean {
  return /\$\{[A-Z_][A-Z0-9_]*\}/.test(value);
}

/** The environment with what `env.vars` of the file adds; a variable that is already set is never replaced. */
export function withConfigVariables(parsed: unknown, env: Environment): Environment {
  const vars = section(section(parsed, "env"), "vars");
  const added: Record<string, string> = {};
  for (const [name, value] of Object.entries(vars)) {
    if (typeof value === "string" && (env[name] ?? "") === "") added[name] = value;
  }
  return Object.keys(added).length === 0 ? env : { ...env, ...added };
}

/** Lines of a `.env` file. Quotes are removed; nothing inside is expanded. */
export function parseDotenv(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const line of text.split(/\r?\n/)) {
    const match = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*?)\s*$/.exec(line);
    const [, name, value = ""] = match ?? [];
    if (name === undefined) continue;
    const quoted = /^(["'])(.*)\1$/.exec(value);
    found[name] = quoted?.[2] ?? value.replace(/\s+#.*$/, "");
  }
  return found;
}
