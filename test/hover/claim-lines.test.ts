/** What a hover shows of the responsibilities of each party. */
import assert from 'node:assert/strict';
import { claimLines } from '../../server/src/hover/claim-lines.ts';
import type { Claim } from '../../server/src/hover/ownership.ts';

const claim = (text: string, layer: Claim['layer'] = 'data', rest: Partial<Claim> = {}): Claim => ({
  layer,
  owner: 'you',
  text,
  cite: ['own'],
  ...rest,
});
const linesOf = (claims: readonly Claim[]): readonly string[] =>
  claimLines(claims, () => []).map(({ label, parts, separator }) => {
    const texts = parts.map(({ text }) => text);
    return `${label}: ${texts.join(separator)}`;
  });
const HOSTS = 'facilities, hardware, host operating system, virtualization';
const long = (start: string): string => `${start} ${'x'.repeat(62 - start.length)}`;

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

  it('end with the number of those without space', () => {
    const [first, second] = [long('first'), long('second')];
    assert.deepEqual(linesOf([claim(first), claim(second), claim('third'), claim('fourth')]), [
      `Your responsibility: ${first}, ${second}, 2 more`,
    ]);
  });

  it('are shown if they are longer than the space', () => {
    assert.deepEqual(linesOf([claim('x'.repeat(300))]), [`Your responsibility: ${'x'.repeat(300)}`]);
  });

  it('are shown first if they are about patches or some settings, and last if they hold for all services', () => {
    const all = claim('trails', 'logging', { cite: ['general trails'] });
    const [first, second] = [long('first'), long('second')];
    assert.deepEqual(linesOf([claim(first), claim(second), claim('patches', 'patching')]), [
      `Your responsibility: ${first}, patches, 1 more`,
    ]);
    assert.deepEqual(linesOf([claim(first), claim(second), claim('port', 'network', { when: { Port: [1] } })]), [
      `Your responsibility: ${first}, port, 1 more`,
    ]);
    assert.deepEqual(linesOf([all, claim(first), claim(second)]), [`Your responsibility: ${first}, ${second}, 1 more`]);
    assert.deepEqual(linesOf([{ ...all, cite: ['own'] }, claim(first), claim(second)]), [
      `Your responsibility: trails, ${first}, 1 more`,
    ]);
  });
});
