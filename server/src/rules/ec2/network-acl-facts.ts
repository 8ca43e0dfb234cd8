/** What rules about network ACLs share: the paths and the documentation of entries, and the ports of remote access. */
import type { ReadsOf } from '../rule.ts';
import type { Sources } from '../sources.ts';

/** The paths that are read of an entry. */
export const ENTRY_READS: ReadsOf<'AWS::EC2::NetworkAclEntry'> = {
  'AWS::EC2::NetworkAclEntry': [
    'CidrBlock',
    'Egress',
    'Ipv6CidrBlock',
    'NetworkAclId',
    'PortRange.From',
    'PortRange.To',
    'Protocol',
    'RuleAction',
    'RuleNumber',
  ],
};

/** The documentation of entries. */
export const ENTRY_SOURCES: Sources = {
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-networkaclentry.html':
    'Protocol -1 is all protocols, and all ports regardless of PortRange. Entries are processed in ascending order of their numbers. Egress is false by default.',
};

/** The ports of remote access, with the checks of other tools for each. */
const SSH_OR_RDP = { securityHub: ['EC2.21'], cis: ['v3.0.0 5.1'] } as const;

export const ADMIN_PORTS = [
  { port: 22, service: 'SSH', aliases: { checkov: ['CKV_AWS_232'], trivy: ['AWS-0105'] }, controls: SSH_OR_RDP },
  { port: 3389, service: 'RDP', aliases: { checkov: ['CKV_AWS_231'], trivy: ['AWS-0105'] }, controls: SSH_OR_RDP },
  { port: 21, service: 'FTP', aliases: { checkov: ['CKV_AWS_229'] }, controls: {} },
  { port: 20, service: 'FTP data', aliases: { checkov: ['CKV_AWS_230'] }, controls: {} },
] as const;
