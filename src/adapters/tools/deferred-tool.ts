import type { Tool } from "../../domain/runs/index.ts";

/** A tool that is offered by name only: its schema is looked up when it is wanted. */
export interface DeferredTool extends Tool {
  readonly label: string;
  /** Whose tool it is; the gateway's own unless something else is said. */
  readonly source?: "client";
}
