/** Pictures of the documentation get smaller, and stay what they are. */
import assert from 'node:assert/strict';
import { crc32, deflateSync, inflateSync } from 'node:zlib';
import { smallPng } from './png.ts';

const SIGNATURE = '89504e470d0a1a0a';
const [WIDTH, HEIGHT] = [40, 20];

type Color = readonly [red: number, green: number, blue: number];

describe('pictures of the documentation', () => {
  for (const { what, colorOf, most } of [
    { what: 'of few colors', colorOf: (x: number, y: number): Color => [x * 6, y > 9 ? 255 : 0, 7], most: 0 },
    { what: 'of many', colorOf: (x: number, y: number): Color => [x, y, (x * y) % 9], most: 4 },
  ])
    it(`stay the same with a palette: one ${what}`, () => {
      const small = read(smallPng(written(colorOf)));
      for (let y = 0; y < HEIGHT; y++)
        for (let x = 0; x < WIDTH; x++) {
          const differences = colorOf(x, y).map((one, index) => Math.abs(one - small[y]![x]![index]!));
          assert.ok(Math.max(...differences) <= most, JSON.stringify({ x, y, differences }));
        }
    });

  it('of other kinds are left alone', () => {
    const gray = written(() => [1, 2, 3], 0);
    assert.equal(smallPng(gray), gray);
  });
});

/** A PNG whose rows have each of the filters in turn. */
function written(colorOf: (x: number, y: number) => Color, type = 2): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  header.set([8, type], 8);
  const at = (x: number, y: number, index: number): number => (x < 0 || y < 0 ? 0 : colorOf(x, y)[index]!);
  const rows = Array.from({ length: HEIGHT }, (_, y) => [
    y % 5,
    ...Array.from({ length: WIDTH * 3 }, (__, column) => {
      const [x, index] = [Math.floor(column / 3), column % 3];
      const [a, b, c] = [at(x - 1, y, index), at(x, y - 1, index), at(x - 1, y - 1, index)];
      const nearest = [a, b, c].sort((one, other) => Math.abs(a + b - c - one) - Math.abs(a + b - c - other))[0]!;
      return (at(x, y, index) - [0, a, b, (a + b) >> 1, nearest][y % 5]! + 256) % 256;
    }),
  ]);
  return Buffer.concat([
    Buffer.from(SIGNATURE, 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from(rows.flat()))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const numbers = Buffer.alloc(8);
  numbers.writeUInt32BE(data.length, 0);
  numbers.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([numbers.subarray(0, 4), body, numbers.subarray(4)]);
}

/** The colors of a PNG with a palette. */
function read(png: Buffer): readonly (readonly Color[])[] {
  const bodyOf = (type: string): Buffer => {
    const at = png.indexOf(type);
    const end = at + 4 + png.readUInt32BE(at - 4);
    assert.equal(png.readUInt32BE(end), crc32(png.subarray(at, end)), type);
    return png.subarray(at + 4, end);
  };
  assert.equal(png.toString('hex', 0, 8), SIGNATURE);
  assert.equal(bodyOf('IHDR')[9], 3);
  const [palette, data] = [bodyOf('PLTE'), inflateSync(bodyOf('IDAT'))];
  return Array.from({ length: HEIGHT }, (_, y) =>
    Array.from({ length: WIDTH }, (__, x): Color => {
      const index = data[y * (WIDTH + 1) + 1 + x]! * 3;
      return [palette[index]!, palette[index + 1]!, palette[index + 2]!];
    }),
  );
}
