import assert from 'node:assert/strict';
import { LineMatches } from '../../server/src/base/line-matches.ts';
import { Random } from '../bench/documents/random.ts';

/** Patterns of each kind: short and long matches, and with what they look at around them. */
const PATTERNS = [/a/g, /ab?/gi, /b(?=[\r\n])/g, /(?<!\w)a\w*/g, /\ba\b/g, /[^\s]+c/g] as const;

/** A pattern that counts how many characters it is given. */
function counting(pattern: RegExp): { readonly pattern: RegExp; readonly count: () => number } {
  let count = 0;
  const own = new RegExp(pattern.source, pattern.flags);
  own[Symbol.matchAll] = (text) => {
    count += text.length;
    return RegExp.prototype[Symbol.matchAll].call(own, text);
  };
  return { pattern: own, count: () => count };
}

describe('the matches in an edited text', () => {
  it('are those of a search of the whole text, after any edits', () => {
    const random = new Random(7);
    const piece = (): string => Array.from({ length: random.int(0, 6) }, () => 'abc \n\r'[random.int(0, 5)]).join('');
    let text = 'ab c\na\r\nb\n';
    let matches = new LineMatches(text);
    for (let edit = 0; edit < 2000; edit++) {
      // Not every pattern is asked for in every version.
      for (const pattern of PATTERNS)
        if (random.int(0, 3) > 0)
          assert.deepEqual(
            matches.of(pattern),
            [...text.matchAll(pattern)].map(({ index }) => index),
            `${String(pattern)} in ${JSON.stringify(text)}`,
          );
      const at = random.int(0, text.length);
      text = text.slice(0, at) + piece() + text.slice(at + random.int(0, 4));
      if (text.length > 80) text = text.slice(40);
      matches = new LineMatches(text, matches);
    }
  });

  it('are searched in the changed lines only', () => {
    const lines = Array.from({ length: 1000 }, (_, index) => `line ${index} has a match`);
    const { pattern, count } = counting(/match/g);
    const before = new LineMatches(lines.join('\n'));
    assert.equal(before.of(pattern).length, 1000);
    const all = count();
    lines[500] += ' and a match more';
    assert.equal(new LineMatches(lines.join('\n'), before).of(pattern).length, 1001);
    assert.ok(count() - all < 100, `${count() - all} characters were searched`);
  });
});
