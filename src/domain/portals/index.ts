export { createPortals } from "./portals.ts";

/** What opens a port of this machine to who has the link. Implemented by an adapter: it listens, and forwards. */
export interface PortalListener {
  /** Listens on a free port and forwards to `port` what comes with the token. */
  open(port: number, token: string): Promise<{ readonly listenPort: number; close(): Promise<void> }>;
}

/** A portal as everybody may see it; the token is in the answers of the methods alone. */
export type PublicPortal = {
  readonly id: string;
  readonly title: string;
  readonly port: number;
  readonly listenPort: number;
  readonly publicUrl: string;
  readonly path?: string;
  readonly createdAtMs: number;
};

export type Portal = PublicPortal & { readonly tokenQuery: string; readonly url: string };

/** Ports of this machine that are opened to a browser. They end with the gateway. */
export interface Portals {
  list(): readonly Portal[];
  /** Opens a portal; one that is open already is given again. */
  open(input: { readonly port: number; readonly title?: string; readonly path?: string }): Promise<Portal>;
  close(id: string): Promise<void>;
  closeAll(): Promise<void>;
}
