import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
import type { Surfaces } from "./surfaces.ts";

export interface RenewedTicket {
  readonly surface: string;
  readonly pluginSurfaceUrls: Record<string, string>;
  readonly expiresAtMs: number;
}

/** A fresh ticket to a page that the connection was greeted with. */
export function renewTicket(surfaces: Surfaces, connId: string, wanted: unknown): RenewedTicket {
  if (typeof wanted !== "string" || wanted.trim() === "") throw invalidRequest("surface required");
  const surface = wanted.trim();
  const ticket = surfaces.renew(connId, surface);
  if (ticket === undefined) {
    throw new ProtocolError("UNAVAILABLE", `${surface} plugin surface unavailable`, { retryable: false });
  }
  return { surface, pluginSurfaceUrls: { [surface]: ticket.url }, expiresAtMs: ticket.expiresAtMs };
}
