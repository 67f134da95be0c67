import type { Clock } from "../../platform/clock.ts";
import type { Ids } from "../../platform/ids.ts";
import type { Log } from "../../platform/log.ts";
import { afterThisTurn } from "../../platform/turn.ts";
import type { Agent } from "../agents/index.ts";
import type { Publisher } from "../events.ts";
import type { Model } from "../models/index.ts";
import { type Sessions, speakerOf } from "../sessions/index.ts";
import { assemble, inputOf } from "./assemble.ts";
import { begin, callRoute } from "./attempts.ts";
import type { Broadcast } from "./broadcast.ts";
import type { CommandRunner } from "./commands.ts";
import { asProviderFailure } from "./failure-texts.ts";
import type { KeyRest } from "./key-rest.ts";
import type { RunTask } from "./ledger.ts";
import type { LoopWatch } from "./loop-watch.ts";
import type { MediaStore } from "./media.ts";
import { type Answer, assistantMessage, toolResultMessage, userMessage, userMessageKey } from "./messages.ts";
import type { Notices } from "./notices.ts";
import type { ContextFile, Skill, Stamp } from "./prompt.ts";
import { type PromptMessage, ProviderFailure, type Providers, type ToolCall } from "./provider.ts";
import type { ClientCall, RunOutcome, RunRequest } from "./request.ts";
import type { Route } from "./route.ts";
import { runTools } from "./tool-loop.ts";
import type { Tool, Toolbox, ToolResult } from "./tools.ts";
import { fail, failUnasked, finish, giveUpEmpty, record, type TurnState } from "./turn-end.ts";
import { addUsage, NO_USAGE } from "./usage.ts";

/** Model calls of one turn; a model that calls tools more often than this is going in circles. */
const MODEL_CALLS_MAX = 100;
/** An answer without text or tool calls is asked for this often. */
const EMPTY_ANSWERS_MAX = 2;
/** What a model is told that said nothing. */
const NOTHING_SAID =
  "Your last answer was empty, so nobody has read anything. Go on from where you are, without beginning again, and say the answer now.";

