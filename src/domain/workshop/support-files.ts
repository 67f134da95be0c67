import { invalidRequest } from "../../errors/protocol-error.ts";
import type { SupportFile } from "./record.ts";

const FOLDERS = ["assets", "examples", "references", "scripts", "templates"];
const TOTAL_BYTES_MAX = 2 * 1024 * 1024;
const FILE_BYTES_MAX = 256 * 1024;

/** Refuses files that could end up anywhere but beside the skill, or that nobody could read. */
export function checkSupportFiles(files: readonly SupportFile[]): void {
  let total = 0;
  for (const file of files) {
    checkPath(file.path);
    if (file.content.includes("\0")) {
      throw invalidRequest(`Support files must be UTF-8 text: ${file.path}`);
    }
    const bytes = Buffer.byteLength(file.content);
    if (bytes > FILE_BYTES_MAX) {
      throw invalidRequest(
        `Support file is too large: ${file.path} (${bytes} bytes, max ${FILE_BYTES_MAX}).`,
      );
    }
    total += bytes;
  }
  if (total > TOTAL_BYTES_MAX) {
    throw invalidRequest(`Support files are too large (${total} bytes, max ${TOTAL_BYTES_MAX}).`);
  }
  checkOverlap(files.map(({ path }) => path));
}

function checkPath(path: string): void {
  if (path.includes("\\")) throw invalidRequest("Support file paths must use forward slashes.");
  if (path.startsWith("/")) throw invalidRequest("Support file paths must be relative.");
  const segments = path.split("/");
  if (segments.some((segment) => segment === "" || segment.startsWith(".") || segment.includes("\0"))) {
    throw invalidRequest("Support file paths must use plain relative path segments.");
  }
  if (!FOLDERS.includes(segments[0] ?? "")) {
    throw invalidRequest(`Support file paths must be under one of: ${FOLDERS.join(", ")}.`);
  }
  if (segments.length < 2) {
    throw invalidRequest("Support file paths must include a file below an allowed support directory.");
  }
}

function checkOverlap(paths: readonly string[]): void {
  const sorted = [...paths].sort();
  for (const [index, path] of sorted.entries()) {
    const next = sorted.slice(index + 1).find((other) => other === path || other.startsWith(`${path}/`));
    if (next === path) throw invalidRequest(`Duplicate support file path: ${path}`);
    if (next !== undefined) throw invalidRequest(`Support file paths cannot overlap: ${path} and ${next}`);
  }
}
