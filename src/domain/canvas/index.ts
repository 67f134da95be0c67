import { createHash } from "node:crypto";
import { readFile, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { POLICY } from "../../../schemas/policy.ts";
import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
import { parseJson } from "../../platform/json.ts";
import { isRecord, type JsonRecord } from "../config/index.ts";

/** A page that an agent made, and the place where a client may show it apart from everything else. */
export interface CanvasView {
  readonly html: string;
  readonly sandboxUrl: string;
  readonly sandboxPort: number;
}

/** Pages that agents left in the state folder. */
export interface Canvas {
  view(docId: string): Promise<CanvasView>;
  /** The same for a page that a client holds; nothing is kept. */
  preview(html: string): Promise<CanvasView>;
}

/** Where a page may load scripts, styles and fonts from; the reference's list. */
const RESOURCES = [
  "https://cdnjs.cloudflare.com",
  "https://cdn.jsdelivr.net",
  "https://esm.sh",
  "https://unpkg.com",
  "https://fonts.googleapis.com",
  "https://fonts.gstatic.com",
  "https://fonts.bunny.net",
];
const STORED = { resourceDomains: RESOURCES, mediaDomains: ["https:", "blob:"], blockDescendantFrames: true };
const LOOSE = { blockDescendantFrames: true };

export function createCanvas(parts: {
  readonly stateDir: string;
  readonly port: () => number;
  /** The page that shows others apart; its content is part of the address, so that a new one is not taken for old. */
  readonly sandboxPage: string;
  /** Sees to it that somebody serves that page; nothing happens when somebody does. */
  readonly serveSandbox: () => Promise<void>;
}): Canvas {
  const framed = async (html: string, policy: JsonRecord): Promise<CanvasView> => {
    await parts.serveSandbox();
    const csp = Buffer.from(JSON.stringify(policy)).toString("base64url");
    const version = createHash("sha256").update(`${csp}\n${parts.sandboxPage}`).digest("hex");
    return {
      html,
      sandboxUrl: `/mcp-app-sandbox?csp=${csp}&v=${version}`,
      sandboxPort: parts.port() + 1,
    };
  };
  return {
    async view(docId) {
      const folder = path.join(parts.stateDir, "canvas", "documents", docId);
      const html = await readDocument(folder).catch(() => undefined);
      if (html === undefined) {
        throw new ProtocolError(
          "UNAVAILABLE",
          "Canvas widget unavailable; reload the chat or ask the agent to recreate it.",
          { retryable: false },
        );
      }
      return await framed(html, STORED);
    },
    async preview(html) {
      if (Buffer.byteLength(html) > POLICY.canvasBytesMax) throw invalidRequest("html exceeds 2 MiB");
      return await framed(html, LOOSE);
    },
  };
}

/** Only pages that were stored to be run, with a manifest that says so, and no link that leads out of their folder. */
async function readDocument(folder: string): Promise<string | undefined> {
  const manifest = parseJson(await readFile(path.join(folder, "manifest.json"), "utf8"));
  if (!isRecord(manifest) || manifest["cspSandbox"] !== "scripts") return undefined;
  const { localEntrypoint } = manifest;
  if (typeof localEntrypoint !== "string") return undefined;
  const file = await realpath(path.join(folder, localEntrypoint));
  if (!file.startsWith(`${await realpath(folder)}${path.sep}`)) return undefined;
  const { size } = await stat(file);
  return size > POLICY.canvasBytesMax ? undefined : await readFile(file, "utf8");
}
