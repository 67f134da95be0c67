import { POLICY } from "../../../schemas/policy.ts";
import { assert } from "../../errors/assert.ts";
import { ProtocolError } from "../../errors/protocol-error.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Ids } from "../../platform/ids.ts";
import type { Publisher } from "../events.ts";
import type { Portal, PortalListener, Portals, PublicPortal } from "./index.ts";

const TOKEN_BYTES = 32;

export interface PortalParts {
  readonly listener: PortalListener;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly events: Publisher;
}

interface Opened {
  portal: Portal;
  readonly token: string;
  close(): Promise<void>;
}

export function createPortals({ listener, clock, ids, events }: PortalParts): Portals {
  const opened = new Map<string, Opened>();
  // One change after the other: a port is opened once, however many ask at the same time.
  let changing: Promise<unknown> = Promise.resolve();

  const inTurn = <Result>(run: () => Promise<Result>): Promise<Result> => {
    const done = changing.then(run);
    changing = done.catch(() => undefined);
    return done;
  };

  const tell = (): void => {
    const portals = [...opened.values()].map(({ portal }) => portal).map(toPublic);
    events.publish("portal.changed", { portals });
  };

  async function start(id: string, port: number, title: string): Promise<Opened> {
    if (opened.size >= POLICY.portalsMax) throw new ProtocolError("UNAVAILABLE", "too many open portals");
    const token = Buffer.from(ids.token(TOKEN_BYTES), "base64url").toString("hex");
    const { listenPort, close } = await listener.open(port, token);
    const facts = { id, title, port, listenPort, createdAtMs: clock.now() };
    const entry = { portal: withLinks(facts, token, undefined), token, close };
    opened.set(id, entry);
    return entry;
  }

  async function end(id: string): Promise<void> {
    const entry = opened.get(id);
    opened.delete(id);
    await entry?.close();
  }

  return {
    list: () => [...opened.values()].map(({ portal }) => portal),
    open: ({ port, title = `Port ${port}`, path }) =>
      inTurn(async () => {
        const entry = opened.get(`p${port}`) ?? (await start(`p${port}`, port, title));
        entry.portal = withLinks({ ...entry.portal, title }, entry.token, path);
        tell();
        return entry.portal;
      }),
    close: (id) =>
      inTurn(async () => {
        await end(id);
        tell();
      }),
    closeAll: () =>
      inTurn(async () => {
        for (const id of [...opened.keys()]) await end(id);
      }),
  };
}

function withLinks(
  { id, title, port, listenPort, createdAtMs }: Omit<PublicPortal, "publicUrl" | "path">,
  token: string,
  path: string | undefined,
): Portal {
  const publicUrl = `http://127.0.0.1:${listenPort}${path ?? "/"}`;
  const tokenQuery = `openclaw_portal=${token}`;
  return {
    id,
    title,
    port,
    listenPort,
    tokenQuery,
    url: `${publicUrl}?${tokenQuery}`,
    publicUrl,
    ...(path === undefined ? {} : { path }),
    createdAtMs,
  };
}

function toPublic({ tokenQuery, url, ...portal }: Portal): PublicPortal {
  assert(url.endsWith(tokenQuery), "the link of a portal ends with its token");
  return portal;
}
