import { type Clock, pause } from "../../platform/clock.ts";
import type { Ids } from "../../platform/ids.ts";
import type { Log } from "../../platform/log.ts";
import { afterThisTurn } from "../../platform/turn.ts";
import type { Agent } from "../agents/index.ts";
import type { Publisher } from "../events.ts";
import type { Model } from "../models/index.ts";
import type { Sessions } from "../sessions/index.ts";
import type { Broadcast } from "./broadcast.ts";
import { compact, sinceCompaction, summaryMessage } from "./compaction.ts";
import { estimateTokens, type PromptSize, promptBudget } from "./context-budget.ts";
import { asProviderFailure, failureTexts, observationOf } from "./failure-texts.ts";
import { type Answer, assistantMessage, toolResultMessage, userMessage, userMessageKey } from "./messages.ts";
import { callModel } from "./model-call.ts";
import type { Notices } from "./notices.ts";
import { type ContextFile, newestWithin, promptMessages, type Stamp, systemPrompt } from "./prompt.ts";
import { type PromptMessage, ProviderFailure, type Providers, type ToolCall } from "./provider.ts";
import { imagesOf, type RunOutcome, type RunRequest } from "./request.ts";
import { advance, detailOf, fallbackStep, type Route } from "./route.ts";
import { runTools } from "./tool-loop.ts";
import type { Tool, Toolbox, ToolResult } from "./tools.ts";
import { fail, finish, giveUpEmpty, note, record, type TurnState } from "./turn-end.ts";
import { addUsage, NO_USAGE } from "./usage.ts";

/** Model calls of one turn; a model that calls tools more often than this is going in circles. */
const MODEL_CALLS_MAX = 100;
/** Times a failed call is made again when it may work a little later, and how long is waited at most. */
const RETRIES_MAX = 8;
const RETRY_BASE_MS = 1_100;
const RETRY_MAX_MS = 30_000;
/** An answer without text or tool calls is asked for this often. */
const EMPTY_ANSWERS_MAX = 2;
/** Messages of a transcript that are looked at when a prompt is made. */
const PROMPT_RECORDS_MAX = 1_000;

export interface TurnDeps {
  readonly sessions: Sessions;
  readonly notices: Notices;
  readonly providers: Providers;
  readonly toolbox: Toolbox;
  readonly contextFiles: (workspace: string) => Promise<readonly ContextFile[]>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly events: Publisher;
  readonly log: Log;
  readonly timeZone: string;
  readonly stamp: Stamp;
  /** Whether what does not fit is put into a summary by itself. */
  readonly autoCompact: () => boolean;
  readonly keepTokens?: (() => number | undefined) | undefined;
}

/** Why a turn was stopped from outside. */
export interface Abort {
  /** `client`: somebody asked. `interrupt`: a newer message took its place. The others say what they are. */
  readonly cause: "client" | "interrupt" | "timeout" | "shutdown";
  /** For `client`, how it was asked: `rpc`, or `stop` for the command. */
  readonly stopReason?: string;
}

/** One turn of a conversation, from the user's message to the end of the reply. */
export interface Turn {
  readonly request: RunRequest;
  /** The run id of the message that began it, which names the message in the transcript. */
  readonly inputKey: string;
  readonly sessionKey: string;
  readonly sessionId: string;
  readonly agent: Agent;
  /** The model in use: another one of the route once it has failed. */
  model: Model;
  readonly route: Route;
  readonly thinking: string;
  readonly broadcast: Broadcast;
  readonly signal: AbortSignal;
  readonly deps: TurnDeps;
  /** Takes the messages that came in meanwhile and are meant for this turn. */
  takeSteered(): readonly RunRequest[];
  /** The steered messages are part of the conversation now. */
  onSteered(requests: readonly RunRequest[]): void;
  /** Told once, when the turn begins to use the model; the run's `startedAt` from then on. */
  onStarted(startedAt: number): void;
}

/**
 * Runs a turn to its end. All branching of the conversation is here: input, model call, tools, messages that came in
 * meanwhile, end. It does not reject except for an abort, which the caller tells clients about.
 */
