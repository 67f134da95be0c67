/** The few shapes of the protobuf wire format that OTLP needs. Members that are undefined are left out. */

const VARINT = 0;
const FIXED64 = 1;
const LENGTH = 2;

export function message(...fields: readonly (Buffer | undefined)[]): Buffer {
  return Buffer.concat(fields.filter((field) => field !== undefined));
}

export function nested(number: number, body: Buffer | undefined): Buffer | undefined {
  return body === undefined ? undefined : Buffer.concat([key(number, LENGTH), varint(body.length), body]);
}

export function repeated<Item>(
  number: number,
  items: readonly Item[],
  encode: (item: Item) => Buffer,
): Buffer {
  return message(...items.map((item) => nested(number, encode(item))));
}

export function text(number: number, value: string | undefined): Buffer | undefined {
  return value === undefined ? undefined : nested(number, Buffer.from(value, "utf8"));
}

export function integer(number: number, value: number | undefined): Buffer | undefined {
  return value === undefined ? undefined : Buffer.concat([key(number, VARINT), varint(value)]);
}

export function flag(number: number, value: boolean): Buffer {
  return Buffer.concat([key(number, VARINT), varint(value ? 1 : 0)]);
}

export function double(number: number, value: number | undefined): Buffer | undefined {
  return value === undefined ? undefined : Buffer.concat([key(number, FIXED64), doubles([value])]);
}

export function fixed64(number: number, value: bigint): Buffer {
  return Buffer.concat([key(number, FIXED64), fixed64s([value])]);
}

/** Without a key, as they stand in a packed list. */
export function doubles(values: readonly number[]): Buffer {
  const buffer = Buffer.alloc(values.length * 8);
  for (const [index, value] of values.entries()) buffer.writeDoubleLE(value, index * 8);
  return buffer;
}

export function fixed64s(values: readonly bigint[]): Buffer {
  const buffer = Buffer.alloc(values.length * 8);
  for (const [index, value] of values.entries()) buffer.writeBigUInt64LE(value, index * 8);
  return buffer;
}

function key(number: number, wireType: number): Buffer {
  return varint(number * 8 + wireType);
}

/** Negative numbers take ten bytes, as two's complement of 64 bits. */
function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(Math.trunc(value)));
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Buffer.from(bytes);
}
