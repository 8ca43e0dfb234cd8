/** An incomplete statement has at most one finding of all rules. */
import assert from 'node:assert/strict';
import { analysed, findingsOf } from '../../engine/analysis.ts';

/**
 * What is said of a statement in a document beside one that is sound, in the strictest profile: the rule without what
 * all begin with, and what is marked.
 */
function findingsIn(file: string, text: string): readonly string[] {
  return findingsOf(analysed({ [file]: text }, { profile: 'strict' }))
    .filter(({ rule }) => rule.startsWith('iam-policy-'))
    .map(({ rule, at }) => `${rule.slice('iam-policy-'.length)} ${text.slice(at.start, at.end)}`);
}

const json = (statement: string): string => `{"Version": "2012-10-17", "Statement": [${statement}]}`;
const yaml = (statement: string): string => `Resources:
  P:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
${statement}`;

const IN_JSON: readonly (readonly [statement: string, ...said: readonly string[]])[] = [
  ['{}', 'missing-element {}'],
  ['{"": ""}', 'unknown-element ""'],
  ['{"Ef": ""}', 'unknown-element "Ef"'],
  ['{"Effect": ""}', 'invalid-effect ""'],
  ['{"Effect": "Al"}', 'invalid-effect "Al"'],
  ['{"Effect": "Allow"}', 'missing-element "Effect"'],
  ['{"Effect": "Allow", "Act": null}', 'unknown-element "Act"'],
  ['{"Effect": "Allow", "Action": null}', 'missing-element "Effect"'],
  ['{"Effect": "Allow", "Action": []}', 'missing-element "Effect"'],
  ['{"Sid": "", "Effect": "Allow", "Action": [], "Resource": []}', 'empty-element []'],
  ['{"Sid": "", "Effect": "Deny", "Action": "s3:GetObject", "Condition": {}}', 'missing-element "Sid"'],
];

const IN_YAML: readonly (readonly [statement: string, ...said: readonly string[]])[] = [
  ['          - Ef\n', 'malformed Ef'],
  ['          - Effect:\n', 'missing-element Effect'],
  ['          - Effect: D\n', 'invalid-effect D'],
  ['          - Effect: Allow\n            Action:\n', 'missing-element Effect'],
  ['          - Effect: Allow\n            Action:\n              -\n', 'missing-element Effect'],
  ['          - Effect: Deny\n            Action: s3:GetObject\n            Res:\n', 'unknown-element Res'],
  ['          - Effect: Deny\n            Action: s3:GetObject\n            Resource:\n', 'missing-element Effect'],
];

describe('a statement that is being written', () => {
  for (const [statement, ...expected] of IN_JSON)
    it(`has one finding: ${statement}`, () => assert.deepEqual(findingsIn('a.json', json(statement)), expected));
  for (const [statement, ...expected] of IN_YAML)
    it(`has one finding: ${statement.trim().replace(/\s+/g, ' ')}`, () =>
      assert.deepEqual(findingsIn('a.yaml', yaml(statement)), expected));
});
