import { createHash } from "node:crypto";
import { inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { qrModules, qrPng } from "./qr.ts";

test("a code grows with what it holds, version by version", () => {
  const sizeOf = (bytes: number) => qrModules(Buffer.alloc(bytes, 0x61)).length;
  expect([1, 14, 15, 180, 181, 2_331].map(sizeOf)).toEqual([21, 21, 25, 53, 57, 177]);
  expect(() => sizeOf(2_332)).toThrow("do not fit");
});

test("the modules are those that another encoder makes of the same text", () => {
  // Held against a foreign encoder when it was written: every module of data was the same once unmasked.
  const modules = qrModules(Buffer.from("https://gw.example.com/j/AwAdpygF9CH3hWNID5nUSQ"));
  const digest = createHash("sha256").update(Buffer.concat(modules)).digest("hex");
  expect(modules).toHaveLength(33);
  expect(digest.slice(0, 16)).toBe("3de9e9f9094274e5");
});

test("the picture is a PNG with a quiet zone of four modules", () => {
  const png = qrPng("x");
  const width = png.readUInt32BE(16);
  const data = png.subarray(png.indexOf("IDAT") + 4);
  const pixels = inflateSync(data.subarray(0, png.readUInt32BE(png.indexOf("IDAT") - 4)));
  const row = (y: number) => pixels.subarray(y * (width + 1) + 1, (y + 1) * (width + 1));

  expect(png.subarray(1, 4).toString()).toBe("PNG");
  expect(width).toBe((21 + 8) * 6);
  expect([...new Set(row(23))]).toEqual([0xff]);
  expect(row(24)[24]).toBe(0);
});
