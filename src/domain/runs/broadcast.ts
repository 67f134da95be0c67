import { createHash } from "node:crypto";
import type { Clock } from "../../platform/clock.ts";
import type { Publisher } from "../events.ts";

/** The members that say which run an event is about. */
export interface RunIdentity {
  readonly runId: string;
  readonly sessionKey: string;
  readonly sessionId: string;
  readonly agentId: string;
}

export type RunPhase = "preparing_workspace" | "preparing_context" | "starting_model";

export interface BroadcastOptions {
  readonly events: Publisher;
  readonly clock: Clock;
  /** Shortest time between two deltas of a run. */
  readonly intervalMs: number;
  /**
   * How much is told before the model begins. `chat`: all of it. `queue`: only `agent` events, as nobody waits for
   * the turn by this name. `agent`: nothing, since the caller waits for the result.
   */
  readonly style: "agent" | "chat" | "queue";
  /** Added to the data of every `lifecycle` event. */
  readonly more: Readonly<Record<string, unknown>>;
}

/**
 * Tells clients about one run: `agent` events with a number that only rises, and the `chat` events that are derived
 * from them. Text is told at once when nothing was told lately and is bundled otherwise, and every piece of it
 * counts, so a client sees gaps in the numbers exactly where pieces were bundled.
 *
 * compat(chat/turn): text is shown without the white space at its end; an `agent` event of another kind flushes the
 * text that waits, a `chat` delta waits for the next text or for the end.
 */
