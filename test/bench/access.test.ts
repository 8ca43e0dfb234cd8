/**
 * Who has access to one resource takes work in proportion to the identities, whatever the number of resources, and
 * whatever their policies are like.
 */
import assert from 'node:assert/strict';
import { DEFAULT_CONFIGURATION } from '../../server/src/config/configuration.ts';
import { documentStack, stacksOf } from '../../server/src/engine/analyzed-stacks.ts';
import { ParseCache } from '../../server/src/engine/parse-cache.ts';
import { collect } from '../../server/src/engine/run.ts';
import { lookupOver } from '../../server/src/policy/access/lookup.ts';
import { whoCan } from '../../server/src/policy/access/who-can.ts';
import { lookups } from '../kit/lookups.ts';
import { memoryReader } from '../kit/memory-reader.ts';

const TRUST =
  'AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: a.amazonaws.com}, Action: sts:AssumeRole}]}';

/** The statements of the role with a number. */
const POLICIES: Readonly<Record<string, (index: number) => string>> = {
  'a bucket each': (index) => `{Effect: Allow, Action: 's3:Get*', Resource: !Sub '\${B${index}.Arn}/*'}`,
  'all buckets': () => `{Effect: Allow, Action: 's3:*', Resource: '*'}`,
  'all buckets, with Deny statements': (index) =>
    `{Effect: Allow, Action: 's3:*', Resource: '*'}, {Effect: Deny, Action: 's3:Delete*', Resource: !Sub '\${B${index}.Arn}/*', Condition: {Bool: {aws:MultiFactorAuthPresent: false}}}`,
};

function templateOf(roles: number, buckets: number, statements: (index: number) => string): string {
  const allowed = Array.from({ length: roles }, (_, index) => `!GetAtt R${index}.Arn`).join(', ');
  return `Resources:
${Array.from({ length: buckets }, (_, index) => `  B${index}: {Type: AWS::S3::Bucket}\n`).join('')}${Array.from(
    { length: roles },
    (_, index) =>
      `  R${index}: {Type: AWS::IAM::Role, Properties: {${TRUST}, Policies: [{PolicyName: p, PolicyDocument: {Statement: [${statements(index % buckets)}]}}]}}\n`,
  ).join('')}  P:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref B0
      PolicyDocument: {Statement: [{Effect: Allow, Principal: {AWS: [${allowed}]}, Action: 's3:Get*', Resource: !Sub '\${B0.Arn}/*'}]}
`;
}

/** The lookups for one bucket of a stack whose identities are evaluated already. */
function work(text: string): number {
  const reader = memoryReader(new Map([['file:///w/a.yaml', text]]));
  const cache = new ParseCache();
  const options = { configuration: DEFAULT_CONFIGURATION };
  const snapshot = collect(reader, ['file:///w/a.yaml'], options, cache);
  const { stack } = documentStack(stacksOf(snapshot, options, cache), 'file:///w/a.yaml')!;
  const lookup = lookupOver((name) => reader.data(name), stack)!;
  whoCan(stack.byAddress('B1')!, stack, lookup);
  return lookups(() => whoCan(stack.byAddress('B0')!, stack, lookup));
}

describe('who has access to a bucket', () => {
  for (const [name, statements] of Object.entries(POLICIES)) {
    it(`takes work in proportion to the roles that can access ${name}`, () => {
      const [few, many] = [work(templateOf(20, 20, statements)), work(templateOf(80, 20, statements))];
      assert.ok(many < 4.6 * few, `${many} lookups for 80 roles, ${few} for 20`);
    });

    it(`takes no more work if there are more buckets, of roles that can access ${name}`, () => {
      const [few, many] = [work(templateOf(20, 20, statements)), work(templateOf(20, 80, statements))];
      assert.ok(many < 1.2 * few, `${many} lookups for 80 buckets, ${few} for 20`);
    });
  }
});
