import { ProtocolError } from "../../errors/protocol-error.ts";
import { pause } from "../../platform/clock.ts";
import { afterThisTurn } from "../../platform/turn.ts";
import type { Agents } from "../agents/index.ts";
import type { QueueMode } from "../config/index.ts";
import type { Publisher } from "../events.ts";
import type { Models } from "../models/index.ts";
import { createBroadcast } from "./broadcast.ts";
import { collectedText, ownQueueMode, settleModel } from "./choices.ts";
import type { CommandRunner } from "./commands.ts";
import { abortedOutcome, tellAborted, tellCancelled } from "./endings.ts";
import type { Acceptance, PendingInput, Runs } from "./index.ts";
import type { RunJournal } from "./journal.ts";
import { createLanes } from "./lanes.ts";
import { type Active, createLine, type Line } from "./line.ts";
import { createNotices } from "./notices.ts";
import { findLeftovers } from "./recovery.ts";
import type { RunOutcome, RunRequest } from "./request.ts";
import { runTurn, type Turn, type TurnDeps } from "./turn.ts";
import { note } from "./turn-end.ts";

export interface RunsOptions extends Omit<TurnDeps, "notices"> {
  readonly events: Publisher;
  readonly agents: Agents;
  readonly models: Models;
  readonly journal: RunJournal;
  readonly commands: CommandRunner;
  /** The mode for messages that come while a run is active and that name none themselves. */
  readonly queueMode: () => QueueMode;
  readonly limits: {
    readonly lanes: number;
    /** Messages that may wait behind the active run of a session. */
    readonly queue: number;
    readonly deltaIntervalMs: number;
    /** Quiet time before queued messages become a turn. */
    readonly debounceMs: number;
    readonly runTimeoutMs: number;
  };
}

/** compat(chat/send): what a repeated request is told about a message that a stop of the gateway took from the queue. */
const OWNERSHIP_ENDED = "Error: Pending input ownership ended; submit a new turn to continue";

