/** What limits access, in words. */
import { flatMap } from '../../base/flat-map.ts';
import { Guard } from '../../base/guard.ts';
import type { Span } from '../../base/span.ts';
import { some } from '../../base/words.ts';
import { isTemplate } from '../../model/format.ts';
import { is, isAbsent } from '../../model/judgement.ts';
import { leaves } from '../../model/navigate.ts';
import type { Condition } from '../../model/policy.ts';
import { isTrue } from '../../model/predicate.ts';
import { isHidden } from '../../model/shown.ts';
import type { Resource } from '../../model/resource.ts';
import type { AccessLimit, PrincipalAccess } from '../../policy/access/access.ts';
import type { Capability } from '../../policy/access/capabilities.ts';
import { disablesAcls, enablesAcls } from '../../policy/principal/bucket-acl.ts';
import { BLOCK, type BucketExposure } from '../../policy/principal/bucket-block.ts';
import { managedPath } from '../../policy/data/managed-policy.ts';
import { conditionClause } from '../policy/clauses.ts';
import { valueWords } from './value-words.ts';

/** A limit as a phrase, with the place that states it. */
export interface LimitText {
  readonly kind: AccessLimit['kind'] | 'key';
  readonly text: string;
  readonly at?: Span;
  /** Set if it is not known whether it limits anything. */
  readonly isUnknown?: true;
}

/** The maximum number of conditions that a limit shows. */
const MOST_CONDITIONS = 4;

/** The limits of a principal. */
export function limitTexts(access: Granted, resource: Resource, document: string): readonly LimitText[] {
  return access.limits.map((limit) => limitText(limit, resource, document, access)).filter(({ text }) => text !== '');
}

/** What is allowed to a principal. */
type Granted = Omit<PrincipalAccess, 'keys'>;

/** Levels, before what limits them. */
function levelsBefore(levels: readonly Capability[] = []): string {
  return levels.length === 0 ? '' : `${some(levels)} `;
}

/** A limit; without a text if it limits nothing. */
function limitText(limit: AccessLimit, resource: Resource, document: string, access: Granted): LimitText {
  switch (limit.kind) {
    case 'conditions':
      return {
        kind: limit.kind,
        text: `${levelsBefore(limit.levels)}only if ${clauses(limit.conditions)}`,
        ...(limit.source.kind === 'statement' ? { at: limit.source.statement.value.origin.use } : {}),
      };
    case 'settings':
      if (limit.resource.type === 'aws_kms_grant')
        return {
          kind: limit.kind,
          text: `${levelsBefore(limit.levels)}only with the encryption context of ${limit.resource.displayName}`,
          at: limit.resource.self.origin.use,
        };
      return {
        kind: limit.kind,
        text: `${levelsBefore(limit.levels)}only if ${some(limit.paths.map((path) => `${settingName(limit.resource, path)} is ${some(leaves(limit.resource.get(path)).map(({ value }) => valueWords(value)))}`))}`,
        at: limit.resource.self.origin.use,
      };
    case 'deny': {
      const { statement, policy } = limit;
      const how = statement.conditions.length > 0 ? ` if ${clauses(statement.conditions)}` : '';
      return {
        kind: limit.kind,
        text: `Deny statement of ${policy.host.displayName}${how}`,
        at: statement.value.origin.use,
      };
    }
    case 'boundary': {
      const named = flatMap(leaves(limit.at), ({ value }) => (value.state === 'absent' ? [] : [value]));
      // The boundary of a user that the document does not declare.
      if (named.length === 0) return { kind: limit.kind, text: 'a permissions boundary that is not known' };
      const managed = flatMap(named, (value) => (isHidden(value) ? [] : (managedPath(value) ?? [])))[0];
      return {
        kind: limit.kind,
        text: managed
          ? `permissions boundary ${managed} (AWS managed policy)`
          : limit.resource
            ? `permissions boundary ${limit.resource.displayName}`
            : `permissions boundary ${some(named.map(valueWords))}, which is not in this ${document}`,
        at: limit.at.origin.use,
      };
    }
    case 'public-access-block':
      return {
        kind: limit.kind,
        text: limit.account.yes.holdsByDefault()
          ? 'S3 Block Public Access, which is on for the account'
          : blockWords(limit.resource, limit.way),
      };
    case 'delegated':
      return {
        kind: limit.kind,
        text:
          resource.type === 'AWS::IAM::Role'
            ? 'the trust policy does not allow it'
            : 'the key policy does not give effect to IAM policies',
      };
    case 'other-account':
      return {
        kind: limit.kind,
        text: `policies of ${access.principal.kind === 'organization' ? 'other accounts' : 'that account'} must allow it too`,
      };
  }
}

/** The name of a property of a permission; that of CloudFormation if SAM creates it from an event. */
function settingName(resource: Resource, path: string): string {
  return isTemplate(resource.format) ? path : resource.nativePath(path);
}

/** The settings that stop public policies or ACLs. */
const SETTINGS: Readonly<Record<BucketExposure, readonly string[]>> = {
  acl: ['BlockPublicAcls', 'IgnorePublicAcls'],
  policy: ['BlockPublicPolicy', 'RestrictPublicBuckets'],
};

/**
 * What S3 Block Public Access does to a policy or an ACL that allows anyone; empty if nothing.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 */
function blockWords(bucket: Resource, way: BucketExposure): string {
  if (way === 'acl' && disablesAcls(bucket).yes.holdsByDefault()) return 'ACLs are disabled';
  if (isAbsent(bucket.get(BLOCK)).yes.holdsByDefault())
    return 'S3 Block Public Access, which is on for buckets created since April 2023';
  const on = SETTINGS[way].filter((name) => is(bucket.get(`${BLOCK}.${name}`), isTrue).yes.holdsByDefault());
  if (on.length > 0)
    return `S3 Block Public Access (${some(on.map((name) => bucket.nativePath(`${BLOCK}.${name}`).split('.').at(-1)!))})`;
  return way === 'acl' && !enablesAcls(bucket).yes.holdsByDefault()
    ? 'ACLs, which are disabled for buckets created since April 2023'
    : '';
}

function clauses(conditions: readonly Condition[]): string {
  return some(
    conditions.map((condition) => conditionClause(condition, Guard.always)),
    MOST_CONDITIONS,
  );
}
