import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";
import { REFERENCE_BUILD_ID } from "../../../schemas/reference.ts";
import { type AssistantMediaOptions, createAssistantMedia } from "./assistant-media.ts";
import { accepts, looksLikeFile, readBundleFile } from "./files.ts";
import { type Headers, pageHeaders, surfaceHeaders } from "./headers.ts";
import { type OwnFile, ownFile } from "./own-files.ts";
import { ownPage } from "./own-page.ts";
import { type Page, renderPage } from "./page.ts";
import { ICON_PREFIX, pluginIcon } from "./plugin-icons.ts";
import { findControlUiRoot, type RootSearch } from "./root.ts";

export interface WebRequest {
  readonly method: string;
  /** The path without its query, still percent-encoded. */
  readonly path: string;
  /** What stands behind the question mark. */
  readonly query?: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
}

export interface WebAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string | Buffer;
}

export interface ControlUiOptions {
  readonly basePath: string;
  readonly isTerminalEnabled: boolean;
  readonly search: RootSearch;
  /** True when the request carries the gateway's secret; failures are counted by the caller. */
  readonly isAuthorized: (request: WebRequest) => Promise<boolean>;
  /** What `/control-ui-config.json` says besides the base path and the build. */
  readonly bootConfig: () => Readonly<Record<string, unknown>>;
  /** Files that came with messages. */
  readonly media: Omit<AssistantMediaOptions, "isAuthorized">;
  /** For our own page. */
  readonly state: () => { version: string; connections: number; uptimeMs: number };
}

export interface ControlUi {
  /** Answers a GET or HEAD of the web surface; undefined where the request is none of its business. */
  handle(request: WebRequest): Promise<WebAnswer | undefined>;
}

interface Found {
  readonly root: string;
  readonly page: Page;
}

const BOOT_CONFIG = "/control-ui-config.json";

const compressors = { br: promisify(brotliCompress), gzip: promisify(gzip) };

/** The hosted web surface. The bundle is looked for at the first request: nobody pays for it at start. */
export function createControlUi(options: ControlUiOptions): ControlUi {
  let search: Promise<Found | undefined> | undefined;
  const media = createAssistantMedia({ ...options.media, isAuthorized: options.isAuthorized });

  async function find(): Promise<Found | undefined> {
    const root = await findControlUiRoot(options.search);
    if (root === undefined) return undefined;
    const source = await readFile(join(root, "index.html"), "utf8");
    return { root, page: renderPage(source, options) };
  }

  async function answer(request: WebRequest, path: string): Promise<WebAnswer> {
    search ??= find();
    const found = await search;
    if (path === BOOT_CONFIG || path === `/__openclaw${BOOT_CONFIG}`) return bootConfig(request, found);
    if (path === "/__openclaw__/assistant-media") return media(request);
    if (isUnsafe(path)) return notFound();
    if (path.startsWith("/avatar/")) {
      const isName = /^\/avatar\/[a-z0-9][a-z0-9_-]*$/i.test(path);
      return isName ? guarded(request, notFound()) : notFound();
    }
    if (path.startsWith(ICON_PREFIX)) {
      const icon = found === undefined ? undefined : await pluginIcon(found.root, request, path);
      return guarded(request, icon ?? notFound());
    }
    if (found !== undefined && path !== "/" && path !== "/index.html") {
      const file = await readBundleFile(found.root, path, request.headers["accept-encoding"] ?? "");
      if (file !== undefined) return fileAnswer(file, path, request);
    }
    const own = found === undefined ? ownFile(path) : undefined;
    if (own !== undefined) return ownFileAnswer(own);
    return isRoute(path, request) ? page(request, found) : notFound();
  }

  async function bootConfig(request: WebRequest, found: Found | undefined): Promise<WebAnswer> {
    if (!(await options.isAuthorized(request))) return unauthorized();
    const { basePath } = options;
    // Without a Control UI it is the one that the frozen reference has.
    const serverBuildId = found?.page.buildId ?? REFERENCE_BUILD_ID;
    const config = { basePath, ...options.bootConfig(), serverBuildId };
    return json(200, config, { "Cache-Control": "no-cache" });
  }

  /** Pictures of persons. There are no persons; who asks has to be somebody all the same. */
  async function profile(request: WebRequest): Promise<WebAnswer> {
    if (request.method === "GET" || request.method === "HEAD")
      return bare(await guarded(request, missingAvatar()));
    const headers = { Allow: "GET, HEAD", "Content-Type": "text/plain; charset=utf-8" };
    return { status: 405, headers, body: "Method Not Allowed" };
  }

  async function guarded(request: WebRequest, allowed: WebAnswer): Promise<WebAnswer> {
    return (await options.isAuthorized(request)) ? allowed : unauthorized();
  }

  async function page(request: WebRequest, found: Found | undefined): Promise<WebAnswer> {
    const html = found?.page.html ?? ownPage(options.state());
    const base = {
      ...pageHeaders(found?.page.scriptHashes ?? [], request.headers.host),
      "Content-Type": "text/html; charset=utf-8",
      "Cache-Control": "no-cache",
      Vary: "Accept-Encoding",
    };
    const accepted = request.headers["accept-encoding"] ?? "";
    for (const encoding of ["br", "gzip"] as const) {
      if (!accepts(accepted, encoding)) continue;
      return {
        status: 200,
        headers: { ...base, "Content-Encoding": encoding },
        body: await compressors[encoding](html),
      };
    }
    return { status: 200, headers: base, body: html };
  }

  return {
    async handle(request) {
      const path = below(options.basePath, plainPath(request.path));
      if (path?.startsWith("/api/users/") === true) return profile(request);
      if (request.method !== "GET" && request.method !== "HEAD") return undefined;
      // Paths of other parts of the gateway, none of which is there: no business of the web surface.
      if (path === undefined || /^\/api(\/|$)|^\/plugins\/./.test(path)) return undefined;
      if (/^\/\/|^\/__openclaw__\/(a2ui|cap)(\/|$)/.test(path))
        return bare(await guarded(request, notFound()));
      if (path === "") return { status: 302, headers: { Location: `${options.basePath}/` }, body: "" };
      return answer(request, path);
    },
  };
}

