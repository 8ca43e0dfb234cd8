/**
 * The work on documents whose resources are related: it grows with the document, nothing is incomplete, and it stays
 * what it is. `npm run accept -- 'related resources'` writes the present numbers to expected-related.json.
 */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { analysed, findingsOf } from '../engine/analysis.ts';
import { ACCEPTING } from '../kit/accept.ts';
import { lookups } from '../kit/lookups.ts';
import { RELATED, type RelatedDocument } from './related.ts';

const EXPECTED = fileURLToPath(new URL('expected-related.json', import.meta.url));

/** How far a number may be from the expected one, either way. */
const TOLERANCE = 0.05;

interface Counts {
  readonly findings: number;
  readonly ruleCalls: number;
  readonly evaluations: number;
  /** How often maps were asked and limits of scenarios compared. */
  readonly lookups: number;
}

function countsOf({ text, language, isIncomplete }: RelatedDocument, size: number): Counts {
  const files = { [language === 'hcl' ? 'main.tf' : 't.yaml']: text(size) };
  let analysis: ReturnType<typeof analysed> | undefined;
  const count = lookups(() => {
    analysis = analysed(files);
  });
  const { documents, incomplete, work } = analysis!;
  assert.deepEqual(
    documents[0]!.problems.map(({ message }) => message),
    [],
  );
  if (!isIncomplete)
    assert.deepEqual(
      incomplete.map(({ reason }) => reason),
      [],
    );
  return { findings: findingsOf(analysis!).length, ...work, lookups: count };
}

const expectedCounts = (): Record<string, Counts> =>
  JSON.parse(readFileSync(EXPECTED, 'utf8')) as Record<string, Counts>;

describe('the work on related resources:', () => {
  for (const [what, document] of Object.entries(RELATED)) {
    it(`${what} take work in proportion, neither more nor less than expected`, () => {
      // What data is made into is kept, so the first time does not count.
      countsOf(document, 4);
      const [once, twice] = [countsOf(document, document.size), countsOf(document, 2 * document.size)];
      const growth = document.growth ?? 2.2;
      for (const kind of ['ruleCalls', 'evaluations', 'lookups'] as const)
        assert.ok(twice[kind] <= growth * once[kind] + 100, `${once[kind]} ${kind} become ${twice[kind]}`);
      if (ACCEPTING) {
        writeFileSync(EXPECTED, `${JSON.stringify({ ...expectedCounts(), [what]: once }, null, 2)}\n`);
        return;
      }
      const expected = expectedCounts()[what];
      assert.ok(expected, 'no expected numbers');
      assert.deepEqual(
        Object.entries(once).flatMap(([kind, count]: [string, number]) => {
          const before = expected[kind as keyof Counts];
          return Math.abs(count - before) > Math.max(2, TOLERANCE * before)
            ? [`${kind}: ${count} instead of ${before}`]
            : [];
        }),
        [],
      );
    });
  }
});
