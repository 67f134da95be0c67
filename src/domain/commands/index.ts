export { COMMANDS, type Command } from "./catalog.ts";
export { createCommands } from "./commands.ts";
