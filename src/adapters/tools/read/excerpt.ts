/** Bytes of a part that was asked for by its lines. */
const BYTES_MAX = 50 * 1_024;
const LINES_MAX = 2_000;
/** Characters kept free for the sentence that says where to go on. */
const NOTICE_CHARS = 86;

export interface Wanted {
  readonly offset?: number | undefined;
  readonly limit?: number | undefined;
  /** Where in the first line to go on. */
  readonly cursor?: number | undefined;
  /** Characters that the model should be given at most. */
  readonly charsMax: number;
}

/** The asked part of a text, within the bounds, and where to go on. Pure. compat(RN22): its words and its counts. */
export function excerpt(raw: string, { offset, limit, cursor = 0, charsMax }: Wanted) {
  const text = raw.replaceAll("\r\n", "\n");
  if (text === "") return plain("File is empty (0 bytes).");
  const lines = (text.endsWith("\n") ? text.slice(0, -1) : text).split("\n");
  const total = lines.length;
  const first = Math.max(1, Math.floor(offset ?? 1));
  if (first > total)
    return plain(
      `Offset ${first} is beyond end of file (${total} lines total). Retry with offset <= ${total}.`,
    );
  const maxLines = limit === undefined ? LINES_MAX : Math.max(1, Math.floor(limit));
  const maxBytes = limit === undefined ? Math.min(BYTES_MAX, charsMax - NOTICE_CHARS) : BYTES_MAX;
  const asked = lines.slice(first - 1, first - 1 + maxLines);
  if (cursor > 0) asked[0] = asked[0]?.slice(cursor) ?? "";
  const kept = whole(asked, maxBytes);
  const next = first + kept.length;
  if (kept.length === asked.length && next > total) {
    const rest = text.endsWith("\n") ? "\n" : "";
    return plain(kept.join("\n") + rest);
  }
  const common = { totalLines: total, maxLines, maxBytes, byteCount: Buffer.byteLength(asked.join("\n")) };
  if (kept.length === 0) return partOfLine(asked[0] ?? "", first, cursor, common);
  const isByBytes = kept.length < asked.length;
  const content = kept.join("\n");
  const where = `Use offset=${next} to continue.`;
  const notice =
    limit === undefined
      ? `[Read output capped at 50KB for this call. ${where}]`
      : `[${total - next + 1} more lines in file. ${where}]`;
  return {
    text: `${content}\n\n${notice}`,
    details: {
      kind: "truncated",
      content,
      truncation: truncation(common, { by: isByBytes ? "bytes" : "lines", count: kept.length, content }),
      continuation: { kind: "line", offset: next, ...(limit === undefined ? {} : { limit }) },
    },
  };
}

interface Common {
  readonly totalLines: number;
  readonly maxLines: number;
  readonly maxBytes: number;
  readonly byteCount: number;
}

function plain(content: string) {
  return { text: content, details: { kind: "text", content } };
}

/** One line longer than the bound comes in pieces, or nothing could ever be read of it. */
function partOfLine(line: string, offset: number, before: number, common: Common) {
  const content = Buffer.from(line).subarray(0, common.maxBytes).toString("utf8");
  const cursor = before + content.length;
  return {
    text: `${content}\n\n[Read output capped at 50KB for this call. Use offset=${offset}, cursor=${cursor} to continue.]`,
    details: {
      kind: "truncated",
      content,
      truncation: { ...truncation(common, { by: "bytes", count: 0, content }), lastLinePartial: true },
      continuation: { kind: "cursor", offset, cursor },
    },
  };
}

function truncation(common: Common, cut: { by: string; count: number; content: string }) {
  const { totalLines, maxLines, maxBytes, byteCount } = common;
  return {
    truncated: true,
    truncatedBy: cut.by,
    totalLines,
    totalBytes: byteCount,
    outputLines: cut.count,
    outputBytes: Buffer.byteLength(cut.content),
    lastLinePartial: false,
    firstLineExceedsLimit: false,
    maxLines,
    maxBytes,
  };
}

/** The lines from the beginning that fit as a whole. */
function whole(lines: readonly string[], bytesMax: number): readonly string[] {
  let bytes = -1;
  const end = lines.findIndex((line) => {
    bytes += Buffer.byteLength(line) + 1;
    return bytes > bytesMax;
  });
  return end < 0 ? lines : lines.slice(0, end);
}
