import type { Clock } from "../../platform/clock.ts";
import type { Ids } from "../../platform/ids.ts";
import type { Agents } from "../agents/index.ts";
import type { ConfigSource } from "../config/index.ts";
import type { Publisher } from "../events.ts";
import type { Models } from "../models/index.ts";
import {
  type Aside,
  type CommandRunner,
  type CompactionOutcome,
  injectedMessage,
  type RunRequest,
  senderMembers,
} from "../runs/index.ts";
import {
  type Entry,
  type EntryChange,
  type Message,
  madeBy,
  type Sessions,
  speakerOf,
} from "../sessions/index.ts";
import type { Subagents } from "../subagents/index.ts";
import type { Speech } from "../voice/index.ts";
import { answer } from "./answers.ts";
import type { ChangeConfig, CommandAnswer, CommandContext, Decide } from "./context.ts";
import { exportSession } from "./export-session.ts";
import { goalStep } from "./goal.ts";
import { createInside, hear } from "./inside.ts";
import { isForModel, type Recognised, recognise } from "./recognise.ts";
import { tts } from "./speech-answers.ts";

export interface CommandsOptions {
  readonly sessions: Sessions;
  readonly agents: Agents;
  readonly models: Models;
  readonly config: ConfigSource;
  readonly events: Publisher;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly version: string;
  readonly upSince: number;
  readonly compact: (sessionKey: string, instructions?: string) => Promise<CompactionOutcome>;
  readonly aside: Aside;
  readonly speech: Speech;
  readonly changeConfig: ChangeConfig;
  readonly decide: Decide;
  readonly subagents: Pick<Subagents, "list">;
  readonly skillNames: (agentId: string) => Promise<readonly string[]>;
  readonly toolNames: (agentId: string) => Promise<readonly string[]>;
  readonly taskLines: (sessionKey: string) => Promise<readonly string[]>;
}

const ASIDE_TIMEOUT_MS = 120_000;

