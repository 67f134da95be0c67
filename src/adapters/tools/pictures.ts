/** Pictures that a model is shown, by the first bytes of the file. */
const PICTURES: readonly { readonly mimeType: string; readonly starts: string }[] = [
  { mimeType: "image/png", starts: "89504e470d0a1a0a" },
  { mimeType: "image/jpeg", starts: "ffd8ff" },
  { mimeType: "image/gif", starts: "47494638" },
];
/** A larger picture is not put before a model. */
export const PICTURE_BYTES_MAX = 5 * 1_024 * 1_024;

/** What kind of picture this is; undefined for anything else. */
export function pictureType(bytes: Buffer): string | undefined {
  const start = bytes.subarray(0, 12).toString("hex");
  // RIFF, four bytes of size, WEBP.
  if (/^52494646.{8}57454250/.test(start)) return "image/webp";
  return PICTURES.find(({ starts }) => start.startsWith(starts))?.mimeType;
}
