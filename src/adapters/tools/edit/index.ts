import { readFile, writeFile } from "node:fs/promises";
import type { Tool } from "../../../domain/runs/index.ts";
import { ArgumentError, Arguments, answered } from "../arguments.ts";
import { inWorkspace } from "../workspace-path.ts";

/** Characters of the file that are shown when a place was not found. */
const CONTENTS_CHARS_MAX = 4_000;

export interface Edit {
  readonly oldText: string;
  readonly newText: string;
}

export function editTool(): Tool {
  return {
    name: "edit",
    description:
      "Replaces pieces of a file. Each `oldText` has to stand in the file exactly once; all edits refer to the file as it is now.",
    parameters: {
      type: "object",
      required: ["path", "edits"],
      properties: {
        path: { type: "string" },
        edits: {
          type: "array",
          items: {
            type: "object",
            required: ["oldText", "newText"],
            properties: { oldText: { type: "string" }, newText: { type: "string" } },
          },
        },
      },
    },
    isCommandBearing: false,
    isInOrder: true,
    describe(given) {
      const file = new Arguments(given).text("path");
      return file === undefined ? undefined : `in ${file}`;
    },
    run: (given, context) =>
      answered("edit", async () => {
        const args = new Arguments(given);
        const name = args.requiredText("path");
        const edits = args.list("edits").map(toEdit);
        if (edits.length === 0) throw new ArgumentError("Missing required parameter: edits");
        const file = await inWorkspace(context.workspace, name);
        await writeFile(file, applyEdits(await readFile(file, "utf8"), edits, name));
        return { text: `Successfully replaced ${edits.length} block(s) in ${name}.`, isError: false };
      }),
  };
}

function toEdit(given: unknown): Edit {
  const args = new Arguments(given);
  return { oldText: args.requiredText("oldText"), newText: args.requiredText("newText") };
}

/** All edits or none: each place is found in the original, so their order does not matter. */
export function applyEdits(text: string, edits: readonly Edit[], name: string): string {
  const places = edits
    .map((edit, index) => ({ ...edit, at: placeOf(text, edit.oldText, `edits[${index}]`, name) }))
    .toSorted((left, right) => left.at - right.at);
  let result = "";
  let end = 0;
  for (const { at, oldText, newText } of places) {
    if (at < end) throw new Error(`Edits overlap in ${name}`);
    result += text.slice(end, at) + newText;
    end = at + oldText.length;
  }
  return result + text.slice(end);
}

function placeOf(text: string, wanted: string, which: string, name: string): number {
  if (wanted === "") throw new ArgumentError(`${which}.oldText must not be empty`);
  const at = text.indexOf(wanted);
  if (at < 0) {
    throw new Error(
      `Could not find the exact text in ${name}. The old text must match exactly including all whitespace and newlines.\nCurrent file contents:\n${text.slice(0, CONTENTS_CHARS_MAX)}`,
    );
  }
  if (text.indexOf(wanted, at + 1) >= 0) {
    throw new Error(`Found more than one occurrence of ${which} in ${name}. Add context to make it unique.`);
  }
  return at;
}
