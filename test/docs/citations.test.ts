/**
 * Facts are cited from the page of whoever states them first: AWS, HashiCorp, or the tool or provider that the fact is
 * about.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { RULES } from '../../server/src/rules/index.ts';
import { sourcesOf } from '../../server/src/rules/sources.ts';
import { coverageData } from '../../tools/coverage-page.ts';
import { omissions } from '../../tools/omissions-page.ts';
import { SCHEMAS } from '../kit/memory-reader.ts';

/** Hosts with the reason why their pages are cited; without `only`, all of their pages can be. */
const HOSTS: Readonly<Record<string, { readonly why: string; readonly only?: RegExp }>> = {
  'docs.aws.amazon.com': { why: 'the documentation of AWS' },
  'aws.amazon.com': { why: 'announcements and overviews of AWS' },
  'repost.aws': { why: 'the Knowledge Center of AWS', only: /^\/knowledge-center\// },
  'aws.github.io': { why: 'documentation of projects of AWS' },
  'aws-samples.github.io': { why: 'documentation of projects of AWS' },
  'registry.terraform.io': { why: "documentation of HashiCorp's providers", only: /^\/providers\/hashicorp\// },
  'developer.hashicorp.com': { why: 'the documentation of Terraform' },
  'github.com': {
    why: 'source and issues of AWS, HashiCorp and cfn-lint: what services answer, and what providers send',
    only: /^\/(?:aws|aws-actions|aws-cloudformation|aws-samples|hashicorp)\//,
  },
  'docs.github.com': { why: 'what an OIDC provider puts into its tokens' },
  'docs.gitlab.com': { why: 'what an OIDC provider puts into its tokens' },
  'gitlab.com': { why: 'what an OIDC provider puts into its tokens', only: /^\/gitlab-org\/gitlab\// },
  'buildkite.com': { why: 'what an OIDC provider puts into its tokens' },
  'github.blog': { why: 'the form of tokens of its company' },
  'docs.slack.dev': { why: 'the form of tokens of its company' },
  'api.slack.com': { why: 'the form of tokens of its company' },
  'docs.stripe.com': { why: 'the form of tokens of its company' },
  'cloud.google.com': { why: 'the form of tokens of its company' },
  'docs.pypi.org': { why: 'the form of tokens of its company' },
  'learn.microsoft.com': { why: 'the form of tokens of its company' },
  'www.rfc-editor.org': { why: 'the form of tokens, keys and addresses by standards' },
  'opentofu.org': { why: 'what only OpenTofu does' },
  'docs.docker.com': { why: 'what the Docker daemon does on a host' },
  'man7.org': { why: 'what capabilities of Linux permit' },
  'kubernetes.io': { why: 'the ports of Kubernetes' },
  'www.iana.org': { why: 'the register of ports' },
  'www.twilio.com': { why: 'what identifiers of Twilio mean' },
  'pathfinding.cloud': { why: 'paths of privilege escalation, of which AWS has no list' },
  'wiki.owasp.org': { why: 'what web servers write to their logs' },
  'www.tenable.com': {
    why: 'the CIS benchmark 6.0.0, which Security Hub does not support and CIS does not publish openly',
    only: /^\/audits\/items\/CIS_Amazon_Web_Services_Foundations_v6/,
  },
};

/**
 * Addresses on docs.aws.amazon.com that are not those of a page: redirects, and copies in SDKs, other languages or
 * Markdown.
 */
const NO_PAGE: readonly RegExp[] = [
  /^\/goto\//,
  /^\/(?:AWSJavaSDK|botocore|cli|sdk-for-[a-z-]+|sdkfor\w+)\//,
  /^\/cdk\/api\/v2\/(?:python|java|dotnet)\//,
  // The properties of a resource are those of its page in the CloudFormation reference.
  /^\/cdk\/api\/v2\/docs\/[\w.-]+\.Cfn\w/,
  /^\/code-library\//,
  /^\/[a-z]{2}_[a-z]{2}\//,
  // A page ends in `.html`, the first one of a guide in a slash.
  /\/[^/.]+$|\.md$/,
  // Guides that others replaced.
  /^\/AmazonElastiCache\/latest\/(?:mem|red)-ug\/|^\/AmazonS3\/latest\/dev\//,
  // The reference of CloudFormation has been a guide of its own since 2025. It left out types of services that had
  // ended.
  /^\/AWSCloudFormation\/latest\/UserGuide\/aws-(?:resource|properties)-(?!iotfleethub-|nimblestudio-|opsworkscm-|qldb-)/,
];

interface Citation {
  readonly at: string;
  readonly url: string;
}

/** The addresses under some keys of data. */
function cited(at: string, value: unknown, keys: ReadonlySet<string>): readonly Citation[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) =>
    keys.has(key) && typeof one === 'string' && one.startsWith('http') ? [{ at, url: one }] : cited(at, one, keys),
  );
}

function inSchemas(): readonly Citation[] {
  return readdirSync(SCHEMAS, { recursive: true, encoding: 'utf8' })
    .filter((name) => /^(?:ownership|relations)[\\/]|^(?:resource-state|change-impact)\.json$/.test(name))
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => cited(name, JSON.parse(readFileSync(`${SCHEMAS}/${name}`, 'utf8')), new Set(['url', 'page'])));
}

