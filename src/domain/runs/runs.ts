import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
import { pause } from "../../platform/clock.ts";
import { afterThisTurn } from "../../platform/turn.ts";
import type { Agents } from "../agents/index.ts";
import type { QueueMode } from "../config/index.ts";
import type { Publisher } from "../events.ts";
import type { Models } from "../models/index.ts";
import { type Entry, madeBy } from "../sessions/index.ts";
import type { Tasks } from "../tasks/index.ts";
import { type Active, acceptance, isOver, runIdOf } from "./active.ts";
import { createArrivals } from "./arrivals.ts";
import { ownQueueMode, settleModel } from "./choices.ts";
import type { CommandRunner } from "./commands.ts";
import { compact } from "./compaction.ts";
import { abortedOutcome } from "./endings.ts";
import type { Acceptance, Runs } from "./index.ts";
import type { RunJournal } from "./journal.ts";
import { createKeyRest } from "./key-rest.ts";
import type { Line } from "./line.ts";
import { createNotices } from "./notices.ts";
import { inFlightOf, pendingInputsOf } from "./pending.ts";
import { createDay, createStamp } from "./prompt.ts";
import { createQueue } from "./queue.ts";
import type { RunOutcome, RunRequest } from "./request.ts";
import { takeUp } from "./restart.ts";
import type { Titles } from "./titles.ts";
import type { TurnDeps } from "./turn.ts";
import { note } from "./turn-end.ts";

export interface RunsOptions extends Omit<TurnDeps, "notices" | "stamp" | "day" | "keyRest"> {
  readonly events: Publisher;
  readonly agents: Agents;
  readonly models: Models;
  readonly journal: RunJournal;
  readonly commands: CommandRunner;
  readonly tasks: Tasks;
  readonly titles: Pick<Titles, "give">;
  /** The mode for messages that come while a run is active and that name none themselves. */
  readonly queueMode: () => QueueMode;
  /** The key of a provider that stands in the configuration. */
  readonly keyOf: (provider: string) => string | undefined;
  readonly limits: {
    readonly lanes: number;
    /** Messages that may wait behind the active run of a session. */
    readonly queue: number;
    readonly deltaIntervalMs: number;
    /** Quiet time before queued messages become a turn. */
    readonly debounceMs: number;
    readonly runTimeoutMs: number;
    readonly compactTimeoutMs: number;
  };
}

