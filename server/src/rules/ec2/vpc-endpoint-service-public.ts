import { listRule } from '../forms/list-rule.ts';

export default listRule({
  id: 'vpc-endpoint-service-public',
  topic: 'network-exposure',
  severity: 'medium',
  title: 'VPC endpoint services should not allow all principals',
  keywords: ['PrivateLink', 'wildcard principal', 'allowed_principals', 'public access'],
  why: 'Any AWS account that knows the name of the service can request a connection to it. Without acceptance, requests are approved automatically.',
  remedy: 'List the accounts, users or roles that connect to the service, and require acceptance of connections.',
  sources: {
    'AWS::EC2::VPCEndpointServicePermissions':
      'With permissions for all principals, the service is public: users who know its name can request an endpoint, which is attached automatically if the service does not require manual approval.',
  },
  accessed: '2026-11-29',
  lists: { 'AWS::EC2::VPCEndpointServicePermissions': 'AllowedPrincipals' },
  mustNotContain: '*',
  problem: 'allows all principals to connect to the endpoint service',
  advice: 'List the accounts or roles that connect to it.',
  fix: 'none',
});
