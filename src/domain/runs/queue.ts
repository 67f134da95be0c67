import { pause } from "../../platform/clock.ts";
import type { QueueMode } from "../config/index.ts";
import { type Active, createActive } from "./active.ts";
import { announcementOf } from "./announce.ts";
import { createBroadcast } from "./broadcast.ts";
import { checkThinking, collectedText, RefusedTurn, settleModel } from "./choices.ts";
import { abortedOutcome, endRefused, tellAborted } from "./endings.ts";
import { createLanes } from "./lanes.ts";
import { createLedger } from "./ledger.ts";
import { createLine, type Line } from "./line.ts";
import { createLoopWatch } from "./loop-watch.ts";
import type { RunOutcome, RunRequest } from "./request.ts";
import { createRoute } from "./route.ts";
import type { RunsOptions } from "./runs.ts";
import { runTurn, type Turn, type TurnDeps } from "./turn.ts";
import { note } from "./turn-end.ts";

/** Everything that was accepted and has not ended, and what moves it along: one turn at a time in each session. */
export type Queue = ReturnType<typeof createQueue>;

export function createQueue(
  options: RunsOptions,
  turnDeps: TurnDeps,
  start: (request: RunRequest) => Promise<unknown>,
) {
  const { sessions, journal, clock, ids, log, limits } = options;
  const ledger = createLedger({
    ...options,
    onError: (error, runId) => log.error({ err: error, runId }, "a task could not be put on record"),
  });
  const lanes = createLanes(limits.lanes);
  const lines = new Map<string, Line>();
  const live = new Map<string, Active>();

  const lineOf = (sessionKey: string): Line => {
    const line = lines.get(sessionKey) ?? createLine();
    lines.set(sessionKey, line);
    return line;
  };

  /** Stores how a request ended and lets everybody who waits know. */
  async function conclude(active: Active, outcome: RunOutcome): Promise<void> {
    try {
      await Promise.all([
        journal.settle(active.request.runId, outcome),
        turnDeps.notices.settled(active.request.sessionKey).then(() => {
          active.isConcluded = true;
        }),
        active.task.onEnded(outcome),
        passOn(active.request, outcome),
      ]);
    } catch (error) {
      log.error({ err: error, runId: active.request.runId }, "the end of a run could not be stored");
    }
    live.delete(active.request.runId);
    active.isConcluded = true;
    active.done.resolve(outcome);
  }

  /** Tells the parent of a child's run how it went: asked for with the end, so both are durable or neither is. */
  async function passOn(request: RunRequest, outcome: RunOutcome): Promise<void> {
    const announcement = announcementOf(request, outcome);
    if (announcement !== undefined) await start(announcement);
    if (request.deliversTask !== undefined) {
      await options.tasks.amend(request.deliversTask, { deliveryStatus: "delivered" });
    }
  }

  /** A message that needs no turn of its own is over: a command answered it, or another run took it in. */
  async function concludeWithoutTurn(active: Active, text: string): Promise<void> {
    const { runId } = active.request;
    const endedAt = clock.now();
    const outcome: RunOutcome = {
      runId,
      status: "ok",
      startedAt: active.acceptedAt,
      endedAt,
      text,
      isTurn: false,
    };
    await conclude(active, outcome);
  }

  /** What a client sees of a message that goes into another run: its own run is over at once. */
  function tellTakenIn(active: Active): void {
    const { runId, sessionKey } = active.request;
    options.events.publish("chat", { runId, sessionKey, seq: 1, state: "final" });
    note({ deps: turnDeps, sessionKey }, {}, { reason: "agent.input.settled" });
  }

  function admit(active: Active, mode: QueueMode): void {
    const line = lineOf(active.request.sessionKey);
    if (active.signal.aborted) return;
    active.task = ledger(active.request, () => {
      active.abort({ cause: "client" });
      return true;
    });
    if (line.current === undefined) {
      void runActive(line, active);
    } else if (mode === "steer" && line.current.canSteer) {
      line.current.steered.push(active);
    } else {
      if (mode === "followup" || mode === "collect") {
        active.isFollowup = true;
        tellTakenIn(active);
      }
      active.mode = mode;
      line.waiting.push(active);
    }
  }

  async function runActive(line: Line, active: Active): Promise<void> {
    line.current = active;
    let outcome: RunOutcome;
    let leave: (() => void) | undefined;
    try {
      leave = await lanes.enter(active.signal);
      active.task.onTaken();
      outcome = await runToEnd(active);
    } catch (error) {
      outcome = await endAborted(active, error);
    } finally {
      leave?.();
      active.timer?.cancel();
      active.turn?.broadcast.stop();
    }
    await conclude(active, outcome);
    for (const other of active.collected) await conclude(other, { ...outcome, runId: other.request.runId });
    line.current = undefined;
    // What came too late to be steered gets a turn of its own, before what was queued.
    line.waiting.unshift(...active.steered.splice(0));
    await proceed(line, active.request.sessionKey);
  }

  async function proceed(line: Line, sessionKey: string): Promise<void> {
    const next = line.waiting[0];
    if (next === undefined) {
      if (line.current === undefined) lines.delete(sessionKey);
      return;
    }
    if (next.isFollowup) await pause(clock, limits.debounceMs, next.signal);
    if (line.current !== undefined) return;
    const taken = line.take();
    if (taken === undefined) return proceed(line, sessionKey);
    await runActive(line, taken);
  }

  async function runToEnd(active: Active): Promise<RunOutcome> {
    const { request } = active;
    const entry = await sessions.get(request.sessionKey);
    if (entry === undefined) throw new Error(`session ${request.sessionKey} is gone`);
    // compat(RN7): a turn of the queue runs under a name of its own.
    const runId = active.isFollowup ? ids.uuid() : request.runId;
    const { sessionKey, agentId } = request;
    const identity = { runId, sessionKey, sessionId: entry.sessionId, agentId };
    const broadcast = createBroadcast(identity, {
      events: options.events,
      clock,
      intervalMs: limits.deltaIntervalMs,
      style: active.isFollowup ? "queue" : request.kind,
      more: active.isFollowup ? { completionSource: "reply-dispatch" } : {},
    });
    let settled: ReturnType<typeof settleModel>;
    try {
      settled = settleModel(options, request, entry);
      checkThinking(request, settled.model);
    } catch (error) {
      if (!(error instanceof RefusedTurn)) throw error;
      return endRefused({ deps: turnDeps, request, sessionKey, broadcast }, error.message);
    }
    const { agent, model, fallbacks } = settled;
    const heard = options.commands.hear(request);
    const hear = (one: RunRequest): RunRequest => ({ ...one, message: options.commands.hear(one).text });
    const turn: Turn = {
      spoken: collectedText([request, ...active.collected.map((one) => one.request)].map(hear)),
      request: {
        ...request,
        runId,
        message: collectedText([request, ...active.collected.map((one) => one.request)]),
      },
      inputKey: request.runId,
      sessionKey: request.sessionKey,
      sessionId: entry.sessionId,
      agent,
      model,
      route: createRoute(model, fallbacks),
      ...(options.isLoopWatched(agent.id) ? { loopWatch: createLoopWatch() } : {}),
      thinking: request.thinking ?? heard.thinking ?? entry.thinkingLevel ?? "off",
      broadcast,
      signal: active.signal,
      deps: turnDeps,
      task: active.task,
      chatFacts: entry.chatType === undefined ? {} : { chatType: entry.chatType, systemSent: true },
      takeSteered: () => {
        active.delivering = active.steered.splice(0);
        return active.delivering.map((one) => one.request);
      },
      onSteered: () => {
        for (const one of active.delivering) {
          tellTakenIn(one);
          void concludeWithoutTurn(one, "");
        }
        active.delivering = [];
      },
      onStarted: (startedAt) => {
        active.startedAt = startedAt;
        active.task.onStarted();
        active.canSteer = true;
      },
    };
    active.turn = turn;
    const timeoutMs = request.timeoutMs ?? limits.runTimeoutMs;
    if (timeoutMs > 0) active.timer = clock.after(timeoutMs, () => active.abort({ cause: "timeout" }));
    const outcome = await runTurn(turn);
    options.commands.tell(request);
    return { ...outcome, runId: request.runId };
  }

  async function endAborted(active: Active, error: unknown): Promise<RunOutcome> {
    const cause = active.abortCause?.cause;
    if (cause === undefined)
      log.error({ err: error, runId: active.request.runId }, "a run failed unexpectedly");
    try {
      await tellAborted(active, turnDeps, cause);
    } catch (failure) {
      log.error({ err: failure, runId: active.request.runId }, "the end of a run could not be told");
    }
    return abortedOutcome(active, cause, clock.now());
  }

  async function answerCommand(active: Active, answer: () => Promise<string>): Promise<void> {
    try {
      await concludeWithoutTurn(active, await answer());
    } catch (error) {
      log.error({ err: error, runId: active.request.runId }, "a command failed");
      await conclude(active, abortedOutcome(active, undefined, clock.now()));
    }
  }

  return {
    live,
    line: (sessionKey: string): Line | undefined => lines.get(sessionKey),
    lines: (): Iterable<Line> => lines.values(),
    take(request: RunRequest): Active {
      const active = createActive(request, clock);
      live.set(request.runId, active);
      return active;
    },
    admit,
    answerCommand,
    conclude,
  };
}
