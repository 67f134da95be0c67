import { crc32, deflateSync } from "node:zlib";

/** A QR code of a text as a PNG: byte mode, medium error correction, the smallest version that holds it (ISO 18004). */
export function qrPng(text: string): Buffer {
  const modules = qrModules(Buffer.from(text, "utf8"));
  const size = (modules.length + 2 * QUIET) * SCALE;
  const rows: Buffer[] = [];
  for (let y = 0; y < size; y += 1) {
    // Each line begins with the number of its filter, which is none.
    const row = Buffer.alloc(size + 1, 0xff);
    row[0] = 0;
    const line = modules[Math.floor(y / SCALE) - QUIET];
    for (let x = 0; x < size && line !== undefined; x += 1) {
      if (line[Math.floor(x / SCALE) - QUIET] === 1) row[x + 1] = 0;
    }
    rows.push(row);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header[8] = 8;
  const signature = Buffer.from("89504e470d0a1a0a", "hex");
  const pixels = chunk("IDAT", deflateSync(Buffer.concat(rows)));
  return Buffer.concat([signature, chunk("IHDR", header), pixels, chunk("IEND", Buffer.alloc(0))]);
}

const SCALE = 6;
/** Light modules around the code, without which readers do not find it. */
const QUIET = 4;

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body) >>> 0);
  return Buffer.concat([length, body, check]);
}

/** Codewords of error correction per block, and blocks, for level M of each version from 1 on. */
const CORRECTION = [
  10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28, 28, 28,
  28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28,
];
const BLOCKS = [
  1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26, 28, 29,
  31, 33, 35, 37, 38, 40, 43, 45, 47, 49,
];
const VERSION_MAX = 40;

/** One byte per module: 1 is dark. */
export function qrModules(data: Buffer): readonly Uint8Array[] {
  const version = versionFor(data.length);
  const grid = new Grid(version);
  grid.drawPatterns();
  grid.drawData(interleave(codewords(data, version), version));
  return grid.masked();
}

function versionFor(bytes: number): number {
  for (let version = 1; version <= VERSION_MAX; version += 1) {
    const bits = 4 + countBits(version) + 8 * bytes;
    if (bits <= 8 * dataCapacity(version)) return version;
  }
  throw new RangeError(`${bytes} bytes do not fit into a QR code`);
}

function countBits(version: number): number {
  return version < 10 ? 8 : 16;
}

/** All codewords of a version, corrections included. */
function rawCapacity(version: number): number {
  const centers = version === 1 ? 0 : Math.floor(version / 7) + 2;
  let bits = (16 * version + 128) * version + 64;
  if (centers > 0) bits -= (25 * centers - 10) * centers - 55;
  if (version >= 7) bits -= 36;
  return Math.floor(bits / 8);
}

function dataCapacity(version: number): number {
  return rawCapacity(version) - (CORRECTION[version - 1] ?? 0) * (BLOCKS[version - 1] ?? 0);
}

function codewords(data: Buffer, version: number): Uint8Array {
  const capacity = dataCapacity(version);
  let bits = "0100" + data.length.toString(2).padStart(countBits(version), "0");
  for (const byte of data) bits += byte.toString(2).padStart(8, "0");
  bits += "0".repeat(Math.min(4, capacity * 8 - bits.length));
  bits += "0".repeat((8 - (bits.length % 8)) % 8);
  const words = new Uint8Array(capacity);
  const used = bits.length / 8;
  for (let at = 0; at < capacity; at += 1) {
    const isPadding = at >= used;
    words[at] = isPadding
      ? (at - used) % 2 === 0
        ? 0xec
        : 0x11
      : Number.parseInt(bits.slice(at * 8, at * 8 + 8), 2);
  }
  return words;
}

/** Splits the data into blocks, corrects each, and takes the blocks' words in turn. */
function interleave(words: Uint8Array, version: number): Uint8Array {
  const blockCount = BLOCKS[version - 1] ?? 1;
  const correction = CORRECTION[version - 1] ?? 0;
  const shortBlocks = blockCount - (rawCapacity(version) % blockCount);
  const shortLength = Math.floor(rawCapacity(version) / blockCount) - correction;
  const divisor = generator(correction);
  const blocks: { data: Uint8Array; check: Uint8Array }[] = [];
  for (let block = 0, at = 0; block < blockCount; block += 1) {
    const length = shortLength + (block < shortBlocks ? 0 : 1);
    const data = words.subarray(at, at + length);
    blocks.push({ data, check: remainder(data, divisor) });
    at += length;
  }
  const result: number[] = [];
  for (let at = 0; at <= shortLength; at += 1) {
    for (const { data } of blocks) if (at < data.length) result.push(data[at] ?? 0);
  }
  for (let at = 0; at < correction; at += 1) for (const { check } of blocks) result.push(check[at] ?? 0);
  return Uint8Array.from(result);
}

/** Multiplies in GF(2^8) modulo x^8 + x^4 + x^3 + x^2 + 1. */
function multiply(left: number, right: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit -= 1) {
    product = (product << 1) ^ ((product >>> 7) * 0x11d);
    product ^= ((right >>> bit) & 1) * left;
  }
  return product;
}

function generator(degree: number): Uint8Array {
  const result = new Uint8Array(degree);
  result[degree - 1] = 1;
  let root = 1;
  for (let step = 0; step < degree; step += 1) {
    for (let at = 0; at < degree; at += 1) {
      result[at] = multiply(result[at] ?? 0, root) ^ (result[at + 1] ?? 0);
    }
    root = multiply(root, 2);
  }
  return result;
}

