/**
 * The permissions on all resources that a narrowing fix leaves: the title states them, and rules report them as in a
 * written policy.
 */
import assert from 'node:assert/strict';
import { DEFAULT_CONFIGURATION } from '../../server/src/config/configuration.ts';
import { run } from '../../server/src/engine/run.ts';
import type { Finding } from '../../server/src/model/finding.ts';
import { applyFix } from '../kit/read-back.ts';
import { memoryReader } from '../kit/memory-reader.ts';

const DOC = 'file:///case/template.yaml';

function template(statements: string): string {
  return `Resources:
  Uploads: {Type: AWS::S3::Bucket}
  Orders: {Type: AWS::DynamoDB::Table}
  Group: {Type: AWS::Logs::LogGroup}
  Bus: {Type: AWS::Events::EventBus}
  Repository: {Type: AWS::ECR::Repository}
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: '2012-10-17'
        Statement: [${statements}]
`;
}

function findings(text: string): readonly Finding[] {
  return run(memoryReader(new Map([[DOC, text]])), [DOC], {
    profile: 'strict',
    certainty: 'certain',
    configuration: DEFAULT_CONFIGURATION,
  }).documents[0]!.findings.filter(({ resource }) => resource === 'Policy');
}

/** What is said of the statement in which all stays wide. */
function aboutTheRest(text: string, start: number): readonly string[] {
  return findings(text)
    .filter(({ at }) => at.start >= start)
    .map(({ rule, severity, message }) => `${rule} ${severity} ${message}`)
    .toSorted();
}

describe('actions that keep the wildcard resource', () => {
  for (const [action, title] of [
    [
      's3:Put*',
      /^Restrict s3:Put\* to bucket Uploads \(removes \d+ actions; \d+ account-level actions stay on \*, including Put\w+PublicAccessBlock\)$/,
    ],
    ['s3:*Job*', /^Restrict s3:\*Job\* to /],
    [
      'ecr:Put*',
      /^Restrict ecr:Put\* to repository Repository \((?:removes \d+ actions?; )?\d+ account-level actions stay on \*, including PutRegistryPolicy\)$/,
    ],
    ['events:Put*', /^Restrict events:Put\* to event bus Bus \(.*stays? on \*(?:, including \w+)?\)$/],
    [
      'logs:Put*',
      /^Restrict logs:Put\* to log group Group \(.*\d+ account-level actions stay on \*, including PutResourcePolicy\)$/,
    ],
  ] as const)
    it(`are in the title, and are reported like literal ones: ${action}`, () => {
      const text = template(`{Effect: Allow, Action: ['${action}'], Resource: '*'}`);
      const fix = findings(text)
        .flatMap(({ fixes }) => fixes)
        .find((one) => one.title.startsWith('Restrict'));
      if (!fix)
        return assert.fail(
          findings(text)
            .map(({ rule, fixes }) => `${rule}: ${fixes.map((one) => one.title).join(' | ')}`)
            .join('\n'),
        );
      assert.match(fix.title, title);
      const after = applyFix(memoryReader(new Map([[DOC, text]])), fix).get(DOC)!;
      const rest = after.lastIndexOf('{Effect: Allow');
      const byHand = template(after.slice(rest, after.lastIndexOf(']')));
      assert.deepEqual(aboutTheRest(after, rest), aboutTheRest(byHand, byHand.lastIndexOf('{Effect: Allow')));
    });
});
