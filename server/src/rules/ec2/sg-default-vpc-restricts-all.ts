import { flatMap } from '../../base/flat-map.ts';
import { any, judgement, readsAttribute } from '../../model/judgement.ts';
import type { Resource } from '../../model/resource.ts';
import { defineRule } from '../rule.ts';

/** The attribute of a VPC with its default security group, in each format. */
const DEFAULT_GROUP: ReadonlySet<string | undefined> = new Set(['DefaultSecurityGroup', 'default_security_group_id']);

export default defineRule({
  id: 'sg-default-vpc-restricts-all',
  on: 'resource',
  reads: {
    'AWS::EC2::SecurityGroup': ['SecurityGroupIngress', 'SecurityGroupEgress'],
    'AWS::EC2::SecurityGroupIngress': ['GroupId'],
    'AWS::EC2::SecurityGroupEgress': ['GroupId'],
  },
  topic: 'network-exposure',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'VPC default security groups should not allow traffic',
  keywords: ['restricts all', 'aws_default_security_group', 'DefaultSecurityGroup'],
  why: 'A resource without a security group gets the default one of its VPC. Its rules then apply to resources that they were never meant for.',
  remedy: 'Remove all rules of the default security group, and create a group for each purpose.',
  sources: {
    aws_default_security_group:
      'Terraform adopts the default group of a VPC and removes all of its rules; only the configured ones remain.',
  },
  accessed: '2026-11-28',
  aliases: ['CKV2_AWS_12', 'AWS-0173'],
  controls: { securityHub: ['EC2.2'], cis: ['v3.0.0 5.4'] },
  fix: 'none',
  *check(resource) {
    const message = `${resource.displayName} allows traffic in the default security group of a VPC. Create a separate security group for each purpose.`;
    if (resource.type !== 'AWS::EC2::SecurityGroup') {
      const group = resource.get('GroupId');
      // Terraform adopts the default group as a resource, which other resources refer to.
      const adopted = (resource as Resource).related('security-group').edges.filter((edge) => isAdopted(edge.resource));
      yield {
        violations: [
          {
            wrong: any(
              readsAttribute(group, ({ attribute }) => DEFAULT_GROUP.has(attribute)),
              ...adopted.map(({ when }) => judgement(when)),
            ),
            at: group,
          },
        ],
        message,
        subjects: flatMap(adopted, (edge) => vpcsOf(edge.resource)),
      };
      return;
    }
    if (!isAdopted(resource)) return;
    yield {
      violations: (['SecurityGroupIngress', 'SecurityGroupEgress'] as const).map((path) => ({
        wrong: any(...(resource as Resource).each(path).items.map(({ when }) => judgement(when))),
        at: resource.get(path),
      })),
      message,
      subjects: vpcsOf(resource),
    };
  },
});

function isAdopted({ nativeType }: Resource): boolean {
  return nativeType === 'aws_default_security_group';
}

function vpcsOf(group: Resource): readonly Resource[] {
  return group.related('vpc').edges.map(({ resource }) => resource);
}
