import type { WireError } from "../../schemas/errors.ts";
import type { StateVersion } from "../../schemas/frames.ts";

/** A response that worked. Without a payload the member is left out. */
export function encodeOk(id: unknown, payload: unknown): string {
  const head = okHead(id);
  return payload === undefined ? `${head}}` : `${head},"payload":${JSON.stringify(payload)}}`;
}

/** The same for a payload that is JSON already: its pieces are copied once, into the frame. */
export function encodeOkPieces(id: unknown, pieces: readonly Buffer[]): Buffer {
  return Buffer.concat([Buffer.from(`${okHead(id)},"payload":`), ...pieces, CLOSING]);
}

const CLOSING = Buffer.from("}");

function okHead(id: unknown): string {
  return `{"type":"res","id":${JSON.stringify(id)},"ok":true`;
}

/** A response that did not work. What came of it all the same goes before the error. */
export function encodeError(id: unknown, error: WireError, payload?: unknown): string {
  const body = payload === undefined ? "" : `"payload":${JSON.stringify(payload)},`;
  return `{"type":"res","id":${JSON.stringify(id)},"ok":false,${body}"error":${JSON.stringify(error)}}`;
}

/**
 * An event, serialised once. Every connection gets the same bytes with its own `seq` spliced in; neighbours in a
 * fan-out usually stand at the same number, so the last splice is kept for them.
 */
export class EncodedEvent {
  readonly #head: Buffer;
  readonly #tail: string;
  #lastSeq = -1;
  #lastBytes: Buffer | undefined;

  constructor(event: string, payload: unknown, stateVersion?: StateVersion) {
    const body = payload === undefined ? undefined : JSON.stringify(payload);
    const head = `{"type":"event","event":${JSON.stringify(event)}`;
    this.#head = Buffer.from(body === undefined ? head : `${head},"payload":${body}`);
    this.#tail = stateVersion === undefined ? "}" : `,"stateVersion":${JSON.stringify(stateVersion)}}`;
  }

  /** The frame for a connection that stands at `seq`; without one, as the challenge is sent. */
  bytes(seq?: number): Buffer {
    if (seq === undefined) return this.#splice(this.#tail);
    if (seq !== this.#lastSeq || this.#lastBytes === undefined) {
      this.#lastBytes = this.#splice(`,"seq":${seq}${this.#tail}`);
      this.#lastSeq = seq;
    }
    return this.#lastBytes;
  }

  /** What `bytes` would return is about this long; enough for the slow-consumer rule. */
  get byteLength(): number {
    return this.#head.length + this.#tail.length;
  }

  /** The spliced part is ASCII by construction. */
  #splice(end: string): Buffer {
    const bytes = Buffer.allocUnsafe(this.#head.length + end.length);
    this.#head.copy(bytes);
    bytes.write(end, this.#head.length, "latin1");
    return bytes;
  }
}
