import { all, is, isPresent, not } from '../../model/judgement.ts';
import { isTrue } from '../../model/predicate.ts';
import { opening, publicGrantReports, type ResourceProfile } from '../public-policy.ts';
import { defineRule } from '../rule.ts';

const DOMAIN: ResourceProfile = {
  what: 'access policy of',
  who: 'anyone',
  actions: [
    ['es:eshttpget', 'read documents'],
    ['es:eshttpput', 'write documents'],
    ['es:eshttpdelete', 'delete documents'],
  ],
  looks: /^es:(?:describe|list)[\w*?]*$/,
  narrow: 'aws:SourceIp',
};

export default defineRule({
  id: 'opensearch-access-policy-public',
  on: 'policy',
  kinds: ['resource'],
  topic: 'data-exposure',
  severity: 'critical',
  profile: 'essential',
  since: '0.1',
  judged: '2026-11-27',
  title: 'OpenSearch domains should not be publicly accessible',
  why: 'With a wildcard principal in its access policy, a domain with a public endpoint answers unsigned requests of anyone on the internet, unless fine-grained access control authenticates users.',
  remedy:
    'Name the principals, add a condition on aws:SourceIp, put the domain into a VPC, or turn fine-grained access control on.',
  sources: [
    {
      url: 'https://docs.aws.amazon.com/opensearch-service/latest/developerguide/ac.html',
      claim:
        'Domains with public access can have policies that let in unsigned requests; the principal says who is let in, and IP-based policies by which addresses.',
      seen: '2026-11-27',
    },
    {
      url: 'https://docs.aws.amazon.com/opensearch-service/latest/developerguide/fgac.html',
      claim:
        'With fine-grained access control a domain access policy that needs no signed requests is recommended, as it asks for users itself; in a VPC clients have to be able to connect to that first.',
      seen: '2026-11-27',
    },
    {
      url: 'https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_CheckNoPublicAccess.html',
      claim: 'IAM Access Analyzer checks policies of domains for public access.',
      seen: '2026-11-27',
    },
  ],
  aliases: { checkov: ['CKV_AWS_283'] },
  controls: {},
  fix: 'suggestion',
  subsumes: ['iam-policy-not-principal'],
  *check(policy, { stack }) {
    const { host, service } = policy;
    if (service !== 'es') return;
    // Where users have to log in to the domain itself its policy may be open.
    const asks = is(host.get('AdvancedSecurityOptions.Enabled'), isTrue);
    const within = isPresent(host.get('VPCOptions'));
    for (const grant of publicGrantReports(policy, stack, DOMAIN)) {
      const open = all(grant.open, not(grant.looks), not(asks));
      // Of several findings at one place the first that is certain is kept.
      yield opening({ ...grant, open: all(open, not(within)) }, DOMAIN, host.displayName);
      yield {
        violations: [{ wrong: all(open, within), at: grant.at }],
        fixes: grant.fixes,
        severity: 'low',
        profile: 'strict',
        message: `The access policy of ${host.displayName} lets anyone with network access to its VPC ${grant.does}. Name the principals, or turn on fine-grained access control.`,
      };
    }
  },
});
