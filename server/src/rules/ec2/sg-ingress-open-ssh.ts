import { all, any, is, isAbsent, judgement, UNKNOWABLE, type Judgement } from '../../model/judgement.ts';
import { integer, oneOfIgnoringCase, text } from '../../model/predicate.ts';
import type { Properties } from '../../model/resource.ts';
import { defineRule, type Report } from '../rule.ts';
import type { Resource } from '../../model/resource.ts';

const SSH = 22;

/** Every IPv4 address: a prefix of no bits, whatever stands before it. */
const ANY_IPV4 = text((cidr) => /^\d{1,3}(\.\d{1,3}){3}\/0+$/.test(cidr.trim()));

/** Every IPv6 address, in any of the ways to write it. */
const ANY_IPV6 = text((cidr) => /^[0-9a-f:.]*:[0-9a-f:.]*\/0+$/i.test(cidr.trim()));

export default defineRule({
  id: 'sg-ingress-open-ssh',
  on: 'resource',
  reads: {
    'AWS::EC2::SecurityGroup': ['SecurityGroupIngress', 'SecurityGroupIngress[].CidrIp', 'SecurityGroupIngress[].CidrIpv6', 'SecurityGroupIngress[].IpProtocol', 'SecurityGroupIngress[].FromPort', 'SecurityGroupIngress[].ToPort'],
    'AWS::EC2::SecurityGroupIngress': ['CidrIp', 'CidrIpv6', 'IpProtocol', 'FromPort', 'ToPort'],
  },
  topic: 'network-exposure', severity: 'high', profile: 'essential', since: '0.1', judged: '2026-11-24',
  title: 'Security group does not open SSH to the world',
  why: 'Machines that answer on port 22 to every address are found within minutes and attacked without end; one weak key or one flaw in the server is enough.',
  remedy: 'Reach machines through Session Manager or EC2 Instance Connect, or limit the rule to the addresses that need it.',
  sources: [
    { url: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ec2-securitygroup-ingress.html', claim: 'The protocol -1, or a number other than those of tcp, udp, icmp and icmpv6, allows traffic on all ports whatever range is given.', seen: '2026-11-24' },
    { url: 'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html', claim: 'EC2.13: security groups should not allow ingress from 0.0.0.0/0 or ::/0 to port 22; EC2.53 and EC2.54 say so of remote administration ports.', seen: '2026-11-24' },
    { url: 'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group', claim: 'A protocol of -1 is the same as all; the ports are 0 then.', seen: '2026-11-24' },
  ],
  aliases: { checkov: ['CKV_AWS_24'], trivy: ['AWS-0107'], guard: ['INCOMING_SSH_DISABLED'] },
  controls: { securityHub: ['EC2.13', 'EC2.53', 'EC2.54'], cis: ['v3.0.0 5.2', 'v3.0.0 5.3'] },
  fix: 'suggestion',
  *check(resource) {
    if (resource.type === 'AWS::EC2::SecurityGroupIngress') {
      yield* open(resource, resource, undefined);
      return;
    }
    const rules = resource.each('SecurityGroupIngress');
    for (const rule of rules.items) {
      const there = judgement(rule.when);
      for (const report of open(resource, rule, rule.value)) yield { ...report, faults: report.faults.map((fault) => ({ ...fault, wrong: all(there, fault.wrong) })) };
    }
  },
});

function* open(group: Resource, rule: Properties, item: Parameters<typeof is>[0] | undefined): Iterable<Report> {
  const reaches = covers(rule, SSH);
  for (const [path, anywhere] of [['CidrIp', ANY_IPV4], ['CidrIpv6', ANY_IPV6]] as const) {
    const source = rule.get(path);
    yield {
      faults: [{ wrong: all(is(source, anywhere), reaches), at: source }],
      message: (shown) => `The security group rule in ${group.address} lets ${shown} reach SSH on port ${SSH}, so every host on the internet can try to log in; limit the source or use Session Manager.`,
      fixes: () => item ? [{ title: 'Remove this rule (reach machines through Session Manager)', safe: false, edits: [{ op: 'removeItem', resource: group, target: item }] }] : [],
    };
  }
}

/** Whether a rule lets TCP traffic through to a port. */
function covers(rule: Properties, port: number): Judgement {
  const protocol = rule.get('IpProtocol');
  const every = is(protocol, oneOfIgnoringCase('-1', 'all'));
  const tcp = is(protocol, oneOfIgnoringCase('tcp', '6'));
  // It is not documented what a TCP rule without ports, or with -1 for a port, covers.
  const from = any(is(rule.get('FromPort'), integer((n) => n < 0 ? undefined : n <= port)), all(isAbsent(rule.get('FromPort')), UNKNOWABLE));
  const to = any(is(rule.get('ToPort'), integer((n) => n < 0 ? undefined : n >= port)), all(isAbsent(rule.get('ToPort')), UNKNOWABLE));
  return any(every, all(tcp, from, to));
}