/** Answers the commands of the catalogue. Anything else that begins with a slash is for the model. */
export function createCommands(options: CommandsOptions): CommandRunner {
  const { sessions, events, clock } = options;

  const inside = createInside({
    sessions,
    events,
    now: () => clock.now(),
    answer: async (directive, request) =>
      answerOf(directive, request, await sessions.get(request.sessionKey)),
  });

  async function run(request: RunRequest, command: Recognised): Promise<string> {
    const entry = await sessions.get(request.sessionKey);
    return say(request, command.name, await answerOf(command, request, entry), entry);
  }

  /** Does what an answer asks for, tells it and keeps it. */
  async function say(
    request: RunRequest,
    name: string | undefined,
    said: CommandAnswer,
    entry: Entry | undefined,
  ): Promise<string> {
    const { runId, sessionKey } = request;
    if (said.reset !== undefined) await reset(sessionKey, said.reset, entry);
    await sessions.addParticipant(sessionKey, speakerOf(request));
    const { change } = said;
    // compat(commands/without-model): what a command changed is there before it is said, and told after.
    if (change !== undefined) await sessions.update(sessionKey, () => change, null);
    const reply = { ...injectedMessage(said.text, clock.now(), runId), ...contextFree(said) };
    // It is no run of an agent, so it names none.
    events.publish("chat", {
      runId,
      sessionKey,
      seq: 1,
      state: "final",
      message: said.isNotice ? { ...reply, content: noticed(said.text) } : reply,
    });
    const origin = { idempotencyKey: `${runId}:user`, isCommand: true } as const;
    await sessions.append(sessionKey, inputMessage(request, said), { runId, ...origin });
    await sessions.append(sessionKey, reply, { idempotencyKey: runId });
    await sessions.update(sessionKey, atRest(entry), { reason: "agent.input.settled" });
    if (change !== undefined) {
      await sessions.update(sessionKey, () => ({}), {
        reason: name === "name" ? "command-metadata" : "patch",
      });
    }
    return said.text;
  }

  function answerOf(
    { name, argument }: Recognised,
    request: RunRequest,
    entry: Entry | undefined,
  ): CommandAnswer | Promise<CommandAnswer> {
    if (name === "compact") return compacted(options, request, entry, argument);
    const context: CommandContext = {
      ...options,
      request,
      entry,
      argument,
      skillNames: () => options.skillNames(request.agentId),
      toolNames: () => options.toolNames(request.agentId),
      taskLines: () => options.taskLines(request.sessionKey),
    };
    if (name === "goal") return goalStep(argument, entry, { now: clock.now(), ids: options.ids });
    if (name === "tts") return tts(context, options.speech);
    if (name === "export-session") return exportSession(context, sessions);
    return answer(name, context);
  }

  /** A question beside the conversation: the answer is shown, and nothing of it is kept. */
  async function aside(request: RunRequest, question: string): Promise<string> {
    const { runId, sessionKey, agentId } = request;
    const giveUp = new AbortController();
    const timer = clock.after(ASIDE_TIMEOUT_MS, () => giveUp.abort(new Error("it took too long")));
    const answered = await options.aside(sessionKey, question, giveUp.signal).then(
      (text) => ({ text, isError: false }),
      (error: unknown) => ({ text: error instanceof Error ? error.message : String(error), isError: true }),
    );
    timer.cancel();
    const ts = clock.now();
    const result = { kind: "btw", runId, sessionKey, agentId, question, ...answered, ts, seq: 1 };
    events.publish("chat.side_result", result);
    events.publish("chat", { runId, sessionKey, seq: 2, state: "final" });
    return answered.text;
  }

  /** A goal that begins, or goes on, is work for the agent; the rest is answered. */
  async function goal(request: RunRequest, command: Recognised, entry: Entry | undefined) {
    const step = goalStep(command.argument, entry, { now: clock.now(), ids: options.ids });
    if (step.isForModel !== true) return () => run(request, command);
    const { change } = step;
    if (change !== undefined) {
      await sessions.ensure(request.sessionKey, { createdVia: "operator", ...madeBy(request.sender?.id) });
      await sessions.update(request.sessionKey, () => change, null);
    }
    return undefined;
  }

  /** compat(commands/without-model): said in the chat itself, it leaves less behind than `sessions.reset`. */
  async function reset(key: string, how: "new" | "reset", before: Entry | undefined): Promise<void> {
    await sessions.lifecycle.reset(key, how);
    const placement = before?.placement;
    const gone = { inputTokens: undefined, outputTokens: undefined, spawnDepth: undefined };
    await sessions.update(key, () => (placement === undefined ? gone : { ...gone, placement }), null);
  }

  /** What cannot be had ends the run: it is told as a run's failure, and nothing is kept of it but the message. */
  async function refuse(request: RunRequest, problem: string): Promise<string> {
    const { runId, sessionKey } = request;
    events.publish("chat", { runId, sessionKey, seq: 1, state: "error", errorMessage: problem });
    await sessions.append(sessionKey, inputMessage(request, { text: "" }), {
      runId,
      idempotencyKey: `${runId}:user`,
      isCommand: true,
    });
    return problem;
  }

  return {
    hear,
    tell: (request) => inside.tell(request),
    async match(request) {
      const outcome = await inside.before(request);
      if (outcome.kind === "rest") return undefined;
      if (outcome.kind === "refused") return () => refuse(request, outcome.problem);
      if (outcome.kind === "answered") {
        const entry = await sessions.get(request.sessionKey);
        return () => say(request, undefined, outcome.said, entry);
      }
      const command = request.isPlain === true ? undefined : recognise(request.message);
      if (command === undefined) return undefined;
      const entry = await sessions.get(request.sessionKey);
      if (command.name === "btw" && command.argument !== "") return () => aside(request, command.argument);
      if (command.name === "goal") return goal(request, command, entry);
      const skills = command.name === "skill" ? await options.skillNames(request.agentId) : [];
      if (isForModel(command, skills)) {
        // What is said after `/new` is the first message of the new conversation.
        const { name } = command;
        if ((name === "new" || name === "reset") && entry !== undefined) {
          await reset(request.sessionKey, name, entry);
        }
        return undefined;
      }
      return () => run(request, command);
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

function contextFree(said: CommandAnswer) {
  return said.isOutOfContext ? { excludeFromContext: true, __openclaw: { contextFreeCommand: true } } : {};
}

function inputMessage(request: RunRequest, said: CommandAnswer): Message {
  return {
    role: "user",
    content: request.message,
    timestamp: request.acceptedAt,
    idempotencyKey: `${request.runId}:user`,
    ...(said.isOutOfContext ? { excludeFromContext: true } : {}),
    __openclaw: {
      ...senderMembers(request),
      transport: { clients: [{ id: request.client.id, mode: request.client.mode }] },
      ...(said.isOutOfContext ? { contextFreeCommand: true } : {}),
    },
  };
}
