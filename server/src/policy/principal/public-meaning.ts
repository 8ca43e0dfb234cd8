/** The effect of a wildcard principal in the policies of services that treat it differently. */
import { table, type Table } from '../../base/table.ts';
import type { Profile, Severity } from '../../model/finding.ts';

export interface PublicMeaning {
  /** The most severe effect of public access, with its action in lower case. */
  readonly does?: { readonly by: string; readonly words: string };
  /** The consequence, as the beginning of a sentence. */
  readonly but?: string;
  /** The only action, in lower case, that a policy can allow other accounts. */
  readonly only?: string;
  readonly severity?: Severity;
  readonly profile?: Profile;
}

const REFUSED = { severity: 'medium', profile: 'recommended' } as const;

/** A policy that an access point rejects while it blocks public access. */
export const BLOCKED: PublicMeaning = {
  ...REFUSED,
  but: 'Amazon S3 rejects this while the access point blocks public access',
};

/** A policy whose public access the bucket or the account of an access point blocks. */
export const BLOCKED_BY_BUCKET: PublicMeaning = {
  ...REFUSED,
  but: 'Amazon S3 blocks this while the bucket or its account blocks public access',
};

/** By service prefix. */
export const PUBLIC_MEANINGS: Table<PublicMeaning> = table({
  // https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault-access-policy.html
  backup: {
    does: { by: 'backup:copyintobackupvault', words: 'copy backups into the vault' },
    only: 'backup:copyintobackupvault',
  },
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/rbac-bpa-rbp.html
  dynamodb: { ...REFUSED, but: 'DynamoDB rejects this' },
  // https://docs.aws.amazon.com/aurora-dsql/latest/userguide/rbp-block-public-access.html
  dsql: { ...REFUSED, but: 'Aurora DSQL rejects this' },
  // A file system without a policy is open to any client that reaches a mount target:
  // https://docs.aws.amazon.com/efs/latest/ug/access-control-block-public-access.html
  elasticfilesystem: {
    severity: 'low',
    profile: 'strict',
    does: { by: 'elasticfilesystem:clientmount', words: 'mount the file system without a mount target' },
  },
  // https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutPermission.html
  events: { does: { by: 'events:putevents', words: 'send events to the bus' } },
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-express-security-best-practices.html
  s3express: { ...REFUSED, but: 'Amazon S3 rejects this for directory buckets' },
});

/** Services whose resources are meant to be public, or can be reached only in ways that the policy does not control. */
export const MEANT_TO_BE_PUBLIC: ReadonlySet<string> = new Set([
  'ecr-public',
  'execute-api',
  'mediapackagev2',
  'mediastore',
  'rum',
  'vpc-lattice-svcs',
]);