export async function runTurn(turn: Turn): Promise<RunOutcome> {
  const { broadcast, deps, request } = turn;
  introduce(turn);
  const state: TurnState = {
    usage: NO_USAGE,
    promptTokens: 0,
    modelCalls: 0,
    toolNames: new Set<string>(),
    toolCalls: { calls: 0, failures: 0, tools: new Set<string>() },
    startedAt: deps.clock.now(),
    prompt: { system: "", tools: [], messages: [] },
  };
  // The request is in the journal already, so the model is asked first; its answer waits for the transcript.
  const recorded = soon().then(() =>
    record(turn, userMessage({ ...request, runId: turn.inputKey }), userMessageKey(turn.inputKey)),
  );
  recorded.catch(() => {});
  broadcast.phase("preparing_workspace");
  broadcast.phase("preparing_context");
  const { system, messages, tools } = await assemble(turn);
  messages.push(inputOf(turn));
  state.prompt = { system, tools, messages: [...messages] };
  state.startedAt = deps.clock.now();
  begin(turn, state.startedAt);
  let emptyAnswers = 0;
  let isReplayInvalid = false;
  try {
    for (let calls = 1; calls <= MODEL_CALLS_MAX; calls += 1) {
      broadcast.beginItem(`${deps.ids.uuid()}:${calls}`);
      const answer = await callRoute(turn, { system, messages, tools }, state.usage.output, recorded);
      state.modelCalls = calls;
      state.usage = addUsage(state.usage, answer.usage);
      state.promptTokens = answer.usage.input + answer.usage.cacheRead + answer.usage.cacheWrite;
      await recorded;
      await record(turn, assistantMessage(answer, turn.model, request.runId));
      messages.push(spokenBy(answer));
      if (answer.toolCalls.length > 0) {
        isReplayInvalid ||= answer.toolCalls.some((call) => hasEffects(tools, call));
        for (const { call, result } of await runTools(turn, tools, answer.toolCalls)) {
          countTool(state, call, result);
          await record(turn, toolResultMessage(call, result, request.runId, deps.clock.now()));
          const { text, isError } = result;
          messages.push({ role: "tool", callId: call.id, name: call.name, text, isError });
        }
        await takeSteered(turn, messages);
        continue;
      }
      if (await takeSteered(turn, messages)) continue;
      broadcast.lifecycle({
        phase: "finishing",
        stopReason: answer.stopReason,
        aborted: false,
        livenessState: "working",
        ...(isReplayInvalid ? { replayInvalid: true } : {}),
        endedAt: deps.clock.now(),
      });
      if (answer.text.trim() !== "" || broadcast.text !== "") {
        return await finish(turn, answer, state, isReplayInvalid);
      }
      emptyAnswers += 1;
      if (emptyAnswers >= EMPTY_ANSWERS_MAX) return await giveUpEmpty(turn, answer, state);
      broadcast.phase("preparing_context");
      begin(turn, deps.clock.now());
    }
    throw new ProviderFailure("format", `more than ${MODEL_CALLS_MAX} model calls in one turn`);
  } catch (thrown) {
    if (turn.signal.aborted) throw thrown;
    return fail(turn, asProviderFailure(thrown), state.startedAt);
  }
}

/** A little later: what is about to go out to the network goes first. */
function soon(): Promise<void> {
  return new Promise((resolve) => afterThisTurn(() => afterThisTurn(resolve)));
}

/** Counts the client among those who speak in the session. */
export function introduce(turn: Pick<Turn, "deps" | "sessionKey" | "request">): void {
  const { sessions, log } = turn.deps;
  sessions.addParticipant(turn.sessionKey, turn.request.client.id).catch((error: unknown) => {
    log.error({ err: error, runId: turn.request.runId }, "a participant could not be stored");
  });
}

/** What every run of the model is announced with. */
function begin(turn: Turn, startedAt: number): void {
  turn.onStarted(startedAt);
  turn.broadcast.lifecycle({ phase: "start", startedAt });
  turn.broadcast.phase("starting_model");
  note(
    turn,
    { status: "running", startedAt, endedAt: undefined, runtimeMs: undefined },
    { reason: "agent.run.started" },
  );
  note(turn, {}, { phase: "start", runId: turn.request.runId });
}

/** The message that began the turn, as the model sees it. */
function inputOf({ request, deps }: Pick<Turn, "request" | "deps">): PromptMessage {
  const images = imagesOf(request);
  const text = `${deps.stamp(request.acceptedAt)}${request.message}`;
  return { role: "user", text, ...(images.length === 0 ? {} : { images }) };
}