export function createRuns(options: RunsOptions): Runs {
  const { sessions, journal, clock, ids, log, limits } = options;
  const turnDeps: TurnDeps = {
    ...options,
    notices: createNotices(sessions, log),
    stamp: createStamp(options.timeZone),
    day: createDay(options.timeZone),
    keyRest: createKeyRest(clock, options.keyOf),
  };
  const queue = createQueue(options, turnDeps, (request) => runs.start(request));
  const arrivals = createArrivals();
  const interrupted = new Map<string, RunRequest[]>();
  let isDraining = false;

  const runs: Runs = {
    activeRunIds(sessionKey) {
      const current = queue.line(sessionKey)?.current;
      return current === undefined || current.isConcluded ? [] : [runIdOf(current)];
    },

    async atRest(sessionKey) {
      const current = queue.line(sessionKey)?.current;
      if (current !== undefined && isOver(current)) await current.done.promise;
    },

    async start(request) {
      if (isDraining)
        throw new ProtocolError("UNAVAILABLE", "Gateway is draining for restart; new tasks are not accepted");
      const same = queue.live.get(request.runId);
      if (same !== undefined) {
        mustBeSame(request, same.request);
        return again(same);
      }
      const line = queue.line(request.sessionKey);
      if ((line?.waiting.length ?? 0) >= limits.queue) {
        throw new ProtocolError("UNAVAILABLE", "The server is busy. Please try again in a moment.");
      }
      const taken = queue.take(request);
      const arrival = arrivals(request.sessionKey);
      try {
        const known = await journal.accept(request);
        if (known !== undefined) {
          mustBeSame(request, known.request);
          arrival.leave();
          return repeated(taken, known.outcome);
        }
        const entry = await sessions.get(request.sessionKey);
        const mode = request.queueMode ?? ownQueueMode(entry) ?? options.queueMode();
        const answer = request.kind === "chat" ? await options.commands.match(request) : undefined;
        const isCommand = answer === undefined ? {} : { isCommand: true };
        await sessions.ensure(request.sessionKey, { ...birthOf(request), ...isCommand });
        await arrival.before;
        const isInterrupting = mode === "interrupt" && line?.current !== undefined && answer === undefined;
        if (isInterrupting) await interrupt(line);
        afterThisTurn(() => {
          arrival.leave();
          if (answer !== undefined) {
            void queue.answerCommand(taken, answer);
            return;
          }
          queue.admit(taken, mode);
          if (isFirstWord(request, entry)) options.titles.give(request.sessionKey, request.message);
          const told = { deps: turnDeps, sessionKey: request.sessionKey };
          if (entry !== undefined && request.kind === "chat") note(told, {}, { reason: "send" });
        });
        return { ...acceptance("started", taken), interruptedActiveRun: isInterrupting };
      } catch (error) {
        arrival.leave();
        queue.live.delete(request.runId);
        throw error;
      }
    },

    async abort(sessionKey, runId, stopReason = "rpc") {
      const line = queue.line(sessionKey);
      if (line === undefined) return [];
      const isMeant = (one: Active) => runId === undefined || one.request.runId === runId;
      const stopped: string[] = [];
      for (const one of [...line.waiting.filter(isMeant), ...(line.current?.steered.filter(isMeant) ?? [])]) {
        line.remove(one);
        one.abort({ cause: "client", stopReason });
        stopped.push(one.request.runId);
        void queue.conclude(one, abortedOutcome(one, "client", clock.now()));
      }
      const current = line.current;
      const canStop = current !== undefined && !isOver(current) && current.abortCause === undefined;
      if (canStop && isMeant(current)) {
        current.abort({ cause: "client", stopReason });
        stopped.push(current.request.runId);
      }
      return stopped;
    },

    get liveCount() {
      return queue.live.size;
    },

    async compact(sessionKey, instructions) {
      const entry = await sessions.get(sessionKey);
      if (entry === undefined) return { ok: true, compacted: false, reason: "no sessionId" };
      const { model } = settleModel(options, { agentId: entry.agentId }, entry);
      const giveUp = new AbortController();
      const timer = clock.after(limits.compactTimeoutMs, () => giveUp.abort(new Error("it took too long")));
      const more = instructions === undefined ? {} : { instructions };
      try {
        return await compact(turnDeps, { sessionKey, model, signal: giveUp.signal, ...more });
      } catch (error) {
        if (!giveUp.signal.aborted) throw error;
        return { ok: false, compacted: false, reason: "it took too long" };
      } finally {
        timer.cancel();
      }
    },

    sessionOf: (runId) => queue.live.get(runId)?.request.sessionKey,

    async wait(runId, timeoutMs, signal) {
      const known = queue.live.get(runId);
      if (known === undefined) {
        const outcome = (await journal.find(runId))?.outcome;
        if (outcome !== undefined) return outcome;
        await pause(clock, timeoutMs, signal);
        return queue.live.get(runId) === undefined ? (await journal.find(runId))?.outcome : undefined;
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

    inFlight: (sessionKey) => inFlightOf(queue.line(sessionKey)),
    pendingInputs: (sessionKey) => pendingInputsOf(queue.line(sessionKey), interrupted.get(sessionKey) ?? []),

    recover: () =>
      takeUp({
        journal,
        sessions,
        clock,
        ids,
        remember,
        async begin(request) {
          const taken = queue.take(request);
          await sessions.ensure(request.sessionKey, birthOf(request));
          afterThisTurn(() => queue.admit(taken, "steer"));
        },
        start: (request) => runs.start(request),
      }),

    async drain(timeoutMs) {
      isDraining = true;
      const current = () =>
        [...queue.lines()].flatMap((line) => (line.current === undefined ? [] : [line.current]));
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

  /** What was told to its end is being put on record, which is soon. */
  async function again(same: Active): Promise<Acceptance> {
    if (!isOver(same)) return acceptance("in_flight", same);
    return { ...acceptance("ended", same), outcome: await same.done.promise };
  }

  function repeated(taken: Active, outcome: RunOutcome | undefined): Acceptance {
    queue.live.delete(taken.request.runId);
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

  return runs;
}

/** A client's key stands for what was said with it the first time. */
function mustBeSame(request: RunRequest, known: RunRequest): void {
  if (request.kind !== "chat" || known.kind !== "chat") return;
  const isSame = request.sessionKey === known.sessionKey && request.message === known.message;
  if (isSame) return;
  throw invalidRequest(
    "This message ID was already used for different input. Check the conversation history and use a new message ID to send again.",
    { details: { reason: "chat-request-conflict" } },
  );
}

/** What somebody says in a session where nothing was said before; it may name the session. */
function isFirstWord(request: RunRequest, entry: Entry | undefined): boolean {
  return request.kind === "chat" && request.isInternal !== true && entry?.systemSent !== true;
}

/** A session that `agent` begins is no chat until somebody chats in it. */
function birthOf(request: RunRequest) {
  if (request.kind !== "agent") return { createdVia: "operator", ...madeBy(request.sender?.id) };
  const displayName = request.sessionKey.split(":").slice(2).join(":");
  return { createdVia: "run", isChat: false, ...(displayName === "main" ? {} : { displayName }) };
}
