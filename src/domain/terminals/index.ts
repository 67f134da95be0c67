export { createTerminals } from "./terminals.ts";

/** A running shell behind a pseudo-terminal. */
export interface Shell {
  write(data: string): void;
  resize(cols: number, rows: number): void;
  /** Holds back what the shell prints until `resume`. */
  pause(): void;
  resume(): void;
  kill(): void;
}

export interface ShellStart {
  readonly file: string;
  readonly cwd: string;
  readonly cols: number;
  readonly rows: number;
  readonly onData: (data: string) => void;
  readonly onExit: (exit: { readonly exitCode: number; readonly signal: number | null }) => void;
}

/** Starts shells. Implemented by an adapter over the pseudo-terminals of this machine. */
export interface ShellStarter {
  start(request: ShellStart): Promise<Shell>;
}

/** Keeps files that were handed to a terminal, for a day, where only the user of the gateway can read them. */
export interface Staging {
  keep(name: string, content: Uint8Array): Promise<{ readonly path: string; readonly size: number }>;
}

/** `gateway.terminal`, as it is now. */
export interface TerminalSettings {
  readonly isEnabled: boolean;
  readonly shell: string;
  readonly detachedMs: number;
}

export interface TerminalRow {
  readonly sessionId: string;
  readonly agentId: string;
  readonly shell: string;
  readonly cwd: string;
  readonly confined: boolean;
}

export interface TerminalListing extends TerminalRow {
  readonly attached: boolean;
  /** `conn`, or `agent:` and the key of the chat session that it belongs to. */
  readonly owner: string;
  readonly createdAtMs: number;
}

export interface OpenTerminal {
  readonly connId: string;
  readonly agentId: string;
  readonly cwd: string;
  /** The chat session that it belongs to; without one it belongs to the connection. */
  readonly sessionKey?: string;
  readonly cols: number;
  readonly rows: number;
}

/**
 * Shells that operators opened over the wire. One belongs to the connection that opened it, until another takes it
 * over or nobody comes back for it; or to a chat session, and then any number of connections look on. They end with
 * the gateway. An operation by a connection that does not see the terminal is answered with false.
 */
export interface Terminals {
  /** Refuses everything while terminals are switched off. */
  checkEnabled(): void;
  open(request: OpenTerminal): Promise<TerminalRow>;
  list(): readonly TerminalListing[];
  /** Takes a terminal over, or joins it, and gives what it printed last. */
  attach(sessionId: string, connId: string): TerminalRow & { readonly buffer: string };
  input(sessionId: string, connId: string, data: string): boolean;
  resize(sessionId: string, connId: string, cols: number, rows: number): boolean;
  close(sessionId: string, connId: string): boolean;
  upload(
    sessionId: string,
    connId: string,
    file: { readonly name: string; readonly contentBase64: string },
  ): Promise<{ readonly path: string; readonly size: number }>;
  /** The connection is gone. */
  leave(connId: string): void;
  /** The chat session is gone: so are its terminals. */
  endSession(sessionKey: string): void;
  /** Ends what the settings of now do not allow any longer. */
  settle(): void;
  closeAll(): void;
}