export function createRuns(options: RunsOptions): Runs {
  const { sessions, journal, clock, ids, log, limits } = options;
  const turnDeps: TurnDeps = { ...options, notices: createNotices(sessions, log) };
  const lanes = createLanes(limits.lanes);
  const lines = new Map<string, Line>();
  const live = new Map<string, Active>();
  const interrupted = new Map<string, RunRequest[]>();
  let isDraining = false;

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
        turnDeps.notices.settled(active.request.sessionKey),
      ]);
    } catch (error) {
      log.error({ err: error, runId: active.request.runId }, "the end of a run could not be stored");
    }
    live.delete(active.request.runId);
    active.done.resolve(outcome);
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
    // compat(chat/followup): a turn of the queue runs under a name of its own.
    const runId = active.isFollowup ? ids.uuid() : request.runId;
    const { agent, model } = settleModel(options, request, entry);
    const identity = { runId, sessionKey: request.sessionKey, sessionId: entry.sessionId, agentId: agent.id };
    const broadcast = createBroadcast(identity, {
      events: options.events,
      clock,
      intervalMs: limits.deltaIntervalMs,
      style: active.isFollowup ? "queue" : request.kind,
      more: active.isFollowup ? { completionSource: "reply-dispatch" } : {},
    });
    const turn: Turn = {
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
      thinking: request.thinking ?? entry.thinkingLevel ?? "off",
      broadcast,
      signal: active.signal,
      deps: turnDeps,
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
        active.canSteer = true;
      },
    };
    active.turn = turn;
    const timeoutMs = request.timeoutMs ?? limits.runTimeoutMs;
    if (timeoutMs > 0) active.timer = clock.after(timeoutMs, () => active.abort({ cause: "timeout" }));
    const outcome = await runTurn(turn);
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

  function take(request: RunRequest): Active {
    const controller = new AbortController();
    const active: Active = {
      request,
      acceptedAt: request.acceptedAt,
      startedAt: undefined,
      done: Promise.withResolvers<RunOutcome>(),
      signal: controller.signal,
      mode: "steer",
      canSteer: false,
      isFollowup: false,
      steered: [],
      delivering: [],
      collected: [],
      abortCause: undefined,
      turn: undefined,
      timer: undefined,
      abort(cause) {
        if (active.abortCause !== undefined) return;
        active.abortCause = cause;
        if (cause.cause === "client" && active.turn !== undefined) tellCancelled(active, clock.now());
        controller.abort(new Error(`run aborted: ${cause.cause}`));
      },
    };
    live.set(request.runId, active);
    return active;
  }

  const runs: Runs = {
    activeRunIds(sessionKey) {
      const current = lines.get(sessionKey)?.current;
      return current === undefined ? [] : [runIdOf(current)];
    },

    async start(request) {
      if (isDraining)
        throw new ProtocolError("UNAVAILABLE", "Gateway is draining for restart; new tasks are not accepted");
      const same = live.get(request.runId);
      if (same !== undefined) return acceptance("in_flight", same);
      const line = lines.get(request.sessionKey);
      if ((line?.waiting.length ?? 0) >= limits.queue) {
        throw new ProtocolError("UNAVAILABLE", "The server is busy. Please try again in a moment.");
      }
      const taken = take(request);
      try {
        const known = await journal.accept(request);
        if (known !== undefined) return repeated(taken, known.outcome);
        const entry = await sessions.get(request.sessionKey);
        const mode = request.queueMode ?? ownQueueMode(entry) ?? options.queueMode();
        await sessions.ensure(request.sessionKey, { createdVia: "operator" });
        const answer = request.kind === "chat" ? options.commands.match(request) : undefined;
        const isInterrupting = mode === "interrupt" && line?.current !== undefined && answer === undefined;
        if (isInterrupting) await interrupt(line);
        afterThisTurn(() => {
          if (answer !== undefined) {
            void answerCommand(taken, answer);
            return;
          }
          admit(taken, mode);
          const told = { deps: turnDeps, sessionKey: request.sessionKey };
          if (entry !== undefined && request.kind === "chat") note(told, {}, { reason: "send" });
        });
        return { ...acceptance("started", taken), interruptedActiveRun: isInterrupting };
      } catch (error) {
        live.delete(request.runId);
        throw error;
      }
    },

    async abort(sessionKey, runId, stopReason = "rpc") {
      const line = lines.get(sessionKey);
      if (line === undefined) return [];
      const isMeant = (one: Active) => runId === undefined || one.request.runId === runId;
      const stopped: string[] = [];
      for (const one of [...line.waiting.filter(isMeant), ...(line.current?.steered.filter(isMeant) ?? [])]) {
        line.remove(one);
        one.abort({ cause: "client", stopReason });
        stopped.push(one.request.runId);
        void conclude(one, abortedOutcome(one, "client", clock.now()));
      }
      const current = line.current;
      if (current !== undefined && isMeant(current) && current.abortCause === undefined) {
        current.abort({ cause: "client", stopReason });
        stopped.push(current.request.runId);
      }
      return stopped;
    },

    sessionOf: (runId) => live.get(runId)?.request.sessionKey,

    async wait(runId, timeoutMs, signal) {
      const known = live.get(runId);
      if (known === undefined) {
        const outcome = (await journal.find(runId))?.outcome;
        if (outcome !== undefined) return outcome;
        await pause(clock, timeoutMs, signal);
        return live.get(runId) === undefined ? (await journal.find(runId))?.outcome : undefined;
      }
      const giveUp = new AbortController();
      const outcome = await Promise.race([
        known.done.promise,
        pause(
          clock,
          timeoutMs,
          signal === undefined ? giveUp.signal : AbortSignal.any([signal, giveUp.signal]),
        ),
      ]);
      giveUp.abort();
      return outcome ?? undefined;
    },

    inFlight(sessionKey) {
      const current = lines.get(sessionKey)?.current;
      const broadcast = current?.turn?.broadcast;
      if (current === undefined || broadcast === undefined) return undefined;
      const runId = runIdOf(current);
      const first = broadcast.firstText;
      const { agentId } = current.request;
      return {
        runId,
        text: broadcast.text,
        startedAt: current.acceptedAt,
        events:
          first === undefined
            ? []
            : [{ runId, seq: first.seq, stream: "assistant", ts: first.ts, data: {}, sessionKey, agentId }],
      };
    },

    pendingInputs(sessionKey) {
      const line = lines.get(sessionKey);
      const toPending =
        (state: PendingInput["state"]) =>
        (request: RunRequest): PendingInput => ({
          id: request.runId,
          runId: request.runId,
          acceptedAt: request.acceptedAt,
          state,
          request,
        });
      const queued = [...(line?.current?.steered ?? []), ...(line?.waiting ?? [])].map((one) => one.request);
      return [
        ...(interrupted.get(sessionKey) ?? []).map(toPending("interrupted")),
        ...queued.map(toPending("queued")),
      ];
    },

    async recover() {
      const leftovers = await findLeftovers(await journal.unfinished(), sessions);
      for (const { request, outcome } of await journal.interrupted()) {
        if (outcome !== undefined) remember(request);
      }
      for (const { request, text } of leftovers.answered) {
        await journal.settle(request.runId, endedBefore(request, { status: "ok", text }));
      }
      for (const request of leftovers.queued) {
        remember(request);
        await journal.settle(
          request.runId,
          endedBefore(request, { status: "error", error: OWNERSHIP_ENDED, isInterrupted: true }),
        );
      }
      for (const request of leftovers.fresh) {
        const taken = take(request);
        await sessions.ensure(request.sessionKey, { createdVia: "operator" });
        afterThisTurn(() => admit(taken, "steer"));
      }
      for (const { request, resume } of leftovers.cut) {
        const cut = endedBefore(request, { status: "error", error: "interrupted by a restart" });
        const state = resume === undefined ? { status: "failed", lastRunError: cut.error } : {};
        await sessions.update(request.sessionKey, () => ({ abortedLastRun: true, ...state }), null);
        // Both are asked for in one turn of the event loop, so they share a transaction: a crash in between can
        // neither lose the work nor double it.
        const settled = journal.settle(request.runId, cut);
        if (resume !== undefined) await runs.start({ ...resume, runId: ids.uuid(), acceptedAt: clock.now() });
        await settled;
      }
    },

    async drain(timeoutMs) {
      isDraining = true;
      const current = () =>
        [...lines.values()].flatMap((line) => (line.current === undefined ? [] : [line.current]));
      const over = new AbortController();
      await Promise.race([
        Promise.allSettled(current().map((one) => one.done.promise)),
        pause(clock, timeoutMs, over.signal),
      ]);
      over.abort();
      const left = current();
      for (const one of left) one.abort({ cause: "shutdown" });
      await Promise.allSettled(left.map((one) => one.done.promise));
    },
  };

  function repeated(taken: Active, outcome: RunOutcome | undefined): Acceptance {
    live.delete(taken.request.runId);
    if (outcome === undefined) return acceptance("in_flight", taken);
    taken.done.resolve(outcome);
    return { ...acceptance("ended", taken), outcome };
  }

  async function interrupt(line: Line): Promise<void> {
    const { current } = line;
    if (current === undefined) return;
    current.abort({ cause: "interrupt" });
    await current.done.promise;
  }

  function remember(request: RunRequest): void {
    const list = interrupted.get(request.sessionKey) ?? [];
    interrupted.set(request.sessionKey, [...list, request].slice(-limits.queue));
  }

  function endedBefore(
    request: RunRequest,
    end: Partial<RunOutcome> & Pick<RunOutcome, "status">,
  ): RunOutcome {
    const { runId, acceptedAt } = request;
    return { runId, startedAt: acceptedAt, endedAt: clock.now(), text: "", isTurn: true, ...end };
  }

  return runs;
}

function runIdOf(one: Active): string {
  return one.turn?.request.runId ?? one.request.runId;
}

function acceptance(status: Acceptance["status"], one: Active): Acceptance {
  return { status, done: one.done.promise, interruptedActiveRun: false };
}
