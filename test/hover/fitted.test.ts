/** What a card without space for everything shows. */
import assert from 'node:assert/strict';
import type { Card, Line } from '../../server/src/hover/card.ts';
import { plainTextOf } from '../../server/src/hover/markdown.ts';

const text = (start: string, length: number): string => `${start}${' word'.repeat(length / 5)}`;
const line = (label: string, length: number, rest: Partial<Line> = {}): Line => ({
  label,
  here: true,
  parts: [{ text: text(label, length), cite: [] }],
  separator: '; ',
  ...rest,
});
const linesOf = (lines: readonly Line[]): readonly string[] => {
  const card: Card = { title: 'T', verdict: { text: 'v', cite: [] }, lines, range: { start: 0, end: 1 } };
  return plainTextOf(card).split('\n').slice(2);
};
const MANY = Array.from({ length: 7 }, (_, index) => line(`line${index}`, 150));

describe('a card without space', () => {
  it('names the lines that it leaves out', () => {
    const shown = linesOf([...MANY, ...MANY.map((one) => ({ ...one, label: `${one.label}b` }))]);
    assert.match(shown.at(-1)!, /^- not shown: line\db?, .* and line6b$/);
  });

  it('leaves out findings last, and says so', () => {
    const wrong = line('wrong', 10, { status: 'wrong' });
    assert.ok(linesOf([...MANY, ...MANY, wrong]).some((one) => one.startsWith('[finding] wrong: wrong')));
    const findings = MANY.map((one) => ({ ...one, status: 'wrong' as const }));
    assert.match(
      linesOf([line('kept', 10), ...findings, ...findings]).at(-1)!,
      /^\[finding\] not shown: line\d \(finding\), /,
    );
  });

  it('shows the statements with findings of a line, with the number of all', () => {
    const parts = [2, 2, 0, 2].map((rank, index) => ({ text: text(`part${index}`, 100), cite: [], rank }));
    assert.match(
      linesOf([...MANY, line('state', 10, { parts })]).find((one) => one.includes('state'))!,
      /^- state \(\d of 4\): .*part2/,
    );
  });

  it('names the rule at the end of a text that it cuts', () => {
    const parts = [{ text: `${text('wrong', 300)} (toy-rule)`, cite: [] }];
    const [shown] = linesOf([line('it', 10, { parts, status: 'wrong' }), ...MANY, ...MANY]);
    assert.match(shown!, /^\[finding\] it: wrong word .*word\u2026 \(toy-rule\)$/);
  });

  it('leaves out that a scenario is the default one before it cuts a text', () => {
    const parts = [{ text: `${text('wrong', 105)} when A is false (the default) (toy-rule)`, cite: [] }];
    const [shown] = linesOf([line('it', 10, { parts, status: 'wrong' }), ...MANY, ...MANY]);
    assert.match(shown!, /^\[finding\] it: wrong word .* when A is false \(toy-rule\)$/);
  });

  it('shows fewer names, with the number of the others', () => {
    const names = Array.from({ length: 9 }, (_, index) => ({ text: text(`Name${index}`, 40), cite: [] }));
    const parts = [{ text: 'A, B and 3 more paths', cite: [], shorter: ['A and 4 more paths'] }];
    assert.ok(
      linesOf([line('list', 10, { parts: names, names: { most: 6 } }), ...MANY]).some((one) =>
        /^- list: .* and \d more$/.test(one),
      ),
    );
    assert.deepEqual(linesOf([line('it', 10, { parts })]), ['- it: A, B and 3 more paths']);
  });
});
