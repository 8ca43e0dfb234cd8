import { flatMap } from '../../base/flat-map.ts';
import { describedHops, waysToInternet } from '../../model/internet.ts';
import { all, any, is, judgement, not } from '../../model/judgement.ts';
import { isFalse, isTrue } from '../../model/predicate.ts';
import type { Resource } from '../../model/resource.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'ec2-in-public-subnet',
  on: 'resource',
  reads: {
    'AWS::EC2::Instance': [
      'NetworkInterfaces',
      'NetworkInterfaces[].AssociatePublicIpAddress',
      'SourceDestCheck',
      'SubnetId',
    ],
    'AWS::EC2::Subnet': ['MapPublicIpOnLaunch'],
  },
  topic: 'network-exposure',
  severity: 'medium',
  profile: 'strict',
  judged: '2026-11-29',
  title: 'EC2 instances should not get public IP addresses in public subnets',
  keywords: ['internet gateway', 'Elastic IP', 'internet-facing', 'DMZ'],
  why: 'An instance with a public IP address and a route to an internet gateway can be reached from the internet as soon as a security group rule allows it.',
  remedy:
    'Launch the instance in a private subnet, behind a load balancer, with a NAT gateway for outbound traffic. Connect with Session Manager.',
  sources: {
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySubnetAttribute.html':
      'With true, network interfaces of instances that are created in the subnet get a public IPv4 address.',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html':
      'EC2.9: instances should not have a public IPv4 address.',
  },
  accessed: '2026-11-28',
  fix: 'none',
  *check(resource) {
    if (resource.type !== 'AWS::EC2::Instance') return;
    const instance: Resource = resource;
    const associates = instance.each('NetworkInterfaces').items.map((one) => one.get('AssociatePublicIpAddress'));
    // The setting of the network interface overrides that of the subnet; another rule checks it.
    const decided = any(...flatMap(associates, (value) => [is(value, isTrue), is(value, isFalse)]));
    // An instance that forwards traffic is a NAT or firewall, which needs the address.
    const forwards = is(instance.get('SourceDestCheck'), isFalse);
    for (const way of waysToInternet(instance)) {
      const subnet = way.hops.find(({ kind }) => kind === 'subnets')!;
      const assigned = is(subnet.to.get('MapPublicIpOnLaunch'), isTrue);
      yield {
        violations: [{ wrong: all(judgement(way.when), assigned, not(decided), not(forwards)), at: subnet.via }],
        message: `${instance.displayName} gets a public IP address in ${subnet.to.displayName}. Use a private subnet, behind a load balancer.`,
        related: () => describedHops(way).slice(1),
      };
    }
  },
});