/** A call that may have changed something: such a turn cannot simply be made again. */
function hasEffects(tools: readonly Tool[], call: ToolCall): boolean {
  const tool = tools.find((one) => one.name === call.name);
  return tool !== undefined && (tool.isCommandBearing || tool.isInOrder);
}

function countTool(state: TurnState, call: ToolCall, result: ToolResult): void {
  state.toolCalls.calls += 1;
  state.toolCalls.tools.add(call.name);
  if (result.isError) state.toolCalls.failures += 1;
  else state.toolNames.add(call.name);
}

/** An answer as the model sees it in the next call of the turn. */
function spokenBy({ text, toolCalls, thinking, thinkingSignature: signature }: Answer): PromptMessage {
  const thoughts = thinking === "" ? undefined : { text: thinking, ...(signature && { signature }) };
  return { role: "assistant", text, toolCalls, ...(thoughts === undefined ? {} : { thoughts }) };
}

interface Prompt {
  readonly system: string;
  readonly messages: PromptMessage[];
  readonly tools: readonly Tool[];
}

async function assemble(turn: Turn): Promise<Prompt> {
  const { deps, agent, model, request } = turn;
  const [spoken, tools, files] = await Promise.all([
    conversation(turn),
    deps.toolbox(agent.id),
    deps.contextFiles(agent.workspace),
  ]);
  const system = systemPrompt({
    agentId: agent.id,
    agentName: agent.name,
    sessionKey: turn.sessionKey,
    workspace: agent.workspace,
    model: `${model.provider}/${model.id}`,
    date: new Intl.DateTimeFormat("en-CA", { timeZone: deps.timeZone }).format(deps.clock.now()),
    timeZone: deps.timeZone,
    tools: tools.map((tool) => tool.name),
    files,
    extra: request.extraSystemPrompt,
  });
  const messages = await fitting(turn, spoken, { system, tools });
  return { system, messages, tools };
}

/** All that was said before the message that is answered, behind the notes on what was put away. */
async function conversation(turn: Turn): Promise<readonly PromptMessage[]> {
  const { sessions, stamp } = turn.deps;
  const [entry, history] = await Promise.all([
    sessions.get(turn.sessionKey),
    sessions.history(turn.sessionKey, { limit: PROMPT_RECORDS_MAX }),
  ]);
  const earlier = history.records.filter((one) => one.idempotencyKey !== userMessageKey(turn.inputKey));
  const { summary, records } = sinceCompaction(entry, earlier);
  const messages = promptMessages(records, Number.MAX_SAFE_INTEGER, stamp);
  return summary === undefined ? messages : [summaryMessage(summary), ...messages];
}

/** What was said, as much of it as the model takes: what is too much is put away first, or left out at the worst. */
async function fitting(
  turn: Turn,
  spoken: readonly PromptMessage[],
  fixed: Omit<PromptSize, "messages">,
): Promise<PromptMessage[]> {
  const budget = promptBudget(turn.model);
  const needs = (messages: readonly PromptMessage[]) =>
    estimateTokens({ ...fixed, messages: [...messages, inputOf(turn)] });
  if (needs(spoken) <= budget) return [...spoken];
  const { sessionKey, model, signal } = turn;
  const put = turn.deps.autoCompact()
    ? await compact(turn.deps, { sessionKey, model, signal })
    : { compacted: false };
  const left = put.compacted ? await conversation(turn) : spoken;
  return [...newestWithin(left, budget - needs([]))];
}

/** Makes the call, with the next model of the route when one has failed for good. */
async function callRoute(
  turn: Turn,
  prompt: Prompt,
  outputTokensBefore: number,
  ready: Promise<unknown>,
): Promise<Answer> {
  for (;;) {
    try {
      return await callWithRetries(turn, prompt, outputTokensBefore, ready);
    } catch (thrown) {
      turn.signal.throwIfAborted();
      const failure = asProviderFailure(thrown);
      const next = advance(turn.route, turn.model, failure);
      if (next === undefined) throw failure;
      takeNext(turn, next, failure);
    }
  }
}

