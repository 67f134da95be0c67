import { POLICY } from "../../../schemas/policy.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Ids } from "../../platform/ids.ts";

export interface SurfaceTicket {
  readonly surface: string;
  readonly token: string;
  readonly url: string;
  readonly expiresAtMs: number;
}

/** Tickets to the pages that plugins host: one per connection and surface, gone with the connection. */
export interface Surfaces {
  /** A fresh one for an address below this host; the last one of the connection for that surface is void. */
  issue(connId: string, surface: string, host: string): SurfaceTicket;
  /** A fresh one under the host of the last; undefined when the connection never had one. */
  renew(connId: string, surface: string): SurfaceTicket | undefined;
  /** The last one of the connection. */
  current(connId: string, surface: string): SurfaceTicket | undefined;
  /** The surface that an unexpired ticket opens. */
  opens(token: string): string | undefined;
  drop(connId: string): void;
}

export function createSurfaces({ clock, ids }: { readonly clock: Clock; readonly ids: Ids }): Surfaces {
  const byConnection = new Map<string, Map<string, SurfaceTicket>>();
  const byToken = new Map<string, SurfaceTicket>();

  function issue(connId: string, surface: string, base: string): SurfaceTicket {
    const own = byConnection.get(connId) ?? new Map<string, SurfaceTicket>();
    byConnection.set(connId, own);
    const before = own.get(surface);
    if (before !== undefined) byToken.delete(before.token);
    const token = ids.token(POLICY.surfaceTicketBytes);
    const url = `${base}/__openclaw__/cap/${token}`;
    const ticket = { surface, token, url, expiresAtMs: clock.now() + POLICY.surfaceTicketMs };
    own.set(surface, ticket);
    byToken.set(token, ticket);
    return ticket;
  }

  return {
    issue: (connId, surface, host) => issue(connId, surface, `http://${host}`),
    renew(connId, surface) {
      const before = byConnection.get(connId)?.get(surface);
      return before === undefined ? undefined : issue(connId, surface, new URL(before.url).origin);
    },
    current: (connId, surface) => byConnection.get(connId)?.get(surface),
    opens(token) {
      const ticket = byToken.get(token);
      return ticket !== undefined && ticket.expiresAtMs > clock.now() ? ticket.surface : undefined;
    },
    drop(connId) {
      for (const { token } of byConnection.get(connId)?.values() ?? []) byToken.delete(token);
      byConnection.delete(connId);
    },
  };
}
