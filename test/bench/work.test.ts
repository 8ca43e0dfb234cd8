/**
 * The work of an analysis stays what it is: it neither grows nor shrinks unless the expected numbers are changed with
 * it, so that a change that costs or saves work shows it. `npm run accept -- 'work on'` writes the present numbers to
 * expected-work.json.
 */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { analysed } from '../engine/analysis.ts';
import { ACCEPTING } from '../kit/accept.ts';
import { DOCUMENTS, manyTemplates } from './documents/catalogue.ts';
import { COUNTED, COUNTED_EDITS, countsOf, countsOfEdits, documentOutcome, type Counts } from './work.ts';

const EXPECTED = fileURLToPath(new URL('expected-work.json', import.meta.url));

/**
 * How far a number may be from the expected one, either way: what other tests of the process leave in caches moves it a
 * little.
 */
const TOLERANCE = 0.03;

const expectedCounts = (): Record<string, Counts> =>
  JSON.parse(readFileSync(EXPECTED, 'utf8')) as Record<string, Counts>;

describe('the work on', () => {
  const counted: readonly (readonly [name: string, count: () => Counts])[] = [
    ...COUNTED.map((name) => [name, () => countsOf(name)] as const),
    ...COUNTED_EDITS.map(([edited, name]) => [`${edited} ${name}`, () => countsOfEdits(edited, name)] as const),
  ];
  for (const [name, count] of counted)
    it(`${name} is as expected, neither more nor less`, () => {
      const counts = count();
      if (ACCEPTING) {
        writeFileSync(EXPECTED, `${JSON.stringify({ ...expectedCounts(), [name]: counts }, null, 2)}\n`);
        return;
      }
      const expected = expectedCounts()[name];
      assert.ok(expected, `${name} has no expected numbers`);
      const off = Object.entries(counts).filter(
        ([kind, count]) => Math.abs(count - expected[kind as keyof Counts]) > Math.max(2, TOLERANCE * count),
      );
      assert.deepEqual(
        off.map(([kind, count]) => `${kind}: ${String(count)} instead of ${String(expected[kind as keyof Counts])}`),
        [],
      );
    });
});

describe('documents of the bench', () => {
  const isShort = ({ name }: { readonly name: string }): boolean => !/-(?:1m|5m|50m|200|entangled-50)$/.test(name);
  const texts = [
    ...DOCUMENTS.filter(isShort).map(({ name, extension, make }) => [name, extension, make()] as const),
    ...manyTemplates(10).map(([name, text]) => [name, '.yaml', text] as const),
  ];
  for (const [name, extension, text] of texts)
    it(`${name} is valid`, () => {
      const { format, problems, incomplete } = documentOutcome(name, () => analysed({ [`main${extension}`]: text }));
      assert.deepEqual([problems, incomplete], [[], []]);
      assert.notEqual(format, 'none');
    });

  it('are the same in each run', () => {
    const [one, two] = [0, 1].map(() => DOCUMENTS.find(({ name }) => name === 'sam-yaml-60k')!.make());
    assert.equal(one, two);
  });
});
