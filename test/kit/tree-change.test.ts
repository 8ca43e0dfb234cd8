import assert from 'node:assert/strict';
import { parse } from '../../server/src/syntax/parse.ts';
import { changesElsewhere } from './tree-change.ts';

/** What changes elsewhere when `from`, which is in the text once, is replaced by `to`. */
function replaced(text: string, from: string, to: string): readonly string[] {
  const start = text.indexOf(from);
  assert.ok(start >= 0 && text.indexOf(from, start + 1) < 0, `${from} is there once`);
  const after = text.slice(0, start) + to + text.slice(start + from.length);
  return changesElsewhere(parse('file:///a.yaml', text, 'yaml'), parse('file:///a.yaml', after, 'yaml'), [
    { start, end: start + from.length },
  ]);
}

const TEXT = 'a: one # first\nb:\n  c: two\n  d: [x, y, z]\ne: three\n';

describe('tree change', () => {
  it('accepts what an edit writes', () => {
    assert.deepEqual(replaced(TEXT, 'one', 'other'), []);
    assert.deepEqual(replaced(TEXT, '  c: two\n', ''), []);
    assert.deepEqual(replaced(TEXT, 'y, ', ''), []);
    assert.deepEqual(insertedAfter('  c: two\n', '  n: {m: 1}\n'), []);
    assert.deepEqual(insertedAfter(', z', ', w'), []);
    assert.deepEqual(
      changesElsewhere(parse('file:///a.yaml', 'a: [x, x, x]', 'yaml'), parse('file:///a.yaml', 'a: [x, x]', 'yaml'), [
        { start: 4, end: 7 },
      ]),
      [],
    );
    assert.deepEqual(insertedAfter('n: # note', '\n  c: 1', 'n: # note\nm: 1\n'), []);
    assert.deepEqual(insertedAfter('b: &x', '\n  c: 1', 'a: 1\nb: &x\n'), []);
    assert.deepEqual(replaced('a: 1\nb: 2 # two\nc: 3\n', 'b: 2 # two\n', ''), []);
    assert.deepEqual(insertedAfter('# a\u2028note', '\n  d: 1', 'b:\n  c: 1 # a\u2028note\n'), []);
  });

  it('sees what an edit swallows', () => {
    assert.deepEqual(insertedAfter('  c: two\n', 'n:\n'), ['b.d is gone']);
    assert.deepEqual(insertedAfter('c: two', '\n    more'), ['b.c changed']);
    assert.deepEqual(insertedAfter('d: [x', ' w'), ['b.d[0] changed']);
  });

  it('sees comments, order, tags and styles', () => {
    assert.deepEqual(replaced(TEXT, 'one # first', 'one'), ['comments changed']);
    assert.deepEqual(replaced('a: 1\n# of b\nb: 2 # two\nc: 3\n', '# of b\nb: 2 # two\n', ''), ['comments changed']);
    assert.deepEqual(changes('{a: 1, b: 2}', '{b: 2, a: 1}'), ['the document has its keys in another order: b, a']);
    assert.deepEqual(changes('a: !Ref x', 'a: !Sub x'), ['a changed']);
    assert.deepEqual(changes("a: 'x'", 'a: "x"'), ['a changed']);
    assert.deepEqual(changes('a: &b x', 'a: &c x'), ['a changed']);
    assert.deepEqual(changes('a: &b', 'a: &b x'), ['a changed']);
  });
});

function insertedAfter(place: string, text: string, whole = TEXT): readonly string[] {
  const at = whole.indexOf(place) + place.length;
  const after = whole.slice(0, at) + text + whole.slice(at);
  return changesElsewhere(parse('file:///a.yaml', whole, 'yaml'), parse('file:///a.yaml', after, 'yaml'), [
    { start: at, end: at },
  ]);
}

function changes(before: string, after: string): readonly string[] {
  return changesElsewhere(parse('file:///a.yaml', before, 'yaml'), parse('file:///a.yaml', after, 'yaml'), []);
}