/** the turn is told anew, as far as clients can see, with the text so far taken back. */
function takeNext(turn: Turn, next: Model, failure: ProviderFailure): void {
  const { broadcast, deps, model } = turn;
  deps.log.warn(
    { runId: turn.request.runId, reason: failure.reason, err: failure },
    "a model was passed over",
  );
  broadcast.modelDone();
  broadcast.lifecycle(fallbackStep(turn.route, next, failure.reason, detailOf(failure), model));
  broadcast.takeBack();
  turn.model = next;
  broadcast.phase("preparing_workspace");
  broadcast.phase("preparing_context");
  begin(turn, deps.clock.now());
  broadcast.beginItem(`${deps.ids.uuid()}:1`);
}

/** Makes the call, again and again while it may still work. */
async function callWithRetries(
  turn: Turn,
  prompt: Prompt,
  outputTokensBefore: number,
  ready: Promise<unknown>,
): Promise<Answer> {
  const { broadcast, deps, model } = turn;
  const provider = await deps.providers(model);
  for (let attempt = 1; ; attempt += 1) {
    let isAnnounced = false;
    const announce = () => {
      if (!isAnnounced) announceModel(turn);
      isAnnounced = true;
    };
    try {
      return await callModel({
        provider,
        request: { model, ...prompt, thinking: turn.thinking },
        broadcast,
        clock: deps.clock,
        signal: turn.signal,
        outputTokensBefore,
        ready,
        onFirstPiece: announce,
      });
    } catch (thrown) {
      turn.signal.throwIfAborted();
      const failure = asProviderFailure(thrown);
      announce();
      announceFailure(turn, failure);
      if (!failure.isTransient || attempt > RETRIES_MAX) throw failure;
      const delayMs = Math.min(failure.retryAfterMs ?? RETRY_BASE_MS * 2 ** (attempt - 1), RETRY_MAX_MS);
      const notice = retryNotice(failure, attempt, delayMs);
      broadcast.retrying(notice, failure.reason === "rate_limit" ? retryMember(notice) : undefined);
      await pause(deps.clock, delayMs, turn.signal);
      turn.signal.throwIfAborted();
      broadcast.takeBack();
      broadcast.phase("preparing_context");
      broadcast.lifecycle({ phase: "start", startedAt: deps.clock.now() });
      broadcast.phase("starting_model");
      note(turn, {}, { phase: "start", runId: turn.request.runId });
      broadcast.beginItem(`${deps.ids.uuid()}:1`);
    }
  }
}

/** compat(chat/retry): the count is one higher and the words are others when the service said to slow down. */
function retryNotice(failure: ProviderFailure, attempt: number, delayMs: number) {
  const isLimit = failure.reason === "rate_limit";
  const maxRetries = isLimit ? RETRIES_MAX + 1 : RETRIES_MAX;
  return {
    message: isLimit
      ? `Retrying… ${attempt + 1}/${maxRetries + 1}`
      : `Provider temporarily unavailable. Retrying in ${Math.ceil(delayMs / 1_000)}s (${attempt}/${maxRetries}).`,
    retryAttempt: attempt,
    maxRetries,
    delayMs,
    attempt: attempt + 1,
    maxAttempts: maxRetries + 1,
    reason: failure.reason,
  };
}

/** compat(chat/retry): only a limit is told in the `chat` event as well. */
function retryMember({ attempt, maxAttempts, reason }: ReturnType<typeof retryNotice>) {
  return { attempt, maxAttempts, reason };
}

function announceModel(turn: Turn): void {
  const { provider, id } = turn.model;
  turn.broadcast.lifecycle({ phase: "model", provider, model: id });
  note(
    turn,
    { activeModelProvider: provider, activeModel: id },
    { phase: "model", runId: turn.request.runId },
  );
}

function announceFailure(turn: Turn, failure: ProviderFailure): void {
  turn.broadcast.lifecycle({
    phase: "finishing",
    error: failureTexts(failure, turn.model).run,
    errorObservation: observationOf(failure, turn.model),
    aborted: false,
    livenessState: "blocked",
    endedAt: turn.deps.clock.now(),
  });
}

/** Adds the messages that came in meanwhile to the conversation; true when there were any. */
async function takeSteered(turn: Turn, messages: PromptMessage[]): Promise<boolean> {
  const steered = turn.takeSteered();
  for (const request of steered) {
    introduce({ ...turn, request });
    await record(turn, userMessage(request, turn.request.runId), userMessageKey(request.runId));
    messages.push(inputOf({ request, deps: turn.deps }));
  }
  if (steered.length > 0) turn.onSteered(steered);
  return steered.length > 0;
}
