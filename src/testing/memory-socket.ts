import type { Close } from "../../schemas/close.ts";
import type { EventFrame, ResponseFrame } from "../../schemas/frames.ts";
import type { Socket } from "../connection/socket.ts";

/** A socket that keeps what it was given. `bufferedBytes` is whatever a test wants it to be. */
export class MemorySocket implements Socket {
  readonly frames: (ResponseFrame | EventFrame)[] = [];
  readonly closes: Close[] = [];
  bufferedBytes = 0;
  isDestroyed = false;
  isPromoted = false;

  send(frame: string | Buffer): void {
    // The code under test wrote it.
    this.frames.push(JSON.parse(String(frame)) as ResponseFrame | EventFrame);
  }

  close(close: Close): void {
    this.closes.push(close);
  }

  destroy(): void {
    this.isDestroyed = true;
  }

  promote(): void {
    this.isPromoted = true;
  }

  get events(): EventFrame[] {
    return this.frames.filter((frame) => frame.type === "event");
  }

  get responses(): ResponseFrame[] {
    return this.frames.filter((frame) => frame.type === "res");
  }
}
