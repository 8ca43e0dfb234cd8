/** Policies of a bucket, as they are read from a template. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Guard, Truth } from '../../server/src/base/guard.ts';
import { templateStack } from '../../server/src/formats/cloudformation/stack.ts';
import { carriersByType, type PolicyLocations } from '../../server/src/formats/policy-locations.ts';
import type { PolicyDocument } from '../../server/src/model/policy.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { SCHEMAS } from '../kit/memory-reader.ts';
import { ALL_LINKS } from '../kit/all-links.ts';

const CARRIERS = carriersByType(
  JSON.parse(readFileSync(join(SCHEMAS, 'iam/locations.json'), 'utf8')) as PolicyLocations,
);

const HEAD = `Parameters:
  Any: {Type: String}
  Star: {Type: String, Default: '*'}
  Stage: {Type: String, Default: test, AllowedValues: [test, live]}
Conditions:
  IsLive: !Equals [!Ref Stage, live]
Resources:
  Net: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Role: {Type: AWS::IAM::Role, Properties: {}}
  P: {Type: AWS::S3::BucketPolicy, Properties: {Bucket: b, PolicyDocument: {Statement: `;

/** The policy that has the statements, which are YAML in flow style. */
export function policyOf(statements: string): PolicyDocument {
  const { stack } = templateStack({
    tree: parse('file:///t.yaml', `${HEAD}${statements}}}}\n`),
    format: 'cloudformation',
    carriers: CARRIERS,
    linksOf: ALL_LINKS,
    generated: false,
  });
  const [policy] = stack.policies;
  if (!policy) throw new Error(`no policy is read from ${statements}`);
  return policy;
}

/** Where something is so: yes, no, perhaps, or the scenario in which it is. */
export function truthText({ yes, no }: Truth): string {
  if (yes.isAlways()) return 'yes';
  if (no.isAlways()) return 'no';
  if (yes.satisfiable()) return `if ${termsOf(yes)}`;
  return no.satisfiable() ? `perhaps, not if ${termsOf(no)}` : 'perhaps';
}

function termsOf(guard: Guard): string {
  return [...new Set(guard.describe().map(({ name, value }) => `${name}=${String(value)}`))].join(' ');
}
