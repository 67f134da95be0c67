import type { Close } from "../../schemas/close.ts";

/** What a connection needs of a WebSocket. `src/transport` implements it over ws. */
export interface Socket {
  /** Sends one text frame. Bytes must be UTF-8. Nothing happens once the socket is closing. */
  send(frame: string | Buffer): void;
  /** Starts the closing handshake. */
  close(close: Close): void;
  /** Drops the socket without a word. */
  destroy(): void;
  /** Bytes handed over and not yet written to the network. */
  readonly bufferedBytes: number;
  /** The handshake is done: large frames are taken from now on, and the peer is pinged. */
  promote(): void;
}

/** What a socket tells its connection. */
export interface Inbox {
  /** A text or binary message, complete. */
  receive(message: Buffer): void;
  /** The socket is gone. Called once, and nothing after it. */
  closed(): void;
}
