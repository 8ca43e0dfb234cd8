/**
 * What condition keys reveal about the principal. A key identifies the principal if other parties cannot produce its
 * value: an account, an organization, a network, an ARN. Values that the principal sends (a referer, a tag, a date)
 * identify no one.
 *
 * The basis is S3's definition of a public policy: one that grants access for values of such keys that are not fixed or
 * contain wildcards.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 * The values of each key, and the requests that have it:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
import { UNKNOWN_PIECE } from '../text/unknown-piece.ts';
import { arnFields } from '../text/arn-fields.ts';

/** Whether a pattern, with `UNKNOWN_PIECE` for unknown parts, identifies a single party; undefined if unknown. */
export type PatternWidth = (pattern: string) => boolean | undefined;

const hasWildcard = (pattern: string): boolean => /[*?]/.test(pattern);

/** An ID: no party owns all IDs with a common prefix. */
const id: PatternWidth = (pattern) => pattern !== '' && !hasWildcard(pattern);

/**
 * A path in an organization, `o-…/r-…/ou-…/`. IDs of organizations are globally unique, those of units only within one.
 */
const path: PatternWidth = (pattern) => id(pattern.split('/')[0]!);

/** An ARN identifies a party if it contains the account, or if it has no account, the resource. */
const arn: PatternWidth = (pattern) => {
  // A single value belongs to at most one party, whatever is interpolated. This also applies to a pattern that begins
  // with such a value.
  if (id(pattern) || pattern.startsWith(UNKNOWN_PIECE)) return true;
  const [, , service, , account, resource] = arnFields(pattern);
  // A wildcard can match several fields.
  if (account === undefined || resource === undefined)
    return /\d{12}/.test(pattern) || pattern.includes(UNKNOWN_PIECE) ? undefined : false;
  // Bucket names are unique in a partition, so the account can be a wildcard in the ARN that S3 sends with the
  // notifications of a bucket:
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html
  if (service === 's3' && account === '*' && id(resource) && !resource.includes('/')) return true;
  if (account !== '') return id(account);
  // REST paths start with a resource type: /restapis/a1b2c3d4e5
  const [first = '', ...rest] = resource.split('/');
  return first === '' ? rest.slice(0, 2).every(id) : id(first);
};

/** The ID of a user or role, before the name of a session. */
const principalId: PatternWidth = (pattern) => id(pattern.split(':')[0]!);

/**
 * An address range that is not broader than S3 considers non-public: /8, or /32 for IPv6. Private ranges count too,
 * because requests from the internet do not have private addresses.
 */
export const addressRange: PatternWidth = (range) => {
  const match = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(range);
  if (!match) return undefined;
  const [, address = '', bits] = match;
  if (bits === undefined) return address.includes(UNKNOWN_PIECE) ? undefined : true;
  return Number(bits) >= (address.includes(':') ? 32 : 8);
};

/**
 * The endpoint of a subscription: a resource, an email address or a URL. Messages are sent only to it, so the owner of
 * the ARN, the domain or the host is a known party.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsns.html#amazonsns-policy-keys
 */
const endpoint: PatternWidth = (pattern) => {
  if (pattern.startsWith('arn:') || pattern.startsWith(UNKNOWN_PIECE)) return arn(pattern);
  const owner = /^https?:\/\/([^/]+)\//.exec(pattern)?.[1] ?? /@([^@]+)$/.exec(pattern)?.[1] ?? pattern;
  return id(owner);
};