export interface TurnDeps {
  readonly sessions: Sessions;
  readonly notices: Notices;
  readonly providers: Providers;
  readonly toolbox: Toolbox;
  readonly contextFiles: (workspace: string) => Promise<readonly ContextFile[]>;
  /** Makes an agent's folder fit to work in; costs nothing once it is. */
  readonly prepareWorkspace: (workspace: string) => Promise<void>;
  readonly media: MediaStore;
  readonly commands: Pick<CommandRunner, "hear">;
  readonly skills: (agentId: string) => Promise<readonly Skill[]>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly events: Publisher;
  readonly log: Log;
  readonly timeZone: string;
  readonly stamp: Stamp;
  /** The day of a moment, where the gateway stands. */
  readonly day: (at: number) => string;
  /** Whether an agent's calls that repeat without end are stopped. */
  readonly isLoopWatched: (agentId: string) => boolean;
  /** Whether what does not fit is put into a summary by itself. */
  readonly autoCompact: () => boolean;
  readonly keyRest: KeyRest;
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
  /** What the model reads of its message. */
  readonly spoken: string;
  /** The run id of the message that began it, which names the message in the transcript. */
  readonly inputKey: string;
  readonly sessionKey: string;
  readonly sessionId: string;
  readonly agent: Agent;
  /** The model in use: another one of the route once it has failed. */
  model: Model;
  readonly route: Route;
  readonly thinking: string;
  /** Set where the configuration wants repeated calls stopped. */
  readonly loopWatch?: LoopWatch;
  readonly broadcast: Broadcast;
  readonly signal: AbortSignal;
  readonly deps: TurnDeps;
  /** Added to the events of tools, in sessions that are chats. */
  readonly chatFacts: Readonly<Record<string, unknown>>;
  /** Its row among the tasks. */
  readonly task: RunTask;
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
  if (request.isInternal !== true) introduce(turn);
  const state: TurnState = {
    usage: NO_USAGE,
    promptTokens: 0,
    modelCalls: 0,
    toolNames: new Set<string>(),
    toolCalls: { calls: 0, failures: 0, tools: new Set<string>() },
    startedAt: deps.clock.now(),
    prompt: { system: "", tools: [], messages: [], files: [], skills: [] },
  };
  // The request is in the journal already, so the model is asked first; its answer waits for the transcript.
  // What another session says stays out of the transcript: people read there what was said to them and by them.
  const recorded = soon().then(() =>
    request.isInternal === true
      ? undefined
      : record(
          turn,
          userMessage({ ...request, runId: turn.inputKey }, turn.model),
          userMessageKey(turn.inputKey),
        ),
  );
  recorded.catch(() => {});
  broadcast.phase("preparing_workspace");
  broadcast.phase("preparing_context");
  const { system, messages, tools, files, skills } = await assemble(turn);
  messages.push(await inputOf({ ...turn, request: { ...request, runId: turn.inputKey } }));
  state.prompt = { system, tools, messages: [...messages], files, skills };
  const refusal = turn.route.left.length > 0 ? undefined : deps.keyRest.refusal(turn.model.provider);
  if (refusal !== undefined) {
    await recorded;
    return failUnasked(turn, refusal, state.startedAt);
  }
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
      if (answer.text.trim() !== "") turn.task.onSaid(answer.text);
      await recorded;
      await record(turn, assistantMessage(answer, turn.model, request.runId));
      if (answer.text !== "" || answer.toolCalls.length > 0) messages.push(spokenBy(answer));
      if (answer.toolCalls.length > 0) {
        isReplayInvalid ||= answer.toolCalls.some((call) => hasEffects(tools, call));
        let ending: ToolResult["endsTurn"];
        const clientCalls: ClientCall[] = [];
        for (const { call, result } of await runTools(turn, tools, answer.toolCalls)) {
          countTool(state, call, result);
          await record(turn, toolResultMessage(call, result, request.runId, deps.clock.now()));
          const { text, isError } = result;
          const images = turn.model.input.includes("image") ? (result.images ?? []) : [];
          ending ??= result.endsTurn;
          if (result.clientCall !== undefined) clientCalls.push(result.clientCall);
          messages.push({ role: "tool", callId: call.id, name: call.name, text, isError, images });
        }
        turn.task.onToolsDone();
        if (clientCalls.length > 0) {
          const said = { ...answer, text: "", toolCalls: [], stopReason: "stop" as const };
          return { ...(await endEarly(turn, said, state, isReplayInvalid)), text: "", clientCalls };
        }
        if (ending !== undefined) {
          const said = { ...answer, text: ending.text, toolCalls: [], stopReason: "stop" as const };
          return await endEarly(turn, said, state, isReplayInvalid);
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
      messages.push({ role: "user", text: `${deps.stamp(deps.clock.now())}${NOTHING_SAID}` });
      broadcast.phase("preparing_context");
      begin(turn, deps.clock.now());
    }
    throw new ProviderFailure("format", `more than ${MODEL_CALLS_MAX} model calls in one turn`);
  } catch (thrown) {
    if (turn.signal.aborted) throw thrown;
    // What was asked stands before what became of it, however fast the provider refused.
    await recorded;
    return fail(turn, asProviderFailure(thrown), state.startedAt);
  }
}

/** A tool ended the turn: what it says stands for the answer. */
async function endEarly(
  turn: Turn,
  answer: Answer,
  state: TurnState,
  isReplayInvalid: boolean,
): Promise<RunOutcome> {
  turn.broadcast.beginItem(`${turn.deps.ids.uuid()}:${state.modelCalls + 1}`);
  if (answer.text !== "") {
    turn.broadcast.addText(answer.text);
    await record(turn, assistantMessage({ ...answer, usage: NO_USAGE }, turn.model, turn.request.runId));
  }
  return finish(turn, answer, state, isReplayInvalid);
}

/** A little later: what is about to go out to the network goes first. */
function soon(): Promise<void> {
  return new Promise((resolve) => afterThisTurn(() => afterThisTurn(resolve)));
}

/** Counts the client among those who speak in the session. */
export function introduce(turn: Pick<Turn, "deps" | "sessionKey" | "request">): void {
  const { sessions, log } = turn.deps;
  sessions.addParticipant(turn.sessionKey, speakerOf(turn.request)).catch((error: unknown) => {
    log.error({ err: error, runId: turn.request.runId }, "a participant could not be stored");
  });
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

/** Adds the messages that came in meanwhile to the conversation; true when there were any. */
async function takeSteered(turn: Turn, messages: PromptMessage[]): Promise<boolean> {
  const steered = turn.takeSteered();
  for (const request of steered) {
    introduce({ ...turn, request });
    await record(turn, userMessage(request, turn.model, turn.request.runId), userMessageKey(request.runId));
    messages.push(await inputOf({ ...turn, request, spoken: turn.deps.commands.hear(request).text }));
  }
  if (steered.length > 0) turn.onSteered(steered);
  return steered.length > 0;
}
