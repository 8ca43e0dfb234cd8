import { publicPolicyRule } from '../forms/public-policy-rule.ts';

export default publicPolicyRule({
  id: 'opensearch-access-policy-public',
  severity: 'critical',
  judged: '2026-11-27',
  title: 'OpenSearch domains should not be publicly accessible',
  keywords: [
    'Elasticsearch',
    'access policy',
    'wildcard principal',
    'anonymous',
    'unsigned requests',
    'open to the world',
  ],
  why: 'With a wildcard principal in its access policy, a domain with a public endpoint answers unsigned requests from anyone on the internet, unless fine-grained access control authenticates users.',
  remedy:
    'Specify the principals, add a condition on aws:SourceIp, move the domain into a VPC, or turn on fine-grained access control.',
  sources: {
    'https://docs.aws.amazon.com/opensearch-service/latest/developerguide/ac.html':
      'Policies of domains with public access can allow unsigned requests; the principal determines who has access, and IP-based policies from which addresses.',
    'https://docs.aws.amazon.com/opensearch-service/latest/developerguide/fgac.html':
      'With fine-grained access control, a domain access policy that does not require signed requests is recommended, because users authenticate to the domain; in a VPC, clients must first be able to connect to it.',
    'https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_CheckNoPublicAccess.html':
      'IAM Access Analyzer checks domain access policies for public access.',
  },
  aliases: ['CKV_AWS_283'],
  service: 'es',
  policy: 'domain',
  who: 'anyone',
  actions: [
    ['es:eshttpget', 'read', 'documents'],
    ['es:eshttpput', 'write', 'documents'],
    ['es:eshttpdelete', 'delete', 'documents'],
  ],
  readsSettings: /^es:(?:describe|list)[\w*?]*$/,
  narrow: 'aws:SourceIp',
  settings: 'not reported',
  // With fine-grained access control, users authenticate to the domain itself.
  unless: { 'AdvancedSecurityOptions.Enabled': true },
  limited: {
    where: { VPCOptions: 'is present' },
    severity: 'low',
    profile: 'strict',
    who: 'anyone in its VPC',
    advice: 'Specify the principals, or turn on fine-grained access control.',
  },
});
