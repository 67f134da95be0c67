import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Tool } from "../../../domain/runs/index.ts";
import { Arguments, answered } from "../arguments.ts";
import { textChange } from "../line-diff.ts";
import { inWorkspace, isMissing } from "../workspace-path.ts";

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
        const name = args.filledText("path");
        const content = args.requiredText("content");
        const bytes = Buffer.byteLength(content);
        if (bytes > BYTES_MAX) throw new Error(`Content is too large (${bytes} bytes)`);
        const file = await inWorkspace(context.workspace, name);
        const before = await textOf(file);
        await mkdir(path.dirname(file), { recursive: true });
        await writeFile(file, content);
        const change = textChange(name, before ?? "", content);
        const details = { changed: change !== undefined, created: before === undefined, ...change };
        return { text: `Successfully wrote ${bytes} bytes to ${name}`, isError: false, details };
      }),
  };
}

/** What stands in a file so far, for the account of what changed. */
async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    // Writing says itself what is in the way, such as a folder.
    if (isMissing(error) || (error instanceof Error && "code" in error && error.code === "EISDIR"))
      return undefined;
    throw error;
  }
}