export function createBroadcast(identity: RunIdentity, options: BroadcastOptions) {
  const { events, clock, intervalMs } = options;
  const { runId, sessionKey, sessionId, agentId } = identity;
  let seq = 0;
  let startSeq = 1;
  let itemId = "";
  /** Text of earlier model calls of this run, as clients see it. */
  let settled = "";
  let current = "";
  let thoughts = "";
  let told = { agent: "", chat: "" };
  let toldAt = { agent: Number.NEGATIVE_INFINITY, chat: Number.NEGATIVE_INFINITY };
  let firstText: { seq: number; ts: number } | undefined;
  let timer: { cancel(): void } | undefined;
  let isOver = false;

  const agent = (stream: string, data: unknown, more: Record<string, unknown> = {}, cap?: string) => {
    const payload = {
      runId,
      stream,
      data,
      sessionKey,
      agentId,
      ...more,
      seq,
      ts: clock.now(),
      ...(options.style === "agent" ? {} : { isHeartbeat: false }),
    };
    events.publish("agent", payload, cap === undefined ? undefined : { cap });
  };
  const chat = (state: string, more: Record<string, unknown>) =>
    events.publish("chat", { runId, sessionKey, agentId, seq, state, ...more });
  const whole = () => (settled === "" ? current : `${settled}\n\n${current}`).trimEnd();
  const message = (text: string) => ({
    role: "assistant",
    content: [{ type: "text", text }],
    timestamp: clock.now(),
  });

  function tellText(): void {
    timer?.cancel();
    timer = undefined;
    const text = current.trimEnd();
    if (text === told.agent) return;
    agent("assistant", { text, delta: text.slice(told.agent.length), itemId });
    firstText ??= { seq, ts: clock.now() };
    told = { ...told, agent: text };
    toldAt = { ...toldAt, agent: clock.elapsed() };
    if (clock.elapsed() - toldAt.chat >= intervalMs) tellChat();
  }

  function tellChat(): void {
    const text = whole();
    if (text === told.chat) return;
    chat("delta", { deltaText: text.slice(told.chat.length), message: message(text) });
    told = { ...told, chat: text };
    toldAt = { ...toldAt, chat: clock.elapsed() };
  }

  /** compat(RN7): the final message of a turn of the queue says more than others do. */
  const queuedMessage = (text: string, stopReason: string) => ({
    ...message(text),
    text,
    stopReason,
    usage: { input: 0, output: 0, totalTokens: 0 },
  });

  /** Counts one, after the text that still waits was told. */
  const next = () => {
    tellText();
    seq += 1;
  };

  return {
    /** Clients were told how the run ended. */
    get isOver() {
      return isOver;
    },
    /** The numbers of the first thing that was told of the turn itself, and of the last. */
    get toldAs() {
      return { start: startSeq, end: seq };
    },
    /** All the text of the run so far, as clients see it. */
    get text() {
      return whole();
    },
    /** The text of the last model call alone. */
    get lastText() {
      return current.trimEnd();
    },
    /** The first piece of text, which is what `inFlightRun.events` repeats. */
    get firstText() {
      return firstText;
    },
    phase(phase: RunPhase): void {
      if (options.style === "agent") return;
      next();
      if (options.style === "chat") chat("status", { phase });
      agent("run_status", { phase });
    },
    /** A model call failed and will be made again: `data` says when. */
    retrying(data: Readonly<Record<string, unknown>>, retry?: Readonly<Record<string, unknown>>): void {
      next();
      if (options.style === "chat") {
        chat("status", { phase: "starting_model", ...(retry === undefined ? {} : { retry }) });
      }
      agent("run_status", { phase: "retrying", ...data });
    },
    lifecycle(data: Readonly<Record<string, unknown>>, more: Record<string, unknown> = {}): void {
      next();
      if (data["phase"] === "start") startSeq = seq;
      agent("lifecycle", { ...data, ...options.more }, { sessionId, ...more });
    },
    /** No model is in use any more. Runs of `agent` do not say in which lane they were. */
    modelDone(): void {
      this.lifecycle(
        { phase: "model", provider: null, model: null },
        options.style === "agent" ? {} : { lane: "main" },
      );
    },
    /** An event of a stream of its own; `cap` keeps it for connections that announced the capability. */
    stream(stream: string, data: unknown, cap?: string, more: Record<string, unknown> = {}): void {
      next();
      agent(stream, data, more, cap);
    },
    /** A model call begins: its text is a new item, and joins what the calls before it said. */
    beginItem(id: string): void {
      tellText();
      if (current.trimEnd() !== "")
        settled = settled === "" ? current.trimEnd() : `${settled}\n\n${current.trimEnd()}`;
      current = "";
      thoughts = "";
      itemId = id;
      told = { ...told, agent: "" };
    },
    /** A piece of text. White space alone shows nothing and does not count. */
    addText(text: string): void {
      const before = current.trimEnd();
      current += text;
      if (current.trimEnd() === before) return;
      seq += 1;
      const waitMs = toldAt.agent + intervalMs - clock.elapsed();
      if (waitMs <= 0) tellText();
      else timer ??= clock.after(waitMs, tellText);
    },
    /** What a model thinks, for those who show it. White space alone does not count. */
    addThinking(text: string): void {
      const before = thoughts.trimEnd();
      thoughts += text;
      const now = thoughts.trimEnd();
      if (now === before) return;
      next();
      agent("thinking", { text: now, delta: now.slice(before.length) });
    },
    /** What was said before tools are called: `update` when the first call is seen, `end` when the call is over. */
    preamble(phase: "update" | "end"): void {
      const progressText = current.trimEnd();
      if (progressText === "") return;
      next();
      const item = commentaryId(current);
      agent("item", { kind: "preamble", title: "Preamble", phase, progressText, itemId: item });
    },
    /** The model call whose text was shown failed: clients take the text back. */
    takeBack(): void {
      const hadText = current !== "";
      current = "";
      timer?.cancel();
      timer = undefined;
      seq += 1;
      agent("assistant", { itemId, text: "", delta: "", replace: true });
      if (!hadText) return;
      told = { agent: "", chat: whole() };
      chat("delta", { deltaText: "", replace: true, message: message(told.chat) });
    },
    final(stopReason: string): void {
      isOver = true;
      tellText();
      const text = whole();
      if (options.style === "queue") {
        seq += 1;
        const shown = text === "" ? {} : { message: queuedMessage(text, stopReason) };
        events.publish("chat", { runId, sessionKey, seq, state: "final", ...shown, stopReason });
        return;
      }
      tellChat();
      chat("final", { stopReason, ...(text === "" ? {} : { message: message(text) }) });
    },
    /**
     * Somebody stopped the run: the reply so far, then the end of the run, under one number. Text that waits is part
     * of the reply, and is not told on its own any more.
     */
    cancelled(stopReason: string, data: Readonly<Record<string, unknown>>): void {
      told = { ...told, agent: current.trimEnd() };
      next();
      this.aborted(stopReason);
      agent("lifecycle", data, { sessionId });
    },
    aborted(stopReason: string): void {
      isOver = true;
      timer?.cancel();
      timer = undefined;
      const text = whole();
      chat("aborted", { stopReason, ...(text === "" ? {} : { message: message(text) }) });
    },
    failed(errorMessage: string, more: Readonly<Record<string, unknown>> = {}): void {
      isOver = true;
      tellChat();
      chat("error", { errorMessage, ...more });
    },
    /** The request as a whole failed, which is told beside the end of its run and counted anew. */
    requestFailed(errorMessage: string): void {
      events.publish("chat", { runId, sessionKey, seq: 1, state: "error", errorMessage });
    },
    stop(): void {
      timer?.cancel();
      timer = undefined;
    },
  };
}

/** The name of a piece of text that goes before tools; the same text has the same name. */
export function commentaryId(text: string): string {
  return `commentary-0-${createHash("sha256").update(text).digest("hex").slice(0, 24)}`;
}

export type Broadcast = ReturnType<typeof createBroadcast>;
