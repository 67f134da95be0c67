export type { Command } from "./catalog.ts";
export { createCommands } from "./commands.ts";
export { listCommands } from "./listing.ts";