function allCitations(): readonly Citation[] {
  return [
    ...RULES.flatMap((rule) => sourcesOf(rule).map(({ url }) => ({ at: rule.id, url }))),
    ...inSchemas(),
    ...cited('decisions', [...coverageData().decisions.values()], new Set(['source'])),
    ...cited('omissions', omissions(), new Set(['source'])),
  ];
}

/** What is wrong with an address; undefined if it can be cited. */
function faultOf(address: string): string | undefined {
  const { protocol, host, pathname } = new URL(address);
  const allowed = Object.hasOwn(HOSTS, host) ? HOSTS[host] : undefined;
  if (protocol !== 'https:') return 'not encrypted';
  if (!allowed) return 'no host that is cited';
  if (allowed.only?.test(pathname) === false) return 'no page of its own';
  return host === 'docs.aws.amazon.com' && NO_PAGE.some((form) => form.test(pathname)) ? 'no page of AWS' : undefined;
}

const CITATIONS = allCitations();

describe('citations', () => {
  it('are of pages that state a fact first', () => {
    assert.ok(CITATIONS.length > 4000, `${CITATIONS.length}`);
    assert.deepEqual(
      CITATIONS.flatMap(({ at, url }) => {
        const fault = faultOf(url);
        return fault === undefined ? [] : [`${at}: ${url}: ${fault}`];
      }),
      [],
    );
  });

  it('use every host in the list', () => {
    const used = new Set(CITATIONS.map(({ url }) => new URL(url).host));
    assert.deepEqual(
      Object.keys(HOSTS).filter((host) => !used.has(host)),
      [],
    );
  });

  const ROWS: readonly (readonly [url: string, fault: string | undefined])[] = [
    ['https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html', undefined],
    ['https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-qldb-ledger.html', undefined],
    ['https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_sns.TopicPolicyProps.html', undefined],
    ['https://github.com/hashicorp/terraform/issues/12740', undefined],
    ['http://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html', 'not encrypted'],
    ['https://docs.aws.amazon.com/goto/WebAPI/rds-2014-10-31/CreateDBInstance', 'no page of AWS'],
    ['https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-s3-bucket.html', 'no page of AWS'],
    ['https://docs.aws.amazon.com/zh_cn/eks/latest/APIReference/API_VpcConfigRequest.html', 'no page of AWS'],
    ['https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.md', 'no page of AWS'],
    ['https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning', 'no page of AWS'],
    ['https://docs.aws.amazon.com/AmazonS3/latest/dev/Versioning.html', 'no page of AWS'],
    ['https://docs.aws.amazon.com/signer/', undefined],
    [
      'https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_s3.CfnBucket.CorsRuleProperty.html',
      'no page of AWS',
    ],
    ['https://github.com/example/tool/issues/1', 'no page of its own'],
    ['https://registry.terraform.io/providers/example/aws/latest/docs', 'no page of its own'],
    ['https://hub.steampipe.io/mods/turbot/aws_compliance', 'no host that is cited'],
    ['https://constructor/', 'no host that is cited'],
  ];
  for (const [url, fault] of ROWS)
    it(`can ${fault ? 'not ' : ''}be of ${url}`, () => assert.equal(faultOf(url), fault));
});
