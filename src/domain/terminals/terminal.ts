import { POLICY } from "../../../schemas/policy.ts";
import type { Clock, Timer } from "../../platform/clock.ts";
import type { Publisher } from "../events.ts";
import type { OpenTerminal, ShellStarter, TerminalListing, TerminalRow } from "./index.ts";
import { createScrollback } from "./scrollback.ts";

/** Printed before the shell says anything, so that whoever opened it sees that it is open. */
const GREETING = "\r\n\u001b[33mA shell of the gateway's machine.\u001b[0m\r\n\r\n";

export type ExitReason = "process_exit" | "closed" | "disconnected" | "detached";

/** One shell and who looks at it. */
export interface Terminal {
  readonly row: TerminalRow;
  readonly owner: string;
  /** Whether it belongs to a chat session rather than to a connection. */
  readonly isOwned: boolean;
  readonly isOver: boolean;
  /** Since when a terminal of a connection has none. */
  readonly detachedAt: number | undefined;
  listing(): TerminalListing;
  isSeenBy(connId: string): boolean;
  /** Whether it goes on when a connection no longer looks: once somebody has used it, a chat's does. */
  readonly isKept: boolean;
  adopt(): void;
  attach(connId: string): string;
  leave(connId: string): void;
  detach(at: number): void;
  write(data: string): void;
  resize(cols: number, rows: number): void;
  end(reason: ExitReason): void;
}

export interface TerminalStart {
  readonly request: OpenTerminal;
  readonly sessionId: string;
  readonly shell: string;
  readonly shells: ShellStarter;
  readonly clock: Clock;
  readonly events: Publisher;
  readonly onOver: (terminal: Terminal) => void;
}

export async function createTerminal(start: TerminalStart): Promise<Terminal> {
  const { request, sessionId, shells, clock, events, onOver } = start;
  const { sessionKey, agentId, cwd } = request;
  const row: TerminalRow = { sessionId, agentId, shell: start.shell, cwd, confined: false };
  const owner = sessionKey === undefined ? "conn" : `agent:${sessionKey}`;
  const viewers = new Set([request.connId]);
  const createdAtMs = clock.now();
  const scrollback = createScrollback(POLICY.terminalScrollbackChars);
  let isAdopted = false;
  let isOver = false;
  let detachedAt: number | undefined;
  let unsent = "";
  let sent = 0;
  let sending: Timer | undefined;

  const tell = (event: string, payload: Record<string, unknown>, connIds = viewers): void => {
    if (connIds.size > 0) events.publish(event, { sessionId, ...payload }, { connIds: new Set(connIds) });
  };

  // What a shell prints in pieces is sent in lumps, and no faster than that: a shell cannot flood its viewers.
  function flush(): void {
    sending?.cancel();
    sending = undefined;
    if (unsent === "") return;
    const data = unsent;
    unsent = "";
    sent += data.length;
    scrollback.add(data);
    tell("terminal.data", { seq: sent, data });
    shell.resume();
  }

  function hear(data: string): void {
    if (isOver) return;
    unsent += data;
    sending ??= clock.after(POLICY.terminalFlushMs, flush);
    if (unsent.length >= POLICY.terminalFlushChars) shell.pause();
  }

  function finish(reason: ExitReason, exitCode: number | null, signal: number | null): void {
    if (isOver) return;
    flush();
    isOver = true;
    tell("terminal.exit", { exitCode, signal, reason });
    viewers.clear();
    onOver(terminal);
  }

  const terminal: Terminal = {
    row,
    owner,
    isOwned: sessionKey !== undefined,
    get isOver() {
      return isOver;
    },
    get detachedAt() {
      return detachedAt;
    },
    listing: () => ({ ...row, attached: viewers.size > 0, owner, createdAtMs }),
    isSeenBy: (connId) => viewers.has(connId),
    get isKept() {
      return sessionKey !== undefined && isAdopted;
    },
    adopt() {
      isAdopted = true;
    },
    attach(connId) {
      flush();
      isAdopted = true;
      detachedAt = undefined;
      if (sessionKey === undefined && !viewers.has(connId)) {
        tell("terminal.exit", { exitCode: null, signal: null, reason: "detached" });
        viewers.clear();
      }
      viewers.add(connId);
      return scrollback.text();
    },
    leave: (connId) => void viewers.delete(connId),
    detach(at) {
      viewers.clear();
      detachedAt = at;
    },
    write(data) {
      isAdopted = true;
      shell.write(data);
    },
    resize(cols, rows) {
      isAdopted = true;
      shell.resize(cols, rows);
    },
    end(reason) {
      finish(reason, null, null);
      shell.kill();
    },
  };
  const shell = await shells.start({
    file: start.shell,
    cwd,
    cols: request.cols,
    rows: request.rows,
    onData: hear,
    onExit: ({ exitCode, signal }) => finish("process_exit", exitCode, signal),
  });
  hear(GREETING);
  flush();
  return terminal;
}
