import { invalidRequest } from "../../errors/protocol-error.ts";
import type { Caller } from "../method.ts";

/** A node is its device: the handshake lets none in without one. */
export function nodeIdOf(caller: Caller): string {
  if (caller.deviceId === undefined) throw invalidRequest("device identity required");
  return caller.deviceId;
}