/** The keys, in lower case, that can identify a known party, with the values that do. */
export const IDENTIFYING: ReadonlyMap<string, PatternWidth> = new Map<string, PatternWidth>([
  ['aws:principalaccount', id],
  ['aws:principalorgid', id],
  ['aws:principalorgpaths', path],
  ['aws:principalarn', arn],
  ['aws:userid', principalId],
  ['aws:principalservicename', id],
  ['aws:principalservicenameslist', id],
  ['aws:sourceaccount', id],
  ['aws:sourceowner', id],
  ['aws:sourceorgid', id],
  ['aws:sourceorgpaths', path],
  ['aws:sourcearn', arn],
  ['aws:sourcevpc', id],
  ['aws:sourcevpce', id],
  ['aws:vpceaccount', id],
  ['aws:vpceorgid', id],
  ['aws:vpceorgpaths', path],
  ['kms:calleraccount', id],
  ['sns:endpoint', endpoint],
  ['s3:dataaccesspointaccount', id],
  ['s3:dataaccesspointarn', arn],
  ['s3:x-amz-server-side-encryption-aws-kms-key-id', arn],
  ['lambda:sourcefunctionarn', arn],
  ['elasticfilesystem:accesspointarn', arn],
]);

/** Whether a key, in lower case, can restrict a public statement. */
export function isNarrowingKey(key: string): boolean {
  return IDENTIFYING.has(key) || key === 'aws:sourceip' || key === 'aws:vpcsourceip';
}

/**
 * Boolean keys that are true only for some requests: those of AWS services, and of clients within the network of a file
 * system.
 */
export const IDENTIFYING_WHEN_TRUE: ReadonlySet<string> = new Set([
  'aws:principalisawsservice',
  'elasticfilesystem:accessedviamounttarget',
]);

/** Identifying keys that every request has, including anonymous ones, or every request that the service accepts. */
export const ALWAYS_PRESENT: ReadonlySet<string> = new Set(['aws:principalaccount', 'kms:calleraccount']);

/** Identifying keys that every signed request has. Some services also accept unsigned requests. */
export const PRESENT_WHEN_SIGNED: ReadonlySet<string> = new Set(['aws:principalarn', 'aws:userid']);

/** Keys whose value identifies no one, because every principal can send it. */
const NOT_IDENTIFYING: ReadonlySet<string> = new Set([
  'aws:calledvia',
  'aws:calledviafirst',
  'aws:calledvialast',
  'aws:currenttime',
  'aws:epochtime',
  'aws:multifactorauthage',
  'aws:multifactorauthpresent',
  'aws:principaltype',
  'aws:referer',
  'aws:requestedregion',
  'aws:resourceaccount',
  'aws:resourceorgid',
  'aws:resourceorgpaths',
  'aws:securetransport',
  'aws:sourceidentity',
  'aws:tagkeys',
  'aws:tokenissuetime',
  'aws:useragent',
  'aws:username',
  'aws:viaawsservice',
  'aws:vpcsourceip',
  'events:contentfilterpresent',
  'events:detail-type',
  'events:detail.eventtypecode',
  'events:detail.service',
  'events:eventbusinvocation',
  'events:managedby',
  'events:source',
  'kms:viaservice',
  'kms:grantisforawsresource',
  'kms:grantoperations',
  'kms:encryptionalgorithm',
  'kms:keyorigin',
  'kms:keyspec',
  'kms:keyusage',
  'kms:requestalias',
  'kms:resourcealiases',
  'lambda:functionurlauthtype',
  'lambda:invokedviafunctionurl',
  'lambda:functionarn',
  's3:authtype',
  'sts:rolesessionname',
  'sts:sourceidentity',
  'sts:transitivetagkeys',
  's3:delimiter',
  's3:max-keys',
  's3:prefix',
  's3:resourceaccount',
  's3:signatureage',
  's3:signatureversion',
  's3:tlsversion',
  's3:versionid',
  's3:x-amz-acl',
  's3:x-amz-content-sha256',
  's3:x-amz-server-side-encryption',
  's3:x-amz-storage-class',
  'sns:protocol',
]);

const NOT_IDENTIFYING_OF =
  /^(?:aws:(?:principaltag|requesttag|resourcetag)|s3:existingobjecttag|s3:requestobjecttag|kms:encryptioncontext(?::.*|keys)?)(?:\/|$)/;

/** Whether a key, in lower case, is known to identify no one. */
export function identifiesNoOne(key: string): boolean {
  return NOT_IDENTIFYING.has(key) || NOT_IDENTIFYING_OF.test(key);
}
