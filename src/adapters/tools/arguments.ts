import type { ToolResult } from "../../domain/runs/index.ts";

/** What a model wrote as the arguments of a call; every member is looked at before it is used. */
export class Arguments {
  readonly #given: Readonly<Record<string, unknown>>;

  constructor(given: unknown) {
    this.#given = isRecord(given) ? given : {};
  }

  text(name: string): string | undefined {
    const value = this.#given[name];
    return typeof value === "string" ? value : undefined;
  }

  /** Throws for a member that is missing, in words for the model. */
  requiredText(name: string): string {
    const value = this.text(name);
    if (value === undefined) throw new ArgumentError(`Missing required parameter: ${name}`);
    return value;
  }

  /** As `requiredText`, and there has to be something in it. */
  filledText(name: string): string {
    const value = this.requiredText(name);
    if (value.trim() === "") throw this.missing(name);
    return value;
  }

  /** compat(RN21): says what did come, so that the model sees what it forgot. */
  missing(name: string): ArgumentError {
    const received = Object.entries(this.#given).map(([key, value]) => {
      if (value === "") return `${key}=<empty-string>`;
      return Array.isArray(value) ? `${key}=<array>` : key;
    });
    return new ArgumentError(
      `Missing required parameter: ${name} (received: ${received.join(", ")}). Supply correct parameters before retrying.`,
    );
  }

  number(name: string): number | undefined {
    const value = this.#given[name];
    return typeof value === "number" && Number.isFinite(value) ? value : undefined;
  }

  has(name: string): boolean {
    return this.#given[name] !== undefined;
  }

  flag(name: string): boolean {
    return this.#given[name] === true;
  }

  isFalse(name: string): boolean {
    return this.#given[name] === false;
  }

  list(name: string): readonly unknown[] {
    const value = this.#given[name];
    return Array.isArray(value) ? value : [];
  }

  record(name: string): Readonly<Record<string, unknown>> {
    const value = this.#given[name];
    return isRecord(value) ? value : {};
  }
}

/** The model got the arguments wrong; the text tells it how. */
export class ArgumentError extends Error {
  override readonly name = "ArgumentError";
}

/** Runs a tool; what goes wrong becomes a result that the model can read. compat(RN21): in this very form. */
export async function answered(tool: string, run: () => Promise<ToolResult>): Promise<ToolResult> {
  try {
    return await run();
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown.message : String(thrown);
    const details = { status: "error", tool, error };
    return { text: JSON.stringify(details, null, 2), isError: true, details, error };
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
