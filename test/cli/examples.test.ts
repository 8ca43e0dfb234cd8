/** The examples have their intended findings. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { LineIndex } from '../../server/src/base/line-index.ts';
import { call } from './call.ts';

interface Reported {
  readonly incomplete: readonly unknown[];
  readonly files: readonly {
    readonly path: string;
    readonly problems: readonly unknown[];
    readonly findings: readonly {
      readonly rule: string;
      readonly resource: string | null;
      readonly range: { readonly start: Place; readonly end: Place };
    }[];
  }[];
}
interface Place {
  readonly line: number;
  readonly character: number;
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The mistakes in each file: the rule, the resource, and the text that is marked. */
const MISTAKES: Readonly<Record<string, readonly string[]>> = {
  'examples/cloudformation/web-shop.yaml': [
    's3-bucket-public-access-block PictureBucket false',
    's3-bucket-policy-secure-transport PictureBucketPolicy Statement',
    'kms-key-rotation ShopKey Properties',
    'rds-instance-encryption Orders false',
    'ebs-volume-encryption SearchIndex false',
    'sg-ingress-open-ssh WebServers 0.0.0.0/0',
    'elb-listener-https HttpListener HTTP',
    'iam-policy-admin-wildcard DeploymentPolicy "*"',
  ],
  'examples/iam/nightly-report-policy.json': ['iam-policy-admin-wildcard null "*"'],
  'examples/iam/web-shop-deploy-trust.json': [
    'iam-role-oidc-github-unsafe-claim null "repo:*/web-shop:environment:staging"',
    'iam-role-trust-wildcard-principal null "*"',
  ],
  'examples/sam/gallery.yaml': [
    'iam-role-trust-wildcard-principal null "*"',
    's3-bucket-public-access-block Pictures false',
    'iam-policy-admin-wildcard Thumbnails "*"',
    'lambda-url-auth-none Gallery NONE',
  ],
  'examples/terraform/main.tf': [
    's3-bucket-public-access-block aws_s3_bucket_public_access_block.labels false',
    's3-bucket-policy-secure-transport aws_s3_bucket_policy.labels Statement',
    'kms-key-rotation aws_kms_key.parcels "parcels"',
    'rds-instance-encryption aws_db_instance.routes local.encrypt_database',
    'ebs-volume-encryption aws_ebs_volume.scans false',
    'sg-ingress-open-ssh aws_vpc_security_group_ingress_rule.maintenance var.admin_cidr',
    'iam-policy-admin-wildcard aws_iam_role_policy.sorter *',
    'elb-listener-https aws_lb_listener.tracking "HTTP"',
  ],
  'examples/plan/plan.json': [
    'rds-instance-encryption aws_db_instance.ledger false',
    'iam-policy-admin-wildcard aws_iam_policy.migrations *',
    'kms-key-rotation aws_kms_key.ledger false',
    's3-bucket-public-access-block aws_s3_bucket_public_access_block.statements false',
    'sg-ingress-open-ssh aws_security_group.ledger "0.0.0.0/0"',
  ],
};

/** Resources for comparison, without these misconfigurations. */
const GOOD = [
  'InvoiceBucket',
  'InvoiceBucketPolicy',
  'ReportVolume',
  'HttpsListener',
  'ShopRole',
  'Visitors',
  'Counts',
  'aws_s3_bucket.archive',
  'aws_kms_key.receipts',
  'aws_ebs_volume.maps',
  'aws_vpc_security_group_ingress_rule.scanners',
  'aws_lb_listener.portal',
  'aws_ebs_volume.journal',
];

describe('the examples', () => {
  const reported = JSON.parse(call(['lint', 'examples', '--format', 'json'], { cwd: ROOT }).out) as Reported;
  const linesOf = ({ path, findings }: Reported['files'][number]): readonly string[] => {
    const text = readFileSync(`${ROOT}/${path}`, 'utf8');
    const lines = new LineIndex(text);
    return findings.map(
      ({ rule, resource, range }) =>
        `${rule} ${resource} ${text.slice(lines.offsetAt(range.start), lines.offsetAt(range.end))}`,
    );
  };

  for (const [path, mistakes] of Object.entries(MISTAKES)) {
    it(`show each mistake of ${path} at its place`, () => {
      const found = linesOf(reported.files.find((file) => file.path === path)!);
      assert.deepEqual(
        mistakes.filter((mistake) => !found.includes(mistake)),
        [],
        found.join('\n'),
      );
    });
  }

  it('say nothing of what is as it should be', () => {
    const rules = new Set(
      Object.values(MISTAKES)
        .flat()
        .map((mistake) => mistake.split(' ')[0]!),
    );
    const findings = reported.files.flatMap((file) => file.findings).filter(({ rule }) => rules.has(rule));
    assert.deepEqual(
      findings.filter(({ resource }) => GOOD.includes(resource ?? '')),
      [],
    );
  });

  it('can be read in full', () => {
    assert.deepEqual(reported.incomplete, []);
    assert.deepEqual(
      reported.files.flatMap((file) => file.problems),
      [],
    );
  });
});
