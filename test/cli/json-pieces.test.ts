import assert from 'node:assert/strict';
import { inertJson } from '../../server/src/base/inert.ts';
import { listPieces, objectPieces, onePiece } from '../../server/src/cli/reporters/json-pieces.ts';
import { joinedPieces } from '../../server/src/cli/reporters/reporter.ts';

describe('JSON in pieces', () => {
  const made: number[] = [];
  function* items(count: number): Generator<object> {
    for (let index = 0; index < count; index++) {
      made.push(index);
      yield { index, text: `a\u0000\u200b"${'x'.repeat(100)}` };
    }
  }

  it('is that of the whole value', () => {
    for (const count of [0, 1, 3]) {
      const value = { a: 1, b: [...items(count)], c: 'c\u202e', d: undefined, e: {} };
      assert.equal(
        [...objectPieces({ ...value, b: listPieces(value.b, onePiece) })].join(''),
        inertJson(JSON.stringify(value)),
      );
    }
    assert.deepEqual([...objectPieces({})], ['{}']);
  });

  it('makes the items while it is written, in few writes', () => {
    made.length = 0;
    const pieces = joinedPieces(objectPieces({ list: listPieces(items(2000), onePiece) }));
    const first = pieces.next().value as string;
    assert.ok(first.length >= 64 * 1024);
    assert.ok(made.length < 1000, String(made.length));
    assert.equal((JSON.parse([first, ...pieces].join('')) as { list: unknown[] }).list.length, 2000);
  });
});
