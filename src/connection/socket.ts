/** What a connection needs of a WebSocket. `src/transport` implements it over ws; tests over an array. */
export interface Socket {
  /** Sends one text frame. Bytes must be UTF-8. */
  send(frame: string | Buffer): void;
  /** Starts the closing handshake. */
  close(code: number, reason: string): void;
  /** Drops the socket without a word. */
  destroy(): void;
  /** Bytes handed over and not yet written to the network. */
  readonly bufferedBytes: number;
  /** From now on frames up to this size are taken. */
  setFrameBytesMax(bytes: number): void;
}

/** What a socket tells its connection. */
export interface Inbox {
  /** A text or binary message, complete. */
  receive(message: Buffer): void;
  closed(): void;
}
