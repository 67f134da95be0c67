import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Tool } from "../../../domain/runs/index.ts";
import { Arguments, answered } from "../arguments.ts";
import { inWorkspace } from "../workspace-path.ts";
import { applyHunks, type FilePatch, parsePatch } from "./patch.ts";

/** A change that was worked out and waits to be written. */
interface Change {
  readonly letter: "A" | "D" | "M";
  readonly name: string;
  readonly remove?: string;
  readonly write?: { readonly file: string; readonly content: string };
}

export function applyPatchTool(): Tool {
  return {
    name: "apply_patch",
    description:
      "Changes several files with one patch: `*** Begin Patch`, then `*** Add File:`, `*** Update File:` or `*** Delete File:` parts, then `*** End Patch`.",
    parameters: { type: "object", required: ["input"], properties: { input: { type: "string" } } },
    isCommandBearing: false,
    isInOrder: true,
    describe: () => undefined,
    run: (given, context) =>
      answered("apply_patch", async () => {
        const patches = parsePatch(new Arguments(given).requiredText("input"));
        // Everything is worked out before anything is written: a patch that does not fit changes nothing.
        const changes: Change[] = [];
        for (const patch of patches) changes.push(await workOut(patch, context.workspace));
        for (const change of changes) await carryOut(change);
        const lines = changes.map(({ letter, name }) => `${letter} ${name}`);
        return { text: `Success. Updated the following files:\n${lines.join("\n")}`, isError: false };
      }),
  };
}

async function workOut(patch: FilePatch, workspace: string): Promise<Change> {
  const file = await inWorkspace(workspace, patch.path);
  switch (patch.kind) {
    case "add":
      return { letter: "A", name: patch.path, write: { file, content: patch.content } };
    case "delete":
      await stat(file);
      return { letter: "D", name: patch.path, remove: file };
    case "update": {
      const content = applyHunks(await readFile(file, "utf8"), patch.hunks, patch.path);
      if (patch.moveTo === undefined) return { letter: "M", name: patch.path, write: { file, content } };
      const target = await inWorkspace(workspace, patch.moveTo);
      return { letter: "M", name: patch.moveTo, remove: file, write: { file: target, content } };
    }
  }
}

async function carryOut({ write, remove }: Change): Promise<void> {
  if (write !== undefined) {
    await mkdir(path.dirname(write.file), { recursive: true });
    await writeFile(write.file, write.content);
  }
  if (remove !== undefined && remove !== write?.file) await rm(remove);
}
