import type { Clock } from "../../platform/clock.ts";
import type { Agents } from "../agents/index.ts";
import type { Publisher } from "../events.ts";
import type { Models } from "../models/index.ts";
import {
  type CommandRunner,
  type CompactionOutcome,
  injectedMessage,
  type RunRequest,
} from "../runs/index.ts";
import type { Entry, EntryChange, Message, Sessions } from "../sessions/index.ts";
import { answer, type CommandAnswer } from "./answers.ts";
import { findCommand } from "./catalog.ts";

export interface CommandsOptions {
  readonly sessions: Sessions;
  readonly agents: Agents;
  readonly models: Models;
  readonly events: Publisher;
  readonly clock: Clock;
  readonly version: string;
  readonly upSince: number;
  readonly compact: (sessionKey: string, instructions?: string) => Promise<CompactionOutcome>;
}

/** Answers the commands of the catalogue. Anything else that begins with a slash is for the model. */
export function createCommands(options: CommandsOptions): CommandRunner {
  const { sessions, events, clock } = options;

  async function run(request: RunRequest, name: string, argument: string): Promise<string> {
    const entry = await sessions.get(request.sessionKey);
    const said =
      name === "compact"
        ? await compacted(options, request, entry, argument)
        : answer(name, { ...options, request, entry, argument });
    if (said.reset !== undefined) await sessions.lifecycle.reset(request.sessionKey, said.reset);
    await sessions.addParticipant(request.sessionKey, request.client.id);
    await sessions.append(request.sessionKey, inputMessage(request, said), {
      runId: request.runId,
      idempotencyKey: `${request.runId}:user`,
    });
    const reply = injectedMessage(said.text, clock.now(), request.runId);
    await sessions.append(request.sessionKey, reply, { idempotencyKey: request.runId });
    const { runId, sessionKey, agentId } = request;
    events.publish("chat", {
      runId,
      sessionKey,
      agentId,
      seq: 1,
      state: "final",
      message: said.isNotice ? { ...reply, content: noticed(said.text) } : reply,
    });
    await sessions.update(sessionKey, atRest(entry), { reason: "agent.input.settled" });
    const { change } = said;
    if (change !== undefined) await sessions.update(sessionKey, () => change, { reason: "patch" });
    return said.text;
  }

  return {
    match(request) {
      if (request.isPlain === true) return undefined;
      const found = /^(\/[a-z_]+)(?::|\s+|$)([\s\S]*)$/i.exec(request.message.trim());
      const command = found?.[1] === undefined ? undefined : findCommand(found[1]);
      if (command === undefined) return undefined;
      const argument = found?.[2]?.trim() ?? "";
      if (argument !== "" && !command.acceptsArgs) return undefined;
      return () => run(request, command.name, argument);
    },
  };
}

/** compat(chat/turn): what is left is not counted before the model is asked again, so it is told as unknown. */
async function compacted(
  { agents, models, compact }: CommandsOptions,
  request: RunRequest,
  entry: Entry | undefined,
  instructions: string,
): Promise<CommandAnswer> {
  const outcome = await compact(request.sessionKey, instructions === "" ? undefined : instructions);
  const override = entry?.modelOverride && `${entry.providerOverride ?? ""}/${entry.modelOverride}`;
  const model = models.resolve(override ?? agents.get(request.agentId)?.model ?? "");
  const window = model === undefined ? "?" : `${Math.round(model.contextWindow / 1_000)}k`;
  const what = outcome.compacted
    ? "Compaction finished (resulting context unknown)"
    : `Compaction ${outcome.reason === TOO_SMALL ? "skipped" : "failed"}: ${outcome.reason ?? "unknown"}`;
  return { text: `⚙️ ${what} • Context ?/${window}`, isNotice: true };
}

const TOO_SMALL = "Nothing to compact (session too small)";

/** A command is no run: a session that was waiting for its first turn is at rest again. */
function atRest(entry: Entry | undefined): (now: Entry) => EntryChange {
  return (now) => (now.status === "running" && entry?.startedAt === undefined ? { status: undefined } : {});
}

function noticed(text: string) {
  return [{ type: "text", text, openclawStatusNotice: true }];
}

function inputMessage(request: RunRequest, said: CommandAnswer): Message {
  return {
    role: "user",
    content: request.message,
    timestamp: request.acceptedAt,
    idempotencyKey: `${request.runId}:user`,
    ...(said.isOutOfContext ? { excludeFromContext: true } : {}),
    __openclaw: {
      ...(request.isOwner === true ? { senderIsOwner: true } : {}),
      transport: { clients: [{ id: request.client.id, mode: request.client.mode }] },
      ...(said.isOutOfContext ? { contextFreeCommand: true } : {}),
    },
  };
}
