import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Headers } from "./headers.ts";
import type { WebAnswer, WebRequest } from "./index.ts";

export const ICON_PREFIX = "/__openclaw__/plugin-icon/";
/** One folder name, so that no path leads out of the folder of plugins. */
const PLUGIN_ID = /^[a-z0-9][a-z0-9-]*$/;
/** What a picture may not do if somebody opens it as a page. */
const HARMLESS = "default-src 'none'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; sandbox";

/** The picture of a plugin of the installed reference, beside whose Control UI it lies; undefined without one. */
export async function pluginIcon(
  uiRoot: string,
  request: WebRequest,
  path: string,
): Promise<WebAnswer | undefined> {
  const id = path.slice(ICON_PREFIX.length);
  if (!PLUGIN_ID.test(id)) return undefined;
  const file = join(uiRoot, "..", "extensions", id, "assets", "icon.png");
  const body = await readFile(file).catch(() => undefined);
  if (body === undefined) return undefined;
  const etag = `"${createHash("sha256").update(body).digest("base64url")}"`;
  const headers = headersOf(etag);
  if (request.headers["if-none-match"] === etag) return { status: 304, headers, body: "" };
  return { status: 200, headers: { ...headers, "Content-Type": "image/png" }, body };
}

function headersOf(etag: string): Headers {
  return {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(self), geolocation=()",
    ETag: etag,
    "Cache-Control": "private, max-age=3600",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": HARMLESS,
    "Content-Disposition": 'attachment; filename="plugin-icon"',
  };
}
