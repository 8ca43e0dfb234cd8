import type { Fix } from '../../model/edit.ts';
import { all, any, exists, is, isAbsent, isPresent, judgement, not, UNKNOWABLE, YES } from '../../model/judgement.ts';
import { isEverywhere } from '../../model/internet.ts';
import { itemsOfProperty } from '../../model/navigate.ts';
import { isFalse } from '../../model/predicate.ts';
import { defineRule } from '../rule.ts';

const ENDPOINT = 'ResourcesVpcConfig.EndpointPublicAccess';
const PRIVATE = 'ResourcesVpcConfig.EndpointPrivateAccess';
const CIDRS = 'ResourcesVpcConfig.PublicAccessCidrs';

/** The checks of other tools for a public endpoint, and for one that all addresses can reach. */
const PUBLIC = { checkov: ['CKV_AWS_39'], trivy: ['AWS-0040'], guard: ['EKS_ENDPOINT_NO_PUBLIC_ACCESS'] };
const OPEN = { ...PUBLIC, checkov: ['CKV_AWS_38', 'CKV_AWS_39'], trivy: ['AWS-0040', 'AWS-0041'] };

export default defineRule({
  id: 'eks-public-endpoint',
  on: 'resource',
  reads: { 'AWS::EKS::Cluster': [ENDPOINT, PRIVATE, CIDRS, 'OutpostConfig', 'ResourcesVpcConfig'] },
  topic: 'network-exposure',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'EKS cluster endpoints should not be publicly accessible',
  keywords: ['Kubernetes API server', '0.0.0.0/0', 'open to the world', 'public access CIDR'],
  why: 'Anyone on the internet can reach the Kubernetes API server of the cluster, so leaked credentials or a server vulnerability are enough to take it over.',
  remedy:
    'Set EndpointPublicAccess to false and EndpointPrivateAccess to true, or restrict PublicAccessCidrs to the addresses of your administrators and CI/CD.',
  sources: {
    'https://docs.aws.amazon.com/eks/latest/APIReference/API_VpcConfigRequest.html':
      'The default of endpointPublicAccess is true. publicAccessCidrs are the CIDR blocks that can reach the public endpoint; others are denied.',
    'AWS::EKS::Cluster.ResourcesVpcConfig':
      'The default of PublicAccessCidrs is 0.0.0.0/0, and also ::/0 for a dual-stack cluster.',
  },
  accessed: '2026-11-28',
  aliases: OPEN,
  controls: { securityHub: ['EKS.1'] },
  fix: 'suggestion',
  *check(cluster) {
    const endpoint = cluster.get(ENDPOINT);
    const cidrs = cluster.get(CIDRS);
    const list = itemsOfProperty(cidrs);
    // AWS does not document the endpoint of a local cluster on an Outpost here.
    const local = all(isPresent(cluster.get('OutpostConfig')), UNKNOWABLE);
    const isPublic = all(not(is(endpoint, isFalse)), not(local));
    // A public endpoint without ranges is open to all addresses.
    const isOpen = any(
      isAbsent(cidrs),
      exists(list, (item) => isEverywhere(item.value)),
    );
    const name = cluster.displayName;
    const fixes = (): readonly Fix[] => [
      {
        title: 'Make the endpoint private (clients must be in the VPC or connected to it)',
        safe: false,
        edits: [
          { op: 'set', resource: cluster, path: ENDPOINT, value: false },
          { op: 'set', resource: cluster, path: PRIVATE, value: true },
        ],
      },
    ];
    yield {
      violations: [
        ...list.items.map(({ value, when }) => ({
          wrong: all(isPublic, judgement(when), isEverywhere(value)),
          at: value,
          aliases: OPEN,
        })),
        { wrong: all(isPublic, isOpen), at: endpoint, aliases: OPEN },
      ],
      message: `${name} has a publicly accessible Kubernetes API endpoint. Restrict ${cluster.nativePath(CIDRS).split('.').at(-1)!}, or make the endpoint private.`,
      fixes,
    };
    yield {
      violations: [
        {
          wrong: all(
            isPublic,
            exists(list, () => YES),
            not(isOpen),
          ),
          at: endpoint,
          aliases: PUBLIC,
        },
      ],
      severity: 'low',
      profile: 'strict',
      message: `${name} has a public Kubernetes API endpoint, restricted to some addresses. Make it private if you can connect through the VPC.`,
      fixes,
    };
  },
});
