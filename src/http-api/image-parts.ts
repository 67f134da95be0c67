import type { Attachment } from "../domain/runs/index.ts";
import { isRecord } from "./answers.ts";

const DATA_URL = /^data:(image\/(?:jpeg|png|gif|webp|heic|heif));base64,([A-Za-z0-9+/=\s]+)$/;
const IMAGES_MAX = 8;

/** The pictures of the last message of a person, or undefined when one of them is none that may be looked at. */
export function imagesIn(messages: unknown): readonly Attachment[] | undefined {
  if (!Array.isArray(messages)) return [];
  const last = messages.findLast(
    (message: unknown) => isRecord(message) && message["role"] === "user",
  ) as unknown;
  const parts: readonly unknown[] = isRecord(last) && Array.isArray(last["content"]) ? last["content"] : [];
  const pictures = parts.filter(isRecord).filter((part) => part["type"] === "image_url");
  const read = pictures.map(readPicture);
  if (read.length > IMAGES_MAX || read.includes(undefined)) return undefined;
  return read.filter((picture) => picture !== undefined);
}

function readPicture(part: Readonly<Record<string, unknown>>): Attachment | undefined {
  const image = part["image_url"];
  const url = isRecord(image) ? image["url"] : image;
  // A URL would be fetched from the gateway's own network: that is off unless somebody switches it on.
  const [, mimeType, data] = typeof url === "string" ? (DATA_URL.exec(url.trim()) ?? []) : [];
  if (mimeType === undefined || data === undefined) return undefined;
  const base64 = data.replaceAll(/\s/g, "");
  return { mimeType, base64, bytes: Buffer.byteLength(base64, "base64") };
}
