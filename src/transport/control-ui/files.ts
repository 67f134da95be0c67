import { readFile, realpath, stat } from "node:fs/promises";
import { extname, join, sep } from "node:path";

/** A file of the bundle, read and ready to be sent. */
export interface BundleFile {
  readonly body: Buffer;
  readonly contentType: string;
  readonly contentEncoding: "br" | "gzip" | undefined;
  readonly modifiedAt: Date;
}

/** Also the list of endings that are never a page: a missing one is 404, anything else is a route of the UI. */
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".gif": "image/gif",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".jpeg": "image/jpeg",
  ".jpg": "image/jpeg",
  ".js": "application/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".map": "application/json; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json; charset=utf-8",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
};

const FILE_BYTES_MAX = 32 * 1024 * 1024;

export function looksLikeFile(path: string): boolean {
  return extname(path) in CONTENT_TYPES;
}

/**
 * The file behind a URL path, or undefined. Never one outside the root, whatever the path or a link says; a
 * pre-compressed sibling is preferred when the client takes it.
 */
export async function readBundleFile(
  root: string,
  urlPath: string,
  acceptEncoding: string,
): Promise<BundleFile | undefined> {
  const path = decodePath(urlPath);
  if (path === undefined) return undefined;
  const plain = await inside(root, join(root, path));
  if (plain === undefined) return undefined;
  const info = await stat(plain);
  if (!info.isFile() || info.size > FILE_BYTES_MAX) return undefined;
  const contentType = CONTENT_TYPES[extname(plain)] ?? "application/octet-stream";
  for (const [encoding, ending] of [["br", ".br"] as const, ["gzip", ".gz"] as const]) {
    if (!accepts(acceptEncoding, encoding)) continue;
    const packed = await inside(root, plain + ending);
    if (packed === undefined) continue;
    return { body: await readFile(packed), contentType, contentEncoding: encoding, modifiedAt: info.mtime };
  }
  return { body: await readFile(plain), contentType, contentEncoding: undefined, modifiedAt: info.mtime };
}

/** True when the header names the encoding and does not refuse it with `q=0`. */
export function accepts(acceptEncoding: string, encoding: string): boolean {
  return acceptEncoding.split(",").some((part) => {
    const [name, ...parameters] = part.trim().toLowerCase().split(";");
    return (
      (name === encoding || name === "*") &&
      !parameters.some((parameter) => /^\s*q=0(\.0*)?\s*$/.test(parameter))
    );
  });
}

function decodePath(urlPath: string): string | undefined {
  try {
    const path = decodeURIComponent(urlPath);
    const hasHiddenPart = path.split("/").some((part) => part.startsWith("."));
    return path.includes("\0") || path.includes("\\") || hasHiddenPart ? undefined : path;
  } catch {
    return undefined;
  }
}

async function inside(root: string, file: string): Promise<string | undefined> {
  try {
    const real = await realpath(file);
    return real.startsWith(root + sep) ? real : undefined;
  } catch {
    return undefined;
  }
}
