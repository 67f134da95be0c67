import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Tool } from "../../../domain/runs/index.ts";
import { Arguments, answered } from "../arguments.ts";
import { inWorkspace } from "../workspace-path.ts";

const BYTES_MAX = 16 * 1_024 * 1_024;

export function writeTool(): Tool {
  return {
    name: "write",
    description: "Writes a file of the workspace, replacing what is there; folders are made as needed.",
    parameters: {
      type: "object",
      required: ["path", "content"],
      properties: { path: { type: "string" }, content: { type: "string" } },
    },
    isCommandBearing: false,
    isInOrder: true,
    describe(given) {
      const args = new Arguments(given);
      const file = args.text("path");
      return file === undefined ? undefined : `to ${file} (${args.text("content")?.length ?? 0} chars)`;
    },
    run: (given, context) =>
      answered("write", async () => {
        const args = new Arguments(given);
        const name = args.requiredText("path");
        const content = args.requiredText("content");
        const bytes = Buffer.byteLength(content);
        if (bytes > BYTES_MAX) throw new Error(`Content is too large (${bytes} bytes)`);
        const file = await inWorkspace(context.workspace, name);
        await mkdir(path.dirname(file), { recursive: true });
        await writeFile(file, content);
        return { text: `Successfully wrote ${bytes} bytes to ${name}`, isError: false };
      }),
  };
}
