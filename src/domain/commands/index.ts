export type { Command } from "./catalog.ts";
export { createCommands } from "./commands.ts";
export type { Decide } from "./context.ts";
export { listCommands } from "./listing.ts";
