import { readdir } from "node:fs/promises";
import type { Tool } from "../../../domain/runs/index.ts";
import { Arguments, answered } from "../arguments.ts";
import { inWorkspace } from "../workspace-path.ts";

const ENTRIES_DEFAULT = 500;
const ENTRIES_MAX = 5_000;

export function lsTool(): Tool {
  return {
    name: "ls",
    description: "Lists a folder of the workspace; folders end with a slash. `after` goes on behind a name.",
    parameters: {
      type: "object",
      properties: { path: { type: "string" }, limit: { type: "number" }, after: { type: "string" } },
    },
    isCommandBearing: false,
    isInOrder: false,
    describe: (given) => new Arguments(given).text("path"),
    run: (given, context) =>
      answered("ls", async () => {
        const args = new Arguments(given);
        const folder = await inWorkspace(context.workspace, args.text("path") ?? ".");
        const entries = await readdir(folder, { withFileTypes: true });
        const after = args.text("after") ?? "";
        const names = entries
          .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name))
          .sort()
          .filter((name) => name > after);
        const limit = Math.min(Math.max(1, args.number("limit") ?? ENTRIES_DEFAULT), ENTRIES_MAX);
        const shown = names.slice(0, limit);
        const nextAfter = shown.length < names.length ? shown.at(-1) : undefined;
        // compat(RN20): in quotes, so that a name with a line break in it is still one line.
        const list = shown.map((name) => JSON.stringify(name)).join("\n");
        const more =
          nextAfter === undefined
            ? ""
            : `\n\n[More entries. Continue with the same path and after=${JSON.stringify(nextAfter)}.]`;
        const text = names.length === 0 ? "(empty directory)" : list + more;
        const details = { content: text, ...(nextAfter === undefined ? {} : { nextAfter }) };
        return { text, isError: false, details };
      }),
  };
}
