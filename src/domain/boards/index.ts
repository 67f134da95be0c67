import type { BoardOp, Content, Placement } from "./ops.ts";

export { createBoards } from "./boards.ts";
export type { BoardOp, Content, Placement } from "./ops.ts";

/** An alias, since results of methods are open records, which interfaces are not. */
export type Tab = {
  readonly tabId: string;
  readonly title: string;
  readonly position: number;
  readonly chatDock: string;
};

/** A widget as clients list it; its content stays with us. */
export type WidgetRow = Readonly<Record<string, unknown>> & { readonly name: string };

export interface Board {
  readonly sessionKey: string;
  readonly revision: number;
  readonly tabs: Tab[];
  readonly widgets: WidgetRow[];
}

export interface WidgetInput {
  readonly name: string;
  readonly title?: string;
  readonly content: Content;
  readonly presentation?: string;
  readonly heightMode?: string;
  readonly placement?: Placement;
  readonly declared?: { readonly netOrigins?: readonly string[]; readonly tools?: readonly string[] };
}

/** The boards of sessions: tabs with widgets on them. Every change is a revision, told as `board.changed`. */
export interface Boards {
  get(sessionKey: string): Promise<Board>;
  /** Does all of it or nothing. */
  update(sessionKey: string, ops: readonly BoardOp[]): Promise<Board>;
  /** Makes a widget, or a new revision of it; what it declares to need is granted with it. */
  put(sessionKey: string, input: WidgetInput): Promise<Board>;
  grant(
    sessionKey: string,
    decision: { name: string; decision: "granted" | "rejected"; revision: number; instanceId: string },
  ): Promise<Board>;
}
