/** Smaller files for pictures. https://www.w3.org/TR/png-3/ */
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const RGB = 2;
const PALETTE = 3;
/** The bytes of a pixel of a color without transparency. */
const PIXEL = 3;
const MOST_COLORS = 256;
/** The number of colors that are kept even if they are next to others: those of areas. */
const AREAS = 128;

/**
 * A PNG with a palette of at most 256 colors, which looks like the original: frequent colors stay, and others become
 * the nearest one. Only opaque pictures of 8 bits, which browsers write, get smaller.
 */
export function smallPng(png: Buffer): Buffer {
  const chunks = chunksOf(png);
  const header = chunks.find(({ type }) => type === 'IHDR')!.data;
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const [depth, color, , , interlaced] = header.subarray(8);
  if (depth !== 8 || color !== RGB || interlaced !== 0) return png;
  const data = inflateSync(Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map((chunk) => chunk.data)));
  const pixels = unfiltered(data, width * PIXEL, height);
  const values = Array.from({ length: width * height }, (_, index) => pixels.readUIntBE(index * PIXEL, PIXEL));
  const { palette, indexOf } = paletteOf(values);
  const rows = Buffer.alloc(height * (width + 1));
  for (const [index, value] of values.entries()) rows[index + Math.floor(index / width) + 1] = indexOf.get(value)!;
  const small = Buffer.from(header);
  small[9] = PALETTE;
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', small),
    chunk('PLTE', Buffer.concat(palette.map(bytesOf))),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/**
 * The colors of a picture, without those that are next to a more frequent one, and for each color the index of the
 * nearest.
 */
function paletteOf(values: readonly number[]): {
  readonly palette: readonly number[];
  readonly indexOf: ReadonlyMap<number, number>;
} {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const colors = [...counts.keys()].sort((a, b) => counts.get(b)! - counts.get(a)! || a - b);
  let palette: readonly number[] = colors;
  for (let least = 1; palette.length > MOST_COLORS; least++) palette = apartBy(least, colors);
  const indexOf = new Map<number, number>();
  for (const value of colors) {
    const distances = palette.map((other) => distance(value, other));
    indexOf.set(value, distances.indexOf(Math.min(...distances)));
  }
  return { palette, indexOf };
}

/** The first colors, and of the others those that have a distance from all before. */
function apartBy(least: number, colors: readonly number[]): readonly number[] {
  const apart = colors.slice(0, AREAS);
  for (const value of colors.slice(AREAS))
    if (apart.length <= MOST_COLORS && apart.every((other) => distance(value, other) > least)) apart.push(value);
  return apart;
}

/** The largest difference of a component. */
function distance(one: number, other: number): number {
  return Math.max(...[16, 8, 0].map((shift) => Math.abs(((one >> shift) & 255) - ((other >> shift) & 255))));
}

function bytesOf(value: number): Buffer {
  return Buffer.from([value >> 16, (value >> 8) & 255, value & 255]);
}

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
}

function chunksOf(png: Buffer): readonly Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = SIGNATURE.length; at < png.length;) {
    const length = png.readUInt32BE(at);
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) });
    at += length + 12;
  }
  return chunks;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** The bytes of rows before they were filtered. https://www.w3.org/TR/png-3/#9Filters */
function unfiltered(data: Buffer, width: number, height: number): Buffer {
  const out = Buffer.alloc(width * height);
  for (let row = 0; row < height; row++) {
    const filter = data[row * (width + 1)]!;
    for (let column = 0; column < width; column++) {
      const at = row * width + column;
      const left = column >= PIXEL ? out[at - PIXEL]! : 0;
      const above = row > 0 ? out[at - width]! : 0;
      const corner = column >= PIXEL && row > 0 ? out[at - width - PIXEL]! : 0;
      const predicted = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter]!;
      out[at] = data[row * (width + 1) + 1 + column]! + predicted;
    }
  }
  return out;
}

function paeth(left: number, above: number, corner: number): number {
  const estimate = left + above - corner;
  const [a, b, c] = [left, above, corner].map((one) => Math.abs(estimate - one)) as [number, number, number];
  return a <= b && a <= c ? left : b <= c ? above : corner;
}
