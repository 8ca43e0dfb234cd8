/**
 * Which condition keys some requests lack.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
import type { Statement } from '../model/policy.ts';

/** Keys that have several values in a request and say who somebody is. */
export const MANY_VALUED: ReadonlySet<string> = new Set([
  'aws:principalorgpaths',
  'aws:sourceorgpaths',
  'aws:vpceorgpaths',
]);

/** Keys that only requests have which an AWS service makes by itself, on account of some resource. */
export const ONLY_FROM_SERVICES: ReadonlySet<string> = new Set([
  'aws:sourcearn',
  'aws:sourceaccount',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
]);

/** Keys that requests of members of an organisation have, and those of AWS services do not. */
export const ONLY_FROM_PRINCIPALS: ReadonlySet<string> = new Set(['aws:principalorgid', 'aws:principalorgpaths']);

/** Keys that identify a party or a network, and that some requests lack. */
export const TELLING_APART: ReadonlySet<string> = new Set([
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
 * Whether a statement is about both ways that requests come: over the internet, with aws:SourceIp, and through a VPC endpoint, with the others.
 * Each request has the keys of one way, so that IfExists leaves none out.
 */
export function isOneOfTwoWays({ conditions }: Statement): boolean {
  const keys = conditions.map(({ key }) => key.toLowerCase());
  return keys.includes('aws:sourceip') && keys.some((key) => THROUGH_ENDPOINT.has(key));
}
