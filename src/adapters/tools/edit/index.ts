import { readFile, writeFile } from "node:fs/promises";
import type { Tool } from "../../../domain/runs/index.ts";
import { Arguments, answered } from "../arguments.ts";
import { textChange } from "../line-diff.ts";
import { inWorkspace, isMissing } from "../workspace-path.ts";

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
    prepare: inOneForm,
    isCommandBearing: false,
    isInOrder: true,
    describe(given) {
      const args = new Arguments(given);
      const [file, newText] = [args.text("path"), args.text("newText")];
      if (file === undefined) return undefined;
      return newText === undefined ? `in ${file}` : `in ${file} (${newText.length} chars)`;
    },
    run: (given, context) =>
      answered("edit", async () => {
        const args = new Arguments(given);
        const name = args.filledText("path");
        const edits = args.list("edits").map(toEdit);
        if (edits.length === 0 || edits.some(({ oldText }) => oldText === "")) throw args.missing("edits");
        const file = await inWorkspace(context.workspace, name);
        const raw = await contentOf(file, name);
        const text = raw.replaceAll("\r\n", "\n");
        const result = applyEdits(text, edits, name);
        const change = textChange(name, text, result);
        if (change === undefined) {
          const said = `No changes made to ${name}. The replacement text is identical to the original.`;
          return { text: said, isError: false, details: { changed: false } };
        }
        // A file keeps the line ends it has.
        await writeFile(file, raw === text ? result : result.replaceAll("\n", "\r\n"));
        const said = `Successfully replaced ${edits.length} block(s) in ${name}.`;
        return { text: said, isError: false, details: { changed: true, ...change } };
      }),
  };
}

async function contentOf(file: string, name: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw new Error(`Could not edit file: ${name}. Error code: ENOENT.`);
  }
}

/** compat(RN23): one edit may also stand beside the path instead of in a list. */
function inOneForm(given: unknown): unknown {
  if (typeof given !== "object" || given === null || Array.isArray(given)) return given;
  const { oldText, newText, ...others } = given as { oldText?: unknown; newText?: unknown };
  const listed = Reflect.get(others, "edits") as unknown;
  const alone = typeof oldText === "string" && typeof newText === "string" ? [{ oldText, newText }] : [];
  if (alone.length > 0) return { ...others, edits: [...(Array.isArray(listed) ? listed : []), ...alone] };
  return { ...others, edits: Array.isArray(listed) ? listed.map(onlyTexts) : listed };
}

function onlyTexts(edit: unknown): unknown {
  if (typeof edit !== "object" || edit === null) return edit;
  const { oldText, newText } = edit as { oldText?: unknown; newText?: unknown };
  return { oldText, newText };
}

function toEdit(given: unknown): Edit {
  const args = new Arguments(given);
  return { oldText: args.requiredText("oldText"), newText: args.requiredText("newText") };
}

/** All edits or none: each place is found in the original, so their order does not matter. */
export function applyEdits(text: string, edits: readonly Edit[], name: string): string {
  const isOne = edits.length === 1;
  const places = edits
    .map((edit, index) => ({
      ...edit,
      index,
      at: placeOf(text, edit.oldText, isOne ? undefined : index, name),
    }))
    .toSorted((left, right) => left.at - right.at);
  let result = "";
  let end = 0;
  let previous = 0;
  for (const { at, oldText, newText, index } of places) {
    if (at < end) {
      const [one, other] = [previous, index].toSorted((left, right) => left - right);
      throw new Error(
        `edits[${one}] and edits[${other}] overlap in ${name}. Merge them into one edit or target disjoint regions.`,
      );
    }
    result += text.slice(end, at) + newText;
    end = at + oldText.length;
    previous = index;
  }
  return result + text.slice(end);
}

function placeOf(text: string, wanted: string, index: number | undefined, name: string): number {
  const which = index === undefined ? "the text" : `edits[${index}]`;
  const at = text.indexOf(wanted);
  if (at < 0) {
    const what = index === undefined ? "the exact text" : which;
    throw new Error(
      `Could not find ${what} in ${name}. The old text must match exactly including all whitespace and newlines.\nCurrent file contents:\n${text.slice(0, CONTENTS_CHARS_MAX)}`,
    );
  }
  const count = text.split(wanted).length - 1;
  if (count > 1) {
    throw new Error(
      `Found ${count} occurrences of ${which} in ${name}. The text must be unique. Please provide more context to make it unique.`,
    );
  }
  return at;
}
