import { readFile, stat } from "node:fs/promises";
import type { Tool, ToolResult } from "../../../domain/runs/index.ts";
import { Arguments, answered } from "../arguments.ts";
import { PICTURE_BYTES_MAX, pictureType } from "../pictures.ts";
import { inWorkspace, isMissing } from "../workspace-path.ts";
import { excerpt } from "./excerpt.ts";

/** A file larger than this is not even opened. */
const FILE_BYTES_MAX = 64 * 1_024 * 1_024;

export function readTool(): Tool {
  return {
    name: "read",
    description:
      "Reads a text file of the workspace. Long files come in parts: give `offset` (first line, from 1) and `limit` (lines).",
    parameters: {
      type: "object",
      required: ["path"],
      properties: {
        path: { type: "string" },
        offset: { type: "integer", minimum: 1 },
        limit: { type: "number" },
        cursor: { type: "integer", minimum: 0 },
        optional: { type: "boolean", const: true },
      },
    },
    isCommandBearing: false,
    isInOrder: false,
    describe(given) {
      const args = new Arguments(given);
      const file = args.text("path") ?? args.text("file_path");
      if (file === undefined || file === "") return undefined;
      const [offset, limit] = [args.number("offset"), args.number("limit")].map((value) =>
        value === undefined ? undefined : Math.max(1, Math.floor(value)),
      );
      if (offset !== undefined)
        return limit === undefined
          ? `from line ${offset} in ${file}`
          : `lines ${offset}-${offset + limit - 1} from ${file}`;
      if (limit === undefined) return `from ${file}`;
      return `first ${limit} ${limit === 1 ? "line" : "lines"} of ${file}`;
    },
    run: (given, context) =>
      answered("read", async () => {
        const args = new Arguments(given);
        const name = args.filledText("path");
        const file = await inWorkspace(context.workspace, name);
        try {
          const about = await stat(file);
          if (about.isDirectory())
            throw new Error(
              `Read requires a file path, but ${name} is a directory. List the directory, then read a specific file.`,
            );
          if (about.size > FILE_BYTES_MAX)
            throw new Error(`File is too large to read (${about.size} bytes): ${name}`);
          const bytes = await readFile(file);
          const mimeType = pictureType(bytes);
          if (mimeType !== undefined) return picture(bytes, mimeType);
          const [offset, limit, cursor] = [
            args.number("offset"),
            args.number("limit"),
            args.number("cursor"),
          ];
          const part = excerpt(bytes.toString("utf8"), {
            offset,
            limit,
            cursor,
            charsMax: context.outputCharsMax,
          });
          return { isError: false, ...part };
        } catch (error) {
          if (!isMissing(error)) throw error;
          if (args.flag("optional")) return { text: "", isError: false, details: { kind: "missing" } };
          throw new Error(`File not found: ${file}.`);
        }
      }),
  };
}

function picture(bytes: Buffer, mimeType: string): ToolResult {
  const text = `Read image file [${mimeType}]`;
  const images = bytes.length > PICTURE_BYTES_MAX ? [] : [{ mimeType, base64: bytes.toString("base64") }];
  return { text, isError: false, images, details: { kind: "image", content: text, mimeType } };
}
