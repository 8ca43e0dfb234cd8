import assert from 'node:assert/strict';
import { serviceActions, type ServiceData } from '../../server/src/policy/data/service-actions.ts';
import { STACK_RESOURCES, typesNamed } from '../../server/src/policy/resource/stack-arn.ts';
import { data } from '../schemas/data.ts';

interface Mappings {
  readonly types: Readonly<
    Record<
      string,
      {
        readonly sources?: readonly {
          readonly types: readonly string[];
          readonly attributes?: Readonly<Record<string, string>>;
        }[];
      }
    >
  >;
}

describe('ARNs of resources of a stack', () => {
  for (const [name, namings] of Object.entries(STACK_RESOURCES)) {
    it(`for ${name} have an IAM resource type, and a Terraform attribute that is an ARN`, () => {
      const [service, type] = name.split(':') as [string, string];
      assert.ok(
        serviceActions(service, data<ServiceData>(`iam/services/${service}`)).resourceType(type),
        `${name} is no type of IAM`,
      );
      for (const { type: canonical, attribute = 'Ref' } of namings) {
        const file = canonical.split('::')[1]!.toLowerCase();
        for (const source of data<Mappings>(`mappings/${file}`).types[canonical]?.sources ?? [])
          assert.match(
            source.attributes?.[attribute] ?? '',
            /^arn$/,
            `${canonical} ${attribute} of ${source.types.join(', ')}`,
          );
      }
    });
  }

  for (const { type, attribute, behind, named } of [
    { type: 'AWS::S3::Bucket', attribute: 'Arn', behind: '', named: ['s3:bucket'] },
    { type: 'AWS::S3::Bucket', attribute: 'arn', behind: '/logs/*', named: ['s3:object'] },
    { type: 'AWS::DynamoDB::Table', attribute: 'Arn', behind: '/index/by-name', named: ['dynamodb:index'] },
    { type: 'AWS::DynamoDB::Table', attribute: 'StreamArn', behind: '', named: [] },
    { type: 'AWS::SNS::Topic', attribute: undefined, behind: '', named: ['sns:topic'] },
    { type: 'AWS::Logs::LogGroup', attribute: 'Arn', behind: '', named: ['logs:log-group', 'logs:log-stream'] },
    { type: 'AWS::EC2::VPC', attribute: undefined, behind: '', named: [] },
  ]) {
    it(`match ${named.join(', ') || 'nothing'} for ${attribute ?? 'Ref'} of ${type}${behind}`, () => {
      assert.deepEqual(typesNamed(type, attribute, behind), named);
    });
  }
});
