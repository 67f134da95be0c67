import { createHash } from "node:crypto";
import type { Model } from "../models/index.ts";
import type { ImagePart } from "./provider.ts";
import type { Attachment, RunRequest } from "./request.ts";

/** A file that came with a message, as the transcript and clients know it. */
export interface MediaFact {
  readonly url: string;
  readonly contentType: string;
  readonly kind: "image" | "document";
  readonly fileName?: string;
  readonly sizeBytes: number;
  /** Its text is part of what the model reads, so the file is not read again. */
  readonly hydrationSuppressed?: true;
}

/** Where files that came with messages are kept. Names are chosen here; the store makes nothing of them but files. */
export interface MediaStore {
  /** Durable when it resolves. A file of the name stays as it is: the same message brings the same bytes. */
  keep(name: string, base64: string): Promise<void>;
  read(name: string): Promise<string | undefined>;
  /** Puts a copy where the tools of an agent can reach it, and says where. */
  stage(workspace: string, folder: string, name: string): Promise<string>;
}

const SCHEME = "media://inbound/";
/** Characters of a text file that go into the prompt; the middle of a longer one is left out. */
export const DOCUMENT_CHARS_MAX = 60_000;
const STEM_CHARS_MAX = 60;

const EXTENSIONS: Readonly<Record<string, string>> = {
  "application/json": "json",
  "application/pdf": "pdf",
  "image/gif": "gif",
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/webp": "webp",
  "text/csv": "csv",
  "text/html": "html",
  "text/markdown": "md",
  "text/plain": "txt",
};

export const canSee = (model: Model): boolean => model.input.includes("image");
const isImage = ({ mimeType }: Attachment): boolean => mimeType.startsWith("image/");
const isText = ({ mimeType }: Attachment): boolean =>
  mimeType.startsWith("text/") || mimeType === "application/json";

/** What is known of the files of a message. The names follow from the message, so that a second try finds them. */
export function mediaOf({ runId, attachments }: RunRequest, model: Model): readonly MediaFact[] {
  return (attachments ?? []).map((one, index) => {
    const isInline = isImage(one) && canSee(model);
    // compat(chat/attachments): a picture that goes straight to the model loses the name it came with.
    const fileName = isInline ? undefined : one.fileName;
    return {
      url: `${SCHEME}${nameOf(one, fileName, idOf(runId, index))}`,
      contentType: one.mimeType,
      kind: isImage(one) ? "image" : "document",
      ...(fileName === undefined ? {} : { fileName }),
      sizeBytes: one.bytes,
      ...(isText(one) ? { hydrationSuppressed: true } : {}),
    };
  });
}

export function layoutOf(media: readonly MediaFact[], model: Model) {
  const slots = media.flatMap(({ kind }, factIndex) =>
    kind === "image" ? [{ kind: canSee(model) ? "inline" : "offloaded", factIndex }] : [],
  );
  return slots.length === 0 ? {} : { mediaImageLayout: { slots } };
}

/** The name of the file behind a reference; undefined for anything that this store did not write. */
export function fileOf(url: string): string | undefined {
  const name = url.startsWith(SCHEME) ? url.slice(SCHEME.length) : "";
  return /^[\w.-]+$/.test(name) && !name.startsWith(".") ? name : undefined;
}

/** Keeps the files of a message, and says what the model is told of them beside the text. */
export async function takeMedia(
  store: MediaStore,
  request: RunRequest,
  { model, workspace }: { readonly model: Model; readonly workspace: string },
): Promise<{ readonly before: string; readonly after: string }> {
  const media = mediaOf(request, model);
  if (media.length === 0) return { before: "", after: "" };
  const attachments = request.attachments ?? [];
  await Promise.all(
    media.map(({ url }, index) => store.keep(fileOf(url) ?? "", attachments[index]?.base64 ?? "")),
  );
  // What a model sees itself is also put where its tools find it, and then all of the message is.
  const isStaged = canSee(model) && attachments.some(isImage);
  const folder = `openclaw-staged-${idOf(request.runId, attachments.length)}`;
  const places = await Promise.all(
    media.map(({ url }) =>
      isStaged ? store.stage(workspace, folder, fileOf(url) ?? "") : Promise.resolve(url),
    ),
  );
  const line = (place: string, index: number) => {
    const count = media.length === 1 ? "" : ` ${index + 1}/${media.length}`;
    return `[media attached${count}: ${place} (${media[index]?.contentType})]\n`;
  };
  const head = media.length === 1 ? "" : `[media attached: ${media.length} files]\n`;
  const documents = attachments.flatMap((one, index) =>
    isText(one) ? [documentText(one, media[index], request.runId)] : [],
  );
  return { before: head + places.map(line).join(""), after: documents.join("") };
}

/** A text file as the model reads it: marked as what somebody sent, which gives no orders. */
function documentText(one: Attachment, fact: MediaFact | undefined, runId: string): string {
  const url = fact?.url ?? "";
  const name = fileOf(url) ?? "";
  const mark = createHash("sha256").update(`mark ${runId} ${name}`).digest("hex").slice(0, 16);
  const text = Buffer.from(one.base64, "base64").toString("utf8").trim().slice(0, DOCUMENT_CHARS_MAX);
  const safe = text.replaceAll("EXTERNAL_UNTRUSTED_CONTENT", "EXTERNAL-CONTENT");
  return `\n[media attached: ${url}]\n\n<file name="${name}" mime="${one.mimeType}">\n\n<<<EXTERNAL_UNTRUSTED_CONTENT id="${mark}">>>\nSource: External\n---\n${safe}\n<<<END_EXTERNAL_UNTRUSTED_CONTENT id="${mark}">>>\n</file>`;
}

/** Pictures of earlier messages, as far as they are still there. */
export async function imagesOfMedia(
  store: MediaStore,
  media: readonly { readonly url: string; readonly contentType: string }[],
): Promise<readonly ImagePart[]> {
  const found = await Promise.all(
    media.map(async ({ url, contentType }) => {
      const name = fileOf(url);
      const base64 = name === undefined ? undefined : await store.read(name);
      return base64 === undefined ? [] : [{ mimeType: contentType, base64 }];
    }),
  );
  return found.flat();
}

function nameOf(one: Attachment, fileName: string | undefined, id: string): string {
  const own = /\.([A-Za-z0-9]{1,8})$/.exec(one.fileName ?? "")?.[1]?.toLowerCase();
  const extension = EXTENSIONS[one.mimeType] ?? own ?? "bin";
  const stem = (fileName ?? "")
    .replace(/\.[^.]*$/, "")
    .replaceAll(/[^\w-]+/g, "_")
    .slice(0, STEM_CHARS_MAX);
  return stem === "" ? `${id}.${extension}` : `${stem}---${id}.${extension}`;
}

function idOf(runId: string, index: number): string {
  const hex = createHash("sha256").update(`media ${runId} ${index}`).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
