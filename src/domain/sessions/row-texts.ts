import { POLICY } from "../../../schemas/policy.ts";
import type { SessionContext } from "./context.ts";
import type { Entry } from "./entry.ts";
import type { ModelFacts } from "./model-facts.ts";
import type { RowView } from "./row.ts";

interface Kept {
  readonly entry: Entry;
  readonly facts: ModelFacts;
  readonly children: readonly string[];
  readonly defaultAgentId: string;
  /** The row without its time and its closing brace. */
  readonly head: string;
}

/**
 * Rows of lists as JSON texts. A client asks for the same page again after each change, and of its rows one changed:
 * the others are not put together and encoded once more.
 */
export class RowTexts {
  readonly #context: SessionContext;
  readonly #kept = new Map<string, Kept>();

  constructor(context: SessionContext) {
    this.#context = context;
  }

  of(entry: Entry, view: RowView & Required<Pick<RowView, "activity">>): string {
    const { head } = this.#isSteady(entry, view) ? this.#steady(entry, view) : this.#make(entry, view);
    return `${head},"snapshotAt":${this.#context.now()}}`;
  }

  /** What a run does and what expires changes without a change of the entry. */
  #isSteady(entry: Entry, { activity }: Required<Pick<RowView, "activity">>): boolean {
    return activity.activeRunIds.length === 0 && entry.agentStatus === undefined;
  }

  #steady(entry: Entry, view: RowView): Kept {
    const name = `${nameOf(view)}${entry.key}`;
    const known = this.#kept.get(name);
    const { agents, models, roster } = this.#context.parts;
    const isValid =
      known !== undefined &&
      known.entry === entry &&
      known.facts === models.of(entry.agentId, entry) &&
      known.children === roster.children(entry.key) &&
      known.defaultAgentId === agents.defaultId;
    if (isValid) return known;
    const made = this.#make(entry, view);
    this.#kept.delete(name);
    this.#kept.set(name, made);
    const oldest = this.#kept.size > POLICY.sessionRowTextsMax ? this.#kept.keys().next() : undefined;
    if (oldest?.done === false) this.#kept.delete(oldest.value);
    return made;
  }

  #make(entry: Entry, view: RowView): Kept {
    const { agents, models, roster } = this.#context.parts;
    const { snapshotAt: _, ...row } = this.#context.row(entry, view);
    return {
      entry,
      facts: models.of(entry.agentId, entry),
      children: roster.children(entry.key),
      defaultAgentId: agents.defaultId,
      head: JSON.stringify(row).slice(0, -1),
    };
  }
}

function nameOf({ sharingRole, withTitle, withLastMessage, withSummary }: RowView): string {
  return `${sharingRole}${withTitle ? "t" : ""}${withLastMessage ? "m" : ""}${withSummary ? "s" : ""} `;
}
