/** The claims of cards cite the documentation of the very service, because pages of other services can be outdated. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { SCHEMAS } from '../kit/memory-reader.ts';
import { data } from '../schemas/data.ts';

interface OwnershipFile {
  /** Those of the general claims about kinds. */
  readonly guides?: readonly string[];
  readonly service?: { readonly guides?: readonly string[] };
  readonly terraform?: { readonly guides?: readonly string[] };
  readonly citations: Readonly<Record<string, { readonly url: string }>>;
}

/**
 * Pages about all services: the shared responsibility model, the Well-Architected Framework, how IAM decides about
 * requests, which services end.
 */
const OF_ALL: readonly RegExp[] = [
  /^whitepapers\/latest\/(?:navigating-gdpr-compliance|aws-risk-and-compliance)\/shared-(?:security-)?responsibility-model\.html$/,
  /^wellarchitected\//,
  /^IAM\/latest\/UserGuide\/access(?:_resources)?\.html$/,
  /^about-aws\/whats-new\/\d{4}\/\d\d\/aws-service-availability\/$/,
  /^aws\/aws-sdk-go-v2\/blob\/[0-9a-f]{40}\/codegen\/[\w/-]+\/DeprecateService\.java$/,
];

/**
 * What names the service behind the folder: references of CloudFormation's types and APIs, white papers, announcements,
 * overviews.
 */
const WITHIN: readonly RegExp[] = [
  /^AWSCloudFormation\/latest\/(?:UserGuide|TemplateReference)\/(?:aws|alexa)-(?:resource|properties)-([a-z0-9]+)-/,
  // The reference of several APIs has the name of the API before that of the operation.
  /^aws-cost-management\/latest\/APIReference\/API_([a-z]+)_/,
  /^whitepapers\/latest\/security-overview-amazon-([a-z]+)-/,
  /^documentation-overview\/([a-z]+)/,
  /^blogs\/aws\/heads-up-amazon-([a-z0-9]+)-/,
  /^blogs\/compute\/.*-sse-([a-z]+)-by-default\//,
  /^aws\/aws-sdk-go-v2\/blob\/[0-9a-f]{40}\/service\/([a-z0-9]+)\/doc\.go$/,
];

function isOwn(file: string, url: string, guides: readonly string[]): boolean {
  const path = url.replace(/^https:\/\/[^/]+\//, '');
  if (OF_ALL.some((page) => page.test(path)) || guides.includes(path.split('/')[0]!)) return true;
  const service = WITHIN.map((form) => form.exec(path)?.[1])
    .find((name) => name !== undefined)
    ?.toLowerCase()
    .replaceAll('-', '');
  // Terraform's short names for a service, such as `dx`, have the folders of its guide too.
  return service !== undefined && (service === file || guides.includes(service));
}

describe('the sources of ownership', () => {
  for (const name of readdirSync(`${SCHEMAS}/ownership`).map((entry) => entry.replace(/\.json$/, ''))) {
    it(`are pages of the very service: ${name}`, () => {
      const { citations, service, terraform, ...file } = data<OwnershipFile>(`ownership/${name}`);
      const guides = service?.guides ?? terraform?.guides ?? file.guides ?? [];
      assert.deepEqual(
        Object.entries(citations).flatMap(([key, { url }]) => (isOwn(name, url, guides) ? [] : [`${key}: ${url}`])),
        [],
      );
    });
  }

  it('are told from those of others', () => {
    assert.equal(
      isOwn('s3', 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html', ['AmazonS3']),
      true,
    );
    assert.equal(
      isOwn(
        's3',
        'https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsS3BucketServerSideEncryptionRule.html',
        [],
      ),
      false,
    );
    assert.equal(
      isOwn(
        's3',
        'https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/macie2/aws.sdk.kotlin.services.macie2.model/-block-public-access/restrict-public-buckets.html',
        [],
      ),
      false,
    );
    assert.equal(
      isOwn(
        'rds',
        'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-instance.html',
        [],
      ),
      false,
    );
  });
});
