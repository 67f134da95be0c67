import { readFile, stat } from "node:fs/promises";
import type { Tool } from "../../../domain/runs/index.ts";
import { Arguments, answered } from "../arguments.ts";
import { inWorkspace, isMissing } from "../workspace-path.ts";

const BYTES_MAX = 50 * 1_024;
const LINES_MAX = 2_000;
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
      const [file, offset, limit] = [args.text("path"), args.number("offset"), args.number("limit")];
      if (file === undefined) return undefined;
      if (offset !== undefined)
        return `lines ${offset}-${limit === undefined ? "end" : offset + limit - 1} of ${file}`;
      return limit === undefined ? `from ${file}` : `first ${limit} lines of ${file}`;
    },
    run: (given, context) =>
      answered("read", async () => {
        const args = new Arguments(given);
        const given_ = args.requiredText("path");
        const file = await inWorkspace(context.workspace, given_);
        try {
          const { size } = await stat(file);
          if (size > FILE_BYTES_MAX) throw new Error(`File is too large to read (${size} bytes): ${given_}`);
          const text = await readFile(file, "utf8");
          return { isError: false, ...excerpt(text, args.number("offset") ?? 1, args.number("limit")) };
        } catch (error) {
          if (!isMissing(error)) throw error;
          if (args.flag("optional")) return { text: "", isError: false, details: { kind: "missing" } };
          throw new Error(`File not found: ${file}.`);
        }
      }),
  };
}

/** The asked part of a text, within the bounds, and where to go on. Pure; exported for its table of tests. */
export function excerpt(text: string, offset: number, limit: number | undefined) {
  const lines = text.split("\n");
  const first = Math.max(1, Math.floor(offset));
  if (first > lines.length) {
    throw new Error(`Offset ${first} is beyond end of file (${lines.length} lines total)`);
  }
  const asked = lines.slice(first - 1, first - 1 + Math.min(limit ?? LINES_MAX, LINES_MAX));
  const kept = withinBytes(asked);
  const content = kept.join("\n");
  const next = first + kept.length;
  const remaining = lines.length - (next - 1);
  if (remaining <= 0) return { text: content, details: { kind: "text", content } };
  return {
    text: `${content}\n\n[${remaining} more lines in file. Use offset=${next} to continue.]`,
    details: {
      kind: "truncated",
      content,
      truncation: {
        truncated: true,
        truncatedBy: kept.length < asked.length ? "bytes" : "lines",
        totalLines: lines.length,
        outputLines: kept.length,
        outputBytes: Buffer.byteLength(content),
        maxBytes: BYTES_MAX,
      },
      continuation: { kind: "line", offset: next, ...(limit === undefined ? {} : { limit }) },
    },
  };
}

function withinBytes(lines: readonly string[]): readonly string[] {
  let bytes = 0;
  const end = lines.findIndex((line) => {
    bytes += Buffer.byteLength(line) + 1;
    return bytes > BYTES_MAX;
  });
  if (end < 0) return lines;
  // One line longer than the bound is cut, or nothing could ever be read of it.
  return end === 0
    ? [
        Buffer.from(lines[0] ?? "")
          .subarray(0, BYTES_MAX)
          .toString("utf8"),
      ]
    : lines.slice(0, end);
}
