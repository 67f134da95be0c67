import { POLICY } from "../../../schemas/policy.ts";
import type { SessionContext } from "./context.ts";
import type { Entry } from "./entry.ts";
import type { ModelFacts } from "./model-facts.ts";
import type { RowView } from "./row.ts";

/** What a reader asked for and may see; what a run does is asked for each row. */
export type ListView = Omit<RowView, "activity">;

interface Kept {
  readonly entry: Entry;
  readonly facts: ModelFacts;
  readonly children: readonly string[];
  readonly defaultAgentId: string;
  /** The row without its time and its closing brace. */
  readonly head: Buffer;
}

/**
 * Rows of lists as the bytes of their JSON. A client asks for the same page again after each change, and of its rows
 * one changed: the others are not put together and encoded once more.
 */
export class RowTexts {
  readonly #context: SessionContext;
  /** By what was asked for, then by the key of the session. */
  readonly #kept = new Map<string, Map<string, Kept>>();

  constructor(context: SessionContext) {
    this.#context = context;
  }

  /** A JSON list of these sessions, in pieces. The rows are of one moment, so all of them end alike. */
  list(entries: readonly Entry[], view: ListView): readonly Buffer[] {
    const { agents } = this.#context.parts;
    const kept = this.#of(view);
    const factsOf = this.#factsSource();
    const { defaultId: defaultAgentId } = agents;
    const end = `,"snapshotAt":${this.#context.now()}}`;
    const next = Buffer.from(`${end},`);
    const last = Buffer.from(`${end}]`);
    const rows = entries.flatMap((entry, index) => {
      const children = this.#context.parts.roster.children(entry.key);
      const inputs = { entry, facts: factsOf(entry), children, defaultAgentId };
      const head = this.#isSteady(entry) ? this.#steady(kept, inputs, view) : this.#make(entry, view);
      return [head, index === entries.length - 1 ? last : next];
    });
    return rows.length === 0 ? [NO_ROWS] : [FIRST_ROW, ...rows];
  }

  #of(view: ListView): Map<string, Kept> {
    const name = nameOf(view);
    const kept = this.#kept.get(name) ?? new Map<string, Kept>();
    this.#kept.set(name, kept);
    return kept;
  }

  /** Within one list, all sessions of an agent that chose no model of their own share the agent's. */
  #factsSource(): (entry: Entry) => ModelFacts {
    const { models } = this.#context.parts;
    const ofAgents = new Map<string, ModelFacts>();
    return (entry) => {
      const { agentId, providerOverride, modelOverride } = entry;
      if (providerOverride !== undefined || modelOverride !== undefined) return models.of(agentId, entry);
      const facts = ofAgents.get(agentId) ?? models.of(agentId);
      ofAgents.set(agentId, facts);
      return facts;
    };
  }

  /** What a run does and what expires changes without a change of the entry. */
  #isSteady({ key, agentStatus }: Entry): boolean {
    return agentStatus === undefined && this.#context.parts.activity.activeRunIds(key).length === 0;
  }

  #steady(kept: Map<string, Kept>, inputs: Omit<Kept, "head">, view: ListView): Buffer {
    const { entry, facts, children, defaultAgentId } = inputs;
    const known = kept.get(entry.key);
    const isValid =
      known !== undefined &&
      known.entry === entry &&
      known.facts === facts &&
      known.children === children &&
      known.defaultAgentId === defaultAgentId;
    if (isValid) return known.head;
    if (kept.size >= POLICY.sessionRowTextsMax) kept.clear();
    const head = this.#make(entry, view);
    kept.set(entry.key, { ...inputs, head });
    return head;
  }

  #make(entry: Entry, view: ListView): Buffer {
    const activity = this.#context.activityOf(entry);
    const { snapshotAt: _, ...row } = this.#context.row(entry, { ...view, activity });
    return lasting(JSON.stringify(row).slice(0, -1));
  }
}

const NO_ROWS = Buffer.from("[]");
const FIRST_ROW = Buffer.from("[");

/** In memory of its own: a small `Buffer.from` is a part of a larger block, and would keep all of it. */
function lasting(text: string): Buffer {
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(text));
  bytes.write(text);
  return bytes;
}

function nameOf({ sharingRole, withTitle, withLastMessage, withSummary }: ListView): string {
  return `${sharingRole}${withTitle ? "t" : ""}${withLastMessage ? "m" : ""}${withSummary ? "s" : ""}`;
}