function remainder(data: Uint8Array, divisor: Uint8Array): Uint8Array {
  const result = new Uint8Array(divisor.length);
  for (const byte of data) {
    const factor = byte ^ (result[0] ?? 0);
    result.copyWithin(0, 1);
    result[result.length - 1] = 0;
    divisor.forEach((one, at) => {
      result[at] = (result[at] ?? 0) ^ multiply(one, factor);
    });
  }
  return result;
}

/** The square itself. Mask 0 is always taken: readers take any, and the choice only helps bad prints. */
class Grid {
  readonly #version: number;
  readonly #size: number;
  readonly #dark: Uint8Array[];
  readonly #fixed: Uint8Array[];

  constructor(version: number) {
    this.#version = version;
    this.#size = 17 + 4 * version;
    const rows = () => Array.from({ length: this.#size }, () => new Uint8Array(this.#size));
    this.#dark = rows();
    this.#fixed = rows();
  }

  drawPatterns(): void {
    const last = this.#size - 1;
    for (let at = 0; at < this.#size; at += 1) {
      this.#set(6, at, at % 2 === 0);
      this.#set(at, 6, at % 2 === 0);
    }
    for (const [x, y] of [
      [3, 3],
      [last - 3, 3],
      [3, last - 3],
    ] as const) {
      this.#finder(x, y);
    }
    const centers = this.#alignments();
    const end = centers.length - 1;
    centers.forEach((x, column) => {
      centers.forEach((y, row) => {
        const isCorner =
          (column === 0 && row === 0) || (column === 0 && row === end) || (column === end && row === 0);
        if (!isCorner) this.#alignment(x, y);
      });
    });
    this.#format();
    this.#versionMarks();
  }

  drawData(words: Uint8Array): void {
    let bit = 0;
    for (let right = this.#size - 1; right >= 1; right -= 2) {
      if (right === 6) right = 5;
      for (let step = 0; step < this.#size; step += 1) {
        const isUp = ((right + 1) & 2) === 0;
        const y = isUp ? this.#size - 1 - step : step;
        for (const x of [right, right - 1]) {
          if (this.#fixed[y]?.[x] === 1 || bit >= words.length * 8) continue;
          const row = this.#dark[y];
          if (row !== undefined) row[x] = ((words[bit >>> 3] ?? 0) >>> (7 - (bit & 7))) & 1;
          bit += 1;
        }
      }
    }
  }

  masked(): readonly Uint8Array[] {
    return this.#dark.map((row, y) =>
      row.map((dark, x) => (this.#fixed[y]?.[x] !== 1 && (x + y) % 2 === 0 ? dark ^ 1 : dark)),
    );
  }

  #set(x: number, y: number, isDark: boolean): void {
    const [row, fixed] = [this.#dark[y], this.#fixed[y]];
    if (row === undefined || fixed === undefined || x < 0 || x >= this.#size) return;
    row[x] = isDark ? 1 : 0;
    fixed[x] = 1;
  }

  #finder(centerX: number, centerY: number): void {
    for (let y = -4; y <= 4; y += 1) {
      for (let x = -4; x <= 4; x += 1) {
        const distance = Math.max(Math.abs(x), Math.abs(y));
        this.#set(centerX + x, centerY + y, distance !== 2 && distance !== 4);
      }
    }
  }

  #alignment(centerX: number, centerY: number): void {
    for (let y = -2; y <= 2; y += 1) {
      for (let x = -2; x <= 2; x += 1) {
        this.#set(centerX + x, centerY + y, Math.max(Math.abs(x), Math.abs(y)) !== 1);
      }
    }
  }

  #alignments(): readonly number[] {
    if (this.#version === 1) return [];
    const count = Math.floor(this.#version / 7) + 2;
    const step = Math.floor((this.#version * 8 + count * 3 + 5) / (count * 4 - 4)) * 2;
    const centers = [6];
    for (let at = this.#size - 7; centers.length < count; at -= step) centers.splice(1, 0, at);
    return centers;
  }

  /** Level M is 00, mask 0 is 000: what is left is their check, and the pattern that it is mixed with. */
  #format(): void {
    const bits = 0x5412;
    const isDark = (at: number): boolean => ((bits >>> at) & 1) === 1;
    const last = this.#size - 1;
    for (let at = 0; at <= 5; at += 1) this.#set(8, at, isDark(at));
    this.#set(8, 7, isDark(6));
    this.#set(8, 8, isDark(7));
    this.#set(7, 8, isDark(8));
    for (let at = 9; at < 15; at += 1) this.#set(14 - at, 8, isDark(at));
    for (let at = 0; at < 8; at += 1) this.#set(last - at, 8, isDark(at));
    for (let at = 8; at < 15; at += 1) this.#set(8, last - 14 + at, isDark(at));
    this.#set(8, last - 7, true);
  }

  #versionMarks(): void {
    if (this.#version < 7) return;
    let rest = this.#version;
    for (let step = 0; step < 12; step += 1) rest = (rest << 1) ^ ((rest >>> 11) * 0x1f25);
    const bits = (this.#version << 12) | rest;
    for (let at = 0; at < 18; at += 1) {
      const isDark = ((bits >>> at) & 1) === 1;
      const [far, near] = [this.#size - 11 + (at % 3), Math.floor(at / 3)];
      this.#set(far, near, isDark);
      this.#set(near, far, isDark);
    }
  }
}
