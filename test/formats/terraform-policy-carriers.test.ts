/** Resources that hold policies and that CloudFormation has no type for, or others than Terraform. */
import assert from 'node:assert/strict';
import type { PolicyLocations } from '../../server/src/formats/policy-locations.ts';
import { data } from '../schemas/data.ts';
import { found } from './terraform-stack.ts';

const OWN = data<PolicyLocations>('iam/locations').locations.filter(({ type }) => !type.includes('::'));

/** What is found of an action that no service has, in the policy of one resource. */
function foundIn(type: string, attribute: string, service: string): readonly string[] {
  const policy = {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: `${service}:NoSuchAction`, Resource: '*' },
    ],
  };
  return found(
    { 'main.tf.json': { resource: { [type]: { r: { [attribute]: JSON.stringify(policy) } } } } },
    'iam-policy-unknown-action',
  );
}

describe('policies of resources that Terraform alone has', () => {
  it('are listed', () => assert.ok(OWN.length >= 15));

  const others = [
    { type: 'aws_prometheus_resource_policy', path: 'policy_document', service: 'aps' },
    { type: 'aws_schemas_registry_policy', path: 'policy', service: 'schemas' },
  ];
  for (const { type, path, service = 's3' } of [...OWN, ...others]) {
    it(`${type} ${path}`, () =>
      assert.deepEqual(foundIn(type, path, service), [`iam-policy-unknown-action ${type}.r: ${service}:NoSuchAction`]));
  }
});
