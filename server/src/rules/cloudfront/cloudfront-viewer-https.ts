import { all, is, judgement } from '../../model/judgement.ts';
import { oneOf } from '../../model/predicate.ts';
import type { Properties, Resource } from '../../model/resource.ts';
import type { Value } from '../../model/value.ts';
import { defineRule, type Report } from '../rule.ts';

const DEFAULT = 'DistributionConfig.DefaultCacheBehavior.ViewerProtocolPolicy';
const OTHERS = 'DistributionConfig.CacheBehaviors';

export default defineRule({
  id: 'cloudfront-viewer-https',
  on: 'resource',
  reads: { 'AWS::CloudFront::Distribution': [DEFAULT, OTHERS, `${OTHERS}[].ViewerProtocolPolicy`] },
  topic: 'encryption-in-transit', severity: 'medium', profile: 'recommended', since: '0.1', judged: '2026-11-24',
  title: 'CloudFront distribution serves viewers over HTTPS',
  why: 'A cache behavior with allow-all answers plain HTTP, so everybody between the viewer and CloudFront can read and change pages, cookies and what is typed into forms.',
  remedy: 'Set ViewerProtocolPolicy of every cache behavior to redirect-to-https, or to https-only for APIs.',
  sources: [
    { url: 'https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CacheBehavior.html', claim: 'With allow-all viewers can use HTTP or HTTPS; redirect-to-https answers HTTP with the status 301; https-only answers it with 403.', seen: '2026-11-24' },
    { url: 'https://docs.aws.amazon.com/securityhub/latest/userguide/cloudfront-controls.html', claim: 'CloudFront.3: distributions should require encryption in transit; it fails for allow-all in the default or another cache behavior.', seen: '2026-11-24' },
  ],
  aliases: { checkov: ['CKV_AWS_34'], trivy: ['AWS-0012'], guard: ['CLOUDFRONT_VIEWER_POLICY_HTTPS'] },
  controls: { securityHub: ['CloudFront.3'] },
  fix: 'suggestion',
  *check(distribution) {
    yield plainHttp(distribution, distribution.get(DEFAULT), 'The default cache behavior');
    for (const behavior of distribution.each(OTHERS).items) {
      const report = plainHttp(distribution, (behavior as Properties).get('ViewerProtocolPolicy'), 'A cache behavior');
      yield { ...report, faults: report.faults.map((fault) => ({ ...fault, wrong: all(judgement(behavior.when), fault.wrong) })) };
    }
  },
});

function plainHttp(distribution: Resource, policy: Value, which: string): Report {
  return {
    faults: [{ wrong: is(policy, oneOf('allow-all')), at: policy }],
    message: (shown) => `${which} of the distribution ${distribution.displayName} has the viewer protocol policy ${shown}, so pages and cookies can be read and changed on their way; redirect viewers to HTTPS.`,
    // A browser follows the redirect; a program that posts to the HTTP address may not.
    fixes: (leaf) => [{
      title: 'Redirect viewers to HTTPS (clients that do not follow redirects stop working)', safe: false,
      edits: [{ op: 'replace', resource: distribution, target: leaf, value: 'redirect-to-https' }],
    }],
  };
}
