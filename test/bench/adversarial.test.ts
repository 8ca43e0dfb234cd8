/** Templates built to cause much work: the work grows no faster than the template, and omissions are reported. */
import assert from 'node:assert/strict';
import { parse } from '../../server/src/syntax/parse.ts';
import { valueOf, type Pair } from '../../server/src/syntax/tree.ts';
import { analysed, findingsOf } from '../engine/analysis.ts';
import { HARD } from '../engine/sizes.ts';
import { findingLines } from '../fuzz/finding-lines.ts';
import { asJsonText } from '../kit/as-json.ts';
import { lookups } from '../kit/lookups.ts';
import { ADVERSARIES, type Adversary } from './adversarial.ts';

interface Cost {
  readonly length: number;
  readonly evaluations: number;
  readonly ruleCalls: number;
  /** How often a map was asked, which most of the work with scenarios consists of. */
  readonly lookups: number;
  readonly problems: readonly string[];
}

function cost({ text, language }: Adversary, size: number): Cost {
  const written = text(size);
  let analysis: ReturnType<typeof analysed> | undefined;
  const count = lookups(() => {
    analysis = analysed({
      [language === 'json' ? 't.json' : 't.yaml']:
        language === 'json' ? written : `AWSTemplateFormatVersion: 2010-09-09\n${written}`,
    });
    findingsOf(analysis);
  });
  const {
    documents: [document],
    incomplete,
    work,
  } = analysis!;
  assert.notEqual(document!.format, 'none');
  assert.ok(!document!.problems.some(({ kind }) => kind === 'internal'));
  return {
    ...work,
    length: written.length,
    lookups: count,
    problems: [...incomplete.map(({ reason }) => reason), ...document!.problems.map(({ message }) => message)],
  };
}

describe('the work on a template that has much of', () => {
  for (const [what, adversary] of Object.entries(ADVERSARIES)) {
    it(`${what} is within bounds`, () => {
      const [once, twice] = [cost(adversary, adversary.size), cost(adversary, 2 * adversary.size)];
      if (adversary.most !== undefined)
        assert.ok(twice.evaluations <= adversary.most, `${twice.evaluations} evaluations`);
      else {
        // A text with a part for each pair of things grows faster than by two.
        const growth = Math.max(2, twice.length / once.length) * 1.1;
        for (const kind of ['evaluations', 'ruleCalls', 'lookups'] as const) {
          assert.ok(twice[kind] <= growth * once[kind] + 100, `${once[kind]} ${kind} become ${twice[kind]}`);
        }
      }
      const untold = /exceeds the limit of (?:combinations|repetition)|Nesting (?:is too deep|exceeds)/;
      assert.ok(
        twice.problems.some((one) => (adversary.incompleteness ?? /$^/).test(one)) ===
          (adversary.incompleteness !== undefined),
        twice.problems.slice(0, 3).join('\n'),
      );
      if (!adversary.incompleteness)
        assert.deepEqual(
          twice.problems.filter((one) => untold.test(one)),
          [],
        );
    });
  }
});

/** A template in JSON, with the members of its sections in another order. */
function reordered(text: string, by: (name: string) => number): string {
  const tree = parse('file:///t.yaml', text);
  const sections = new Set(
    ['Parameters', 'Conditions', 'Resources'].flatMap((name) => {
      const section = valueOf(tree.roots[0], name);
      return section?.kind === 'map' ? [section.pairs] : [];
    }),
  );
  const order = (pairs: readonly Pair[]): readonly Pair[] =>
    sections.has(pairs) ? pairs.toSorted((a, b) => by(a.name) - by(b.name)) : pairs;
  return asJsonText(tree, { order });
}

/** A number for a name that has nothing to do with its place. */
function scattered(name: string): number {
  return [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1009, 7);
}

describe('what is said of a template that has much of something', () => {
  const texts = [
    ...Object.entries(HARD).map(([what, of]) => [what, of(30)] as const),
    ...Object.entries(ADVERSARIES).flatMap(([what, { text, size, language }]) =>
      language === 'json' ? [] : [[what, text(Math.min(size, 40))] as const],
    ),
  ];
  for (const [what, text] of texts) {
    it(`does not depend on the order in which it is written: ${what}`, () => {
      const look = (by: (name: string) => number): readonly string[] => {
        const analysis = analysed({ 't.json': reordered(text, by) });
        // Of the scenarios that cannot all be told apart, any may be named.
        return [
          ...findingLines(analysis).map((line) =>
            analysis.incomplete.length > 0 ? line.replace(/ \S+=\S+/g, '') : line,
          ),
          ...analysis.incomplete.map(({ reason }) => reason),
        ];
      };
      assert.deepEqual(
        look(scattered),
        look(() => 0),
      );
    });
  }
});
