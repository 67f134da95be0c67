import { createHmac, timingSafeEqual } from "node:crypto";
import type { Clock } from "../../platform/clock.ts";
import { surfaceHeaders } from "./headers.ts";
import type { WebAnswer, WebRequest } from "./index.ts";

/** Files that came with messages, as pages may show them. */
export interface MediaFiles {
  /** The file that a transcript calls by this name; undefined when there is none. */
  read(name: string): Promise<Buffer | undefined>;
}

export interface AssistantMediaOptions {
  readonly files: MediaFiles;
  readonly clock: Pick<Clock, "now">;
  /** Known to this process only: tickets end with it. */
  readonly key: string;
  readonly ticketMs: number;
  readonly isAuthorized: (request: WebRequest) => Promise<boolean>;
}

const INBOUND = "media://inbound/";
const TYPES: Readonly<Record<string, string>> = {
  gif: "image/gif",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
  pdf: "application/pdf",
};

/**
 * A page asks with its secret whether a file can be shown, and gets a ticket for that file in that session: the
 * address of a picture must not carry a secret.
 */
export function createAssistantMedia(options: AssistantMediaOptions) {
  const { files, clock } = options;

  const sealOf = (query: URLSearchParams, expiresAt: string): string =>
    createHmac("sha256", options.key)
      .update(["source", "sessionKey", "agentId"].map((name) => query.get(name) ?? "").join("\n"))
      .update(`\n${expiresAt}`)
      .digest("base64url");

  /** Undefined for one that this process never gave out, false for one that is for something else or too old. */
  function isGood(ticket: string, query: URLSearchParams): boolean | undefined {
    const [, expiresAt, seal] = /^v1\.(\d+)\.([\w-]{43})$/.exec(ticket) ?? [];
    if (expiresAt === undefined || seal === undefined) return undefined;
    const isSame = timingSafeEqual(Buffer.from(seal), Buffer.from(sealOf(query, expiresAt)));
    return isSame && Number(expiresAt) > clock.now();
  }

  async function describe(source: string, query: URLSearchParams): Promise<WebAnswer> {
    const found = await fileOf(files, source);
    if ("code" in found) return told({ available: false, ...found });
    const expiresAt = clock.now() + options.ticketMs;
    return told({
      available: true,
      mimeType: found.mimeType,
      sizeBytes: found.bytes.length,
      mediaTicket: `v1.${expiresAt}.${sealOf(query, String(expiresAt))}`,
      mediaTicketExpiresAt: new Date(expiresAt).toISOString(),
    });
  }

  return async (request: WebRequest): Promise<WebAnswer> => {
    const query = new URLSearchParams(request.query);
    const ticket = query.get("mediaTicket");
    const mayRead = ticket === null || ticket === "" ? undefined : isGood(ticket, query);
    if (mayRead === undefined && !(await options.isAuthorized(request))) return UNAUTHORIZED;
    const source = query.get("source") ?? "";
    if (source === "" || mayRead === false) return NOT_FOUND;
    if (query.get("meta") === "1") return describe(source, query);
    const found = await fileOf(files, source);
    return "code" in found ? NOT_FOUND : shown(found);
  };
}

interface Found {
  readonly bytes: Buffer;
  readonly mimeType: string;
  readonly fileName: string;
}

interface Refused {
  readonly code: "blocked-local-file" | "unsupported-media-type";
  readonly reason: string;
}

const BLOCKED: Refused = { code: "blocked-local-file", reason: "Blocked local file" };

async function fileOf(files: MediaFiles, source: string): Promise<Found | Refused> {
  const mimeType = TYPES[/\.([a-z0-9]+)$/i.exec(source)?.[1]?.toLowerCase() ?? ""];
  if (mimeType === undefined) return { code: "unsupported-media-type", reason: "Not an image" };
  const name = source.startsWith(INBOUND) ? source.slice(INBOUND.length) : "";
  // Names were chosen here, so whatever looks like a path is none of them.
  if (!/^\w[\w.-]*$/.test(name)) return BLOCKED;
  const bytes = await files.read(name);
  return bytes === undefined ? BLOCKED : { bytes, mimeType, fileName: name.replace(/---[0-9a-f-]{36}/, "") };
}

function told(value: object): WebAnswer {
  const headers = { ...surfaceHeaders(), "Content-Type": "application/json; charset=utf-8" };
  return { status: 200, headers: { ...headers, "Cache-Control": "no-cache" }, body: JSON.stringify(value) };
}

function shown({ bytes, mimeType, fileName }: Found): WebAnswer {
  return {
    status: 200,
    headers: {
      ...surfaceHeaders(),
      "Content-Type": mimeType,
      "Content-Disposition": `inline; filename="${fileName}"; filename*=UTF-8''${fileName}`,
      "Cache-Control": "no-cache",
    },
    body: bytes,
  };
}

const NOT_FOUND: WebAnswer = {
  status: 404,
  headers: { ...surfaceHeaders(), "Content-Type": "text/plain; charset=utf-8" },
  body: "Not Found",
};

const UNAUTHORIZED: WebAnswer = {
  status: 401,
  headers: { ...surfaceHeaders(), "Content-Type": "application/json; charset=utf-8" },
  body: JSON.stringify({ error: { message: "Unauthorized", type: "unauthorized" } }),
};
