/** That exported functions have doc comments which say more than their names. */
import assert from 'node:assert/strict';
import { exportsOf, exportsOfSources, type Exported } from './kit/exports.ts';

/** Words that say nothing about a function. */
const EMPTY_WORDS = /^(?:an?|the|this|that|of|for|to|in|is|are|and|returns?|gets?|function|whether|its?|from|with|as)$/;

/** Whether a doc comment has a word that the name of the function does not have. */
function saysMore(name: string, doc: string): boolean {
  const known = wordsOf(name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' '));
  return wordsOf(doc).some((word) => !EMPTY_WORDS.test(word) && !known.some((one) => word.startsWith(one)));
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[a-z]+/g) ?? [];
}

/** The exported functions without a doc comment that says something. */
function faultsOf(exported: readonly Exported[]): readonly string[] {
  return exported
    .filter(({ isFunction }) => isFunction)
    .flatMap(({ file, line, name, doc }) =>
      doc === undefined
        ? [`${file}:${line}: ${name} has no doc comment`]
        : saysMore(name, doc)
          ? []
          : [`${file}:${line}: the doc comment of ${name} only repeats its name`],
    );
}

/** Sources with their faults. */
const SAMPLES: readonly (readonly [what: string, source: string, faults: readonly string[]])[] = [
  ['a function', 'export function f() {}', ['a.ts:1: f has no doc comment']],
  ['with a comment', '/** Adds. */\nexport function f() {}', []],
  ['with another comment', '// Adds.\n/* Adds. */\nexport function f() {}', ['a.ts:3: f has no doc comment']],
  ['with a directive', '/** Adds. */\n// oxlint-disable-next-line\nexport async function f() {}', []],
  ['below the comment of the file', '/** Sums. */\n\nexport function f() {}', ['a.ts:3: f has no doc comment']],
  [
    'with its name as comment',
    '/** The sum of a list. */\nexport function listSum() {}',
    ['a.ts:2: the doc comment of listSum only repeats its name'],
  ],
  ['overloads', '/** Adds. */\nexport function f(a: 1): 1;\nexport function f(a: 2): 2;\nexport function f() {}', []],
  ['an arrow function', 'export const f = () => 1;', ['a.ts:1: f has no doc comment']],
  ['a memoized function', 'export const f = memoize((a: 1) => a);', ['a.ts:1: f has no doc comment']],
  ['a default export', 'export default function () {}', ['a.ts:1: default has no doc comment']],
  [
    'what is no function',
    'export const a = [1].map((one) => one);\nexport interface A {}\nexport class B {}\nfunction f() {}',
    [],
  ],
];

describe('exports', () => {
  it('have doc comments if they are functions', () => {
    const functions = exportsOfSources().filter(({ isFunction }) => isFunction);
    assert.ok(functions.length > 2000, String(functions.length));
    assert.deepEqual(faultsOf(functions), []);
  }).timeout(120_000);

  for (const [what, source, faults] of SAMPLES)
    it(`are read: ${what}`, () => {
      assert.deepEqual(faultsOf(exportsOf('a.ts', source)), faults);
    });
});
