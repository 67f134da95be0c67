import { POLICY } from "../../../schemas/policy.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import type { Attachment } from "../runs/index.ts";

export type Attachments = readonly Attachment[];

/** An attachment as a client sends it. */
interface WireAttachment {
  readonly type?: string;
  readonly mimeType?: string;
  readonly fileName?: string;
  readonly content?: unknown;
}

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** Checks and decodes what came with a message. One without content is passed over, as the reference does. */
export function readAttachments(given: readonly WireAttachment[] | undefined): Attachments {
  return (given ?? []).flatMap((one) => {
    if (typeof one.content !== "string") return [];
    if (one.content === "") {
      throw invalidRequest(`UnsupportedAttachmentError: attachment ${labelOf(one)}: empty payload`);
    }
    return [readAttachment(one, one.content)];
  });
}

function readAttachment(one: WireAttachment, content: string): Attachment {
  const label = labelOf(one);
  const base64 = content.replace(/^data:[^,]*,/, "").replaceAll(/\s/g, "");
  if (!BASE64.test(base64) || base64.length % 4 === 1) {
    throw invalidRequest(`Error: attachment ${label}: invalid base64 content`);
  }
  const bytes = Math.floor((base64.replace(/=+$/, "").length * 3) / 4);
  const mimeType = one.mimeType ?? "application/octet-stream";
  const bytesMax = mimeType.startsWith("image/") ? POLICY.imageBytesMax : POLICY.attachmentBytesMax;
  if (bytes > bytesMax) {
    throw invalidRequest(`Error: attachment ${label}: exceeds size limit (${bytes} > ${bytesMax} bytes)`);
  }
  return {
    mimeType,
    base64,
    bytes,
    ...(one.fileName === undefined ? {} : { fileName: baseName(one.fileName) }),
  };
}

function labelOf({ fileName, type }: WireAttachment): string {
  return fileName ?? type ?? "attachment";
}

/** Only a name: a path in it would be an invitation to write elsewhere. */
function baseName(fileName: string): string {
  return fileName.split(/[\\/]/).at(-1)?.replaceAll("\0", "") ?? "";
}
