import type { Clock } from "../../platform/clock.ts";
import type { Agents } from "../agents/index.ts";
import type { ConfigSource, JsonRecord } from "../config/index.ts";
import type { Model, Models } from "../models/index.ts";
import type { RunRequest } from "../runs/index.ts";
import type { Entry, EntryChange, Sessions } from "../sessions/index.ts";
import type { Subagents } from "../subagents/index.ts";

/** What a command wants to happen besides being answered. */
export interface CommandAnswer {
  readonly text: string;
  /** Changes the session. */
  readonly change?: EntryChange;
  /** Puts the conversation aside before the answer is written. */
  readonly reset?: "new" | "reset";
  /** A notice about the session rather than a reply: clients show it differently. */
  readonly isNotice?: true;
  /** It cannot be had: where it stands inside a message, the message is not answered. */
  readonly isRefusal?: true;
  /** The command says nothing that the model needs to know. */
  readonly isOutOfContext?: true;
}

export type ChangeConfig = (change: (config: JsonRecord) => JsonRecord) => Promise<void>;

/** Decides on what a word names among all that waits for a yes, in the name of somebody. */
export type Decide = (word: string, decision: string, by: string) => Promise<void>;

export interface CommandContext {
  readonly agents: Agents;
  readonly models: Models;
  readonly clock: Clock;
  readonly config: ConfigSource;
  readonly version: string;
  readonly upSince: number;
  readonly request: RunRequest;
  readonly entry: Entry | undefined;
  readonly argument: string;
  readonly decide: Decide;
  readonly subagents: Pick<Subagents, "list">;
  readonly sessions: Pick<Sessions, "get" | "history">;
  /** Changes what the configuration's file says. */
  readonly changeConfig: ChangeConfig;
  /** The names of the skills that the agent may use. */
  readonly skillNames: () => Promise<readonly string[]>;
  /** The tools that the agent may use. */
  readonly toolNames: () => Promise<readonly string[]>;
  /** Titles of work that goes on beside the session. */
  readonly taskLines: () => Promise<readonly string[]>;
}

export type Answers = Readonly<
  Record<string, (context: CommandContext) => CommandAnswer | Promise<CommandAnswer>>
>;

/** A member of a session that no code of ours reads by name. */
export function withExtra(entry: Entry | undefined, changes: Readonly<Record<string, unknown>>): EntryChange {
  const extra = Object.entries({ ...entry?.extra, ...changes }).filter(([, value]) => value !== undefined);
  return { extra: Object.fromEntries(extra) };
}

export function modelOf({ agents, models, request, entry }: CommandContext): {
  readonly name: string;
  readonly model: Model | undefined;
} {
  const override =
    entry?.modelOverride === undefined ? undefined : `${entry.providerOverride ?? ""}/${entry.modelOverride}`;
  const name = override ?? agents.get(request.agentId)?.model ?? "";
  return { name, model: models.resolve(name) };
}
