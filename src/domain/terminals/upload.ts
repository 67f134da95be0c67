import { POLICY } from "../../../schemas/policy.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";

/** Names that a Windows machine takes for devices. */
const DEVICE = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/i;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
/** What no file system of any machine takes in a name. */
const FORBIDDEN = /[\p{Cc}<>:"|?*]/gu;
const NAMELESS = "upload";

/** The name of a file without the path before it, such that it is a name on every machine. */
export function uploadName(given: string): string {
  const base = given.split(/[\\/]/).at(-1) ?? "";
  const name = base
    .replace(FORBIDDEN, "_")
    .trim()
    .replace(/[. ]+$/, "");
  if (name === "") return NAMELESS;
  return DEVICE.test(name) ? `_${name}` : name;
}

/** What a client handed over, or the refusal of what is no base64. */
export function decodeUpload(contentBase64: string): Buffer {
  if (!BASE64.test(contentBase64)) throw invalidRequest("invalid terminal.upload base64 content");
  const content = Buffer.from(contentBase64, "base64");
  if (content.length > POLICY.terminalUploadBytesMax)
    throw invalidRequest("invalid terminal.upload base64 content");
  return content;
}