/** The part of the path below the base: `""` for the base without its slash, undefined outside of it. */
function below(basePath: string, path: string): string | undefined {
  if (basePath === "") return path;
  if (path === basePath) return "";
  return path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : undefined;
}

/** The path as a browser would have sent it: without steps up and down. */
function plainPath(path: string): string {
  return URL.parse(`http://host${path}`)?.pathname ?? path;
}

/** Paths that try to get out of where they begin, once they are read. */
function isUnsafe(path: string): boolean {
  try {
    const decoded = decodeURIComponent(path);
    return decoded.includes("\0") || decoded.split("/").includes("..");
  } catch {
    return true;
  }
}

/** An answer that is not the web surface's own carries none of its policies. */
function bare(answer: WebAnswer): WebAnswer {
  const own = surfaceHeaders();
  const headers = Object.fromEntries(Object.entries(answer.headers).filter(([name]) => !(name in own)));
  return { ...answer, headers };
}

/** A path the UI's own router shows: a browser asks for a page, and no file or API is called so. */
function isRoute(path: string, request: WebRequest): boolean {
  if (path !== "/index.html" && looksLikeFile(path)) return false;
  if (/^\/assets\/./.test(path)) return false;
  const accept = request.headers.accept || "*/*";
  return accept.includes("text/html") || accept.includes("*/*");
}

function fileAnswer(
  file: NonNullable<Awaited<ReturnType<typeof readBundleFile>>>,
  path: string,
  request: WebRequest,
): WebAnswer {
  const modified = file.modifiedAt.toUTCString();
  const caching = {
    ...surfaceHeaders(),
    // Names below assets/ carry a hash of their content, so they may be kept for good.
    "Cache-Control": path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache",
    "Last-Modified": modified,
    Vary: "Accept-Encoding",
  };
  const since = Date.parse(request.headers["if-modified-since"] ?? "");
  if (since >= Date.parse(modified)) return { status: 304, headers: caching, body: "" };
  const encoding = file.contentEncoding === undefined ? {} : { "Content-Encoding": file.contentEncoding };
  return {
    status: 200,
    headers: { ...caching, "Content-Type": file.contentType, ...encoding },
    body: file.body,
  };
}

function ownFileAnswer({ contentType, body }: OwnFile): WebAnswer {
  const headers = { "Cache-Control": "no-cache", Vary: "Accept-Encoding", "Content-Type": contentType };
  return { status: 200, headers: { ...surfaceHeaders(), ...headers }, body };
}

function notFound(): WebAnswer {
  return {
    status: 404,
    headers: { ...surfaceHeaders(), "Content-Type": "text/plain; charset=utf-8" },
    body: "Not Found",
  };
}

function missingAvatar(): WebAnswer {
  return json(404, { ok: false, error: { type: "not_found" } }, { "Cache-Control": "no-store" });
}

function unauthorized(): WebAnswer {
  return json(401, { error: { message: "Unauthorized", type: "unauthorized" } }, {});
}

function json(status: number, value: unknown, extra: Headers): WebAnswer {
  const headers = { ...surfaceHeaders(), "Content-Type": "application/json; charset=utf-8", ...extra };
  return { status, headers, body: JSON.stringify(value) };
}
