/**
 * Condition keys that some requests lack.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
import type { Statement } from '../../model/policy.ts';

/** Multivalued keys that identify the principal. */
export const MANY_VALUED: ReadonlySet<string> = new Set([
  'aws:principalorgpaths',
  'aws:sourceorgpaths',
  'aws:vpceorgpaths',
]);

/** Keys that only requests of AWS service principals on behalf of a resource have. */
export const ONLY_FROM_SERVICES: ReadonlySet<string> = new Set([
  'aws:sourcearn',
  'aws:sourceaccount',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
]);

/** Keys that are present in requests of members of an organization, but not in requests of AWS services. */
export const ONLY_FROM_PRINCIPALS: ReadonlySet<string> = new Set(['aws:principalorgid', 'aws:principalorgpaths']);

/** Keys that identify a party or a network, and that some requests lack. */
export const IDENTIFYING_OPTIONAL_KEYS: ReadonlySet<string> = new Set([
  ...ONLY_FROM_SERVICES,
  ...ONLY_FROM_PRINCIPALS,
  'aws:sourceip',
  'aws:vpcsourceip',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:vpceaccount',
  'aws:vpceorgid',
  'aws:vpceorgpaths',
  'sts:externalid',
]);

const THROUGH_ENDPOINT: ReadonlySet<string> = new Set([
  'aws:vpcsourceip',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:vpceaccount',
  'aws:vpceorgid',
  'aws:vpceorgpaths',
]);

/**
 * Whether a statement covers both network paths: over the internet, with aws:SourceIp, and through a VPC endpoint, with
 * the other keys. Each request has only the keys of its path, so IfExists is required.
 */
export function coversBothNetworkPaths({ conditions }: Statement): boolean {
  const keys = conditions.map(({ key }) => key.toLowerCase());
  return keys.includes('aws:sourceip') && keys.some((key) => THROUGH_ENDPOINT.has(key));
}
