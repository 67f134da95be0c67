const SIGNATURES: readonly { readonly type: string; readonly at: number; readonly bytes: Buffer }[] = [
  { type: "image/png", at: 12, bytes: Buffer.from("IHDR") },
  { type: "image/jpeg", at: 0, bytes: Buffer.from([0xff, 0xd8, 0xff]) },
  { type: "image/gif", at: 0, bytes: Buffer.from("GIF8") },
  { type: "image/webp", at: 8, bytes: Buffer.from("WEBP") },
];

/** What a browser can show, by the bytes and not by the name. */
export function imageType(content: Buffer): string | undefined {
  return SIGNATURES.find(({ at, bytes }) => content.subarray(at, at + bytes.length).equals(bytes))?.type;
}
