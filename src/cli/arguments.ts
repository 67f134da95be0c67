import { type ParseArgsConfig, parseArgs } from "node:util";
import { UsageError } from "./terminal.ts";

type Options = NonNullable<ParseArgsConfig["options"]>;

/** `node:util`'s parser, with its complaints turned into ours. No library is loaded to read a command line. */
export function parseCommandLine<const O extends Options>(
  args: readonly string[],
  options: O,
  positionalsMax: number,
) {
  let parsed: ReturnType<
    typeof parseArgs<{ args: string[]; options: O; allowPositionals: true; strict: true }>
  >;
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    const unknown = /Unknown option '([^']+)'/.exec(text)?.[1];
    throw new UsageError(unknown === undefined ? text : `does not recognize option "${unknown}"`);
  }
  const [surplus] = parsed.positionals.slice(positionalsMax);
  if (surplus !== undefined) throw new UsageError(`unexpected argument ${JSON.stringify(surplus)}`);
  return parsed;
}

/** A number of milliseconds, at least one. */
export function parseTimeout(text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new UsageError(`--timeout wants milliseconds, not ${JSON.stringify(text)}`);
  return value;
}
