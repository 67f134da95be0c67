// Written by `npm run generate` from the topics beside it. Do not edit.
import type { Method } from "./method.ts";

/** Wire name to the topic that answers it; a topic is loaded when one of its methods is first called. */
export const TOPICS: Readonly<Record<string, () => Promise<{ default: readonly Method[] }>>> = {
  health: () => import("./health/health.ts"),
};
