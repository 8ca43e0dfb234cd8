/** What a hover shows of the responsibilities of each party. */
import assert from 'node:assert/strict';
import type { Card } from '../../server/src/hover/card.ts';
import { claimLines } from '../../server/src/hover/claim-lines.ts';
import { fittedCard } from '../../server/src/hover/fitted.ts';
import { labelText, linePartsText } from '../../server/src/hover/line-text.ts';
import type { Claim } from '../../server/src/hover/ownership.ts';

const claim = (text: string, layer: Claim['layer'] = 'data', rest: Partial<Claim> = {}): Claim => ({
  layer,
  owner: 'you',
  text,
  cite: ['own'],
  ...rest,
});
const linesOf = (claims: readonly Claim[]): readonly string[] => {
  const lines = claimLines(claims, () => []);
  const card: Card = { title: 'T', verdict: { text: 'v', cite: [] }, lines, range: { start: 0, end: 1 } };
  return fittedCard(card, () => 0).lines.map((line) => `${labelText(line)}: ${linePartsText(line)}`);
};
const HOSTS = 'facilities, hardware, host operating system, virtualization';
const longer = (start: string): string => `${start} ${'x'.repeat(70 - start.length)}`;
const long = (start: string): string => `${start} ${'x'.repeat(44 - start.length)}`;

describe('claims in hovers', () => {
  it('have a line for each party', () => {
    assert.deepEqual(
      linesOf([claim('data'), claim('hosts', 'hardware', { owner: 'aws' }), claim('keys', 'encryption')]),
      ["AWS's responsibility: hosts", 'Your responsibility: data, keys'],
    );
  });

  it('state the infrastructure once', () => {
    const aws = { owner: 'aws' } as const;
    assert.deepEqual(
      linesOf([
        claim(HOSTS, 'hardware', aws),
        claim('infrastructure that runs Amazon X and its network security', 'platform', aws),
        claim('encryption at rest', 'encryption', aws),
      ]),
      ["AWS's responsibility: infrastructure and host operating system, network security; encryption at rest"],
    );
    assert.deepEqual(
      linesOf([
        claim(HOSTS, 'hardware', aws),
        claim('infrastructure that runs Amazon X and its model', 'platform', aws),
      ]),
      [
        "AWS's responsibility: infrastructure and host operating system, infrastructure that runs Amazon X and its model",
      ],
    );
    assert.deepEqual(linesOf([claim('infrastructure that runs Amazon X', 'platform', aws)]), [
      "AWS's responsibility: infrastructure that runs Amazon X",
    ]);
  });

  it('have the number of those with space', () => {
    const [first, second] = [long('first'), long('second')];
    assert.deepEqual(linesOf([claim(first), claim(second), claim(long('third')), claim('fourth')]), [
      `Your responsibility (2 of 4): ${first}, ${second}`,
    ]);
  });

  it('are shown if they are longer than the space', () => {
    assert.deepEqual(linesOf([claim('x'.repeat(300))]), [`Your responsibility: ${'x'.repeat(300)}`]);
  });

  it('are shown first if they are about patches or some settings, and last if they hold for all services', () => {
    const all = claim('trails', 'logging', { cite: ['general trails'] });
    const [first, second] = [longer('first'), longer('second')];
    assert.deepEqual(linesOf([claim(first), claim(second), claim('patches', 'patching')]), [
      `Your responsibility (2 of 3): ${first}, patches`,
    ]);
    assert.deepEqual(linesOf([claim(first), claim(second), claim('port', 'network', { when: { Port: [1] } })]), [
      `Your responsibility (2 of 3): ${first}, port`,
    ]);
    const [one, other] = [long('one'), long('other')];
    assert.deepEqual(linesOf([{ ...all, text: longer('trails') }, claim(one), claim(other)]), [
      `Your responsibility (2 of 3): ${one}, ${other}`,
    ]);
    assert.deepEqual(linesOf([{ ...all, cite: ['own'] }, claim(first), claim(second)]), [
      `Your responsibility (2 of 3): trails, ${first}`,
    ]);
  });
});
