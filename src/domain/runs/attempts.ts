import { pause } from "../../platform/clock.ts";
import type { Model } from "../models/index.ts";
import type { Prompt } from "./assemble.ts";
import { asProviderFailure, failureTexts, observationOf } from "./failure-texts.ts";
import type { Answer } from "./messages.ts";
import { callModel } from "./model-call.ts";
import { ProviderFailure } from "./provider.ts";
import { advance, detailOf, fallbackStep } from "./route.ts";
import type { Turn } from "./turn.ts";
import { note } from "./turn-end.ts";

/** Times a failed call is made again when it may work a little later, and how long is waited at most. */
const RETRIES_MAX = 8;
const RETRY_BASE_MS = 1_100;
const RETRY_MAX_MS = 30_000;

/** Makes the call, with the next model of the route when one has failed for good. */
export async function callRoute(
  turn: Turn,
  prompt: Pick<Prompt, "system" | "messages" | "tools">,
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
  prompt: Pick<Prompt, "system" | "messages" | "tools">,
  outputTokensBefore: number,
  ready: Promise<unknown>,
): Promise<Answer> {
  const { broadcast, deps, model } = turn;
  const refusal = deps.keyRest.refusal(model.provider);
  if (refusal !== undefined) throw new ProviderFailure("auth", refusal);
  const provider = await deps.providers(model);
  for (let attempt = 1; ; attempt += 1) {
    let isAnnounced = false;
    const announce = () => {
      if (!isAnnounced) announceModel(turn);
      isAnnounced = true;
    };
    try {
      const answer = await callModel({
        provider,
        request: { ...prompt, ...asWanted(turn), thinking: turn.thinking },
        broadcast,
        clock: deps.clock,
        signal: turn.signal,
        outputTokensBefore,
        isAwaited: isAwaited(turn),
        ready,
        onFirstPiece: announce,
      });
      deps.keyRest.onSuccess(model.provider);
      return answer;
    } catch (thrown) {
      turn.signal.throwIfAborted();
      const failure = asProviderFailure(thrown);
      announce();
      announceFailure(turn, failure);
      if (!failure.isTransient || attempt > RETRIES_MAX) {
        deps.keyRest.onFailure(model.provider, failure.reason);
        throw failure;
      }
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

/** The model with what the client wants of it; an answer is never longer than the model allows. */
function asWanted({ model, request: { sampling } }: Turn) {
  if (sampling === undefined) return { model };
  const maxTokens = Math.min(sampling.maxTokens ?? model.maxTokens, model.maxTokens);
  return { model: { ...model, maxTokens }, sampling };
}

/** Jobs, monitors and other sessions may find that there is nothing to say; people may not be told so. */
function isAwaited({ request: { kind, client, isInternal } }: Turn): boolean {
  return isInternal !== true && (kind === "chat" || client.id === "http");
}

/** compat(RN9): the count is one higher and the words are others when the service said to slow down. */
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

/** compat(RN9): only a limit is told in the `chat` event as well. */
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

/** What every run of the model is announced with. */
export function begin(turn: Turn, startedAt: number): void {
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
