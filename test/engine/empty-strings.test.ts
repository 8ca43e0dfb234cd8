/** Empty strings in documents within strings have no characters, so findings mark their quotes. */
import assert from 'node:assert/strict';
import { analysed, findingsOf } from './analysis.ts';

const POLICY = '{"Statement": [{"Effect": "Allow", "Action": ["", ""], "Resource": "*"}]}';
const template = (policy: string): string =>
  `Resources: {P: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: ${policy}}}}\n`;

describe('empty strings', () => {
  for (const [where, policy, quotes] of [
    ['in the template', POLICY, '""'],
    ['in a string', `'${POLICY}'`, '""'],
    ['in a string with escapes', JSON.stringify(POLICY), '\\"\\"'],
  ] as const)
    it(`are marked with their quotes ${where}`, () => {
      const text = template(policy);
      const found = findingsOf(analysed({ 'a.yaml': text })).filter(({ rule }) => rule === 'iam-policy-unknown-action');
      assert.deepEqual(
        found
          .flatMap(({ at, related }) => [at, ...related.map((one) => one.at)])
          .map(({ start, end }) => text.slice(start, end)),
        [quotes, quotes],
      );
    });
});
