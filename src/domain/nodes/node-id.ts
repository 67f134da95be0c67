import { invalidRequest } from "../../errors/protocol-error.ts";

/** A node is its device: the handshake lets none in without one. */
export function nodeIdOf(caller: { readonly deviceId?: string }): string {
  if (caller.deviceId === undefined) throw invalidRequest("device identity required");
  return caller.deviceId;
}
