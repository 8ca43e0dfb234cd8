import { all, not, YES } from '../../model/judgement.ts';
import { defineRule, type ReadsOf } from '../rule.ts';
import { everyProtocol, openEnds, rulesOf, type EgressType } from './security-group-rules.ts';

const READS: ReadsOf<EgressType> = {
  'AWS::EC2::SecurityGroup': [
    'SecurityGroupEgress',
    'SecurityGroupEgress[].CidrIp',
    'SecurityGroupEgress[].CidrIpv6',
    'SecurityGroupEgress[].IpProtocol',
  ],
  'AWS::EC2::SecurityGroupEgress': ['CidrIp', 'CidrIpv6', 'IpProtocol'],
};

const WORLD = { trivy: ['AWS-0104'], cfn_nag: ['W5'], guard: ['EC2_SECURITY_GROUP_EGRESS_OPEN_TO_WORLD_RULE'] };
const ALL_PROTOCOLS = { ...WORLD, checkov: ['CKV_AWS_382'] };

export default defineRule({
  id: 'sg-egress-open-world',
  on: 'resource',
  reads: READS,
  topic: 'network-exposure',
  severity: 'low',
  profile: 'strict',
  since: '0.1',
  judged: '2026-11-24',
  title: 'Security group limits where it lets traffic out to',
  why: 'Software that was broken into fetches tools from the internet and sends data there. A group that lets traffic out only to what is needed makes that harder and shows it.',
  remedy: 'Let traffic out only to the security groups, prefix lists and address ranges that are needed.',
  sources: [
    {
      url: 'https://docs.amazonaws.cn/en_us/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.md',
      claim:
        'A group that is made without egress rules gets rules that let all IPv4 and IPv6 traffic out; one that is made with some does not.',
      seen: '2026-11-24',
    },
    {
      url: 'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group',
      claim:
        'AWS gives a new group a rule that lets all traffic out; Terraform removes it, so that the rule is there only where it is written.',
      seen: '2026-11-24',
    },
  ],
  aliases: ALL_PROTOCOLS,
  controls: {},
  fix: 'none',
  // A group of CloudFormation that states no egress rules has AWS's default, which lets everything out. That is no finding.
  *check(resource) {
    for (const rule of rulesOf(resource, 'SecurityGroupEgress')) {
      const everything = everyProtocol(rule.properties);
      for (const { value, open, words } of openEnds(rule, () => YES)) {
        yield {
          violations: [
            { wrong: all(open, everything), at: value, aliases: ALL_PROTOCOLS },
            { wrong: all(open, not(everything)), at: value, aliases: WORLD },
          ],
          message: (range) =>
            `The security group rule in ${resource.displayName} allows all outbound traffic to ${words(range)}. Limit it to the destinations that are needed.`,
        };
      }
    }
  },
});
