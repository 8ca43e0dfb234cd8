/**
 * That exported functions have doc comments which say more than their names, and that an exported name means one thing.
 */
import assert from 'node:assert/strict';
import { groupedBy } from '../server/src/base/groups.ts';
import { once } from '../server/src/base/once.ts';
import { exportsOf, exportsOfSources, type Exported } from './kit/exports.ts';

const sources = once(exportsOfSources);

/** Words that say nothing about a function. */
const EMPTY_WORDS = /^(?:an?|the|this|that|of|for|to|in|is|are|and|returns?|gets?|function|whether|its?|from|with|as)$/;

/** Whether a doc comment has a word that the name of the function does not have. */
function addsInformation(name: string, doc: string): boolean {
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
        : addsInformation(name, doc)
          ? []
          : [`${file}:${line}: the doc comment of ${name} only repeats its name`],
    );
}

/**
 * What the server sends and the extension receives. The extension imports nothing of the server, so it declares this
 * again, by the same name.
 */
const MESSAGES: readonly string[] = [
  'CheckedWorkspace',
  'DocumentStatus',
  'FoundRules',
  'GraphStep',
  'ListedRule',
  'PathGraph',
  'PathState',
  'ScenarioChoices',
  'SchemaHelp',
];

/** The names that several files declare, with these files. */
function sharedNames(exported: readonly Exported[]): ReadonlyMap<string, readonly string[]> {
  const files = groupedBy(
    exported.filter(({ name }) => name !== 'default'),
    ({ name }) => name,
  );
  return new Map(
    [...files]
      .filter(([, declared]) => declared.length > 1)
      .map(([name, declared]) => [name, declared.map(({ file }) => file)] as const)
      .sort(),
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
    const functions = sources().filter(({ isFunction }) => isFunction);
    assert.ok(functions.length > 2000, String(functions.length));
    assert.deepEqual(faultsOf(functions), []);
  }).timeout(120_000);

  it('have names that are declared once', () => {
    const shared = sharedNames(sources());
    assert.deepEqual(
      [...shared].filter(([name]) => !MESSAGES.includes(name)).map(([name, files]) => `${name}: ${files.join(', ')}`),
      [],
      'one name means one thing: rename the others by what they are',
    );
    assert.deepEqual(
      MESSAGES.map((name) => [name, ...(shared.get(name) ?? []).map((file) => file.split('/')[0])]),
      MESSAGES.map((name) => [name, 'client', 'server']),
    );
  }).timeout(120_000);

  for (const [what, source, faults] of SAMPLES)
    it(`are read: ${what}`, () => {
      assert.deepEqual(faultsOf(exportsOf('a.ts', source)), faults);
    });
});
