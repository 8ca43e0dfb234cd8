/** Region names in condition values. */
import { flatMap } from '../../base/flat-map.ts';
import type { IamData } from './iam-data.ts';
import { fits } from '../text/wildcard.ts';

/**
 * The condition keys with Region names, in lower case.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const REGION_KEYS: ReadonlySet<string> = new Set([
  'aws:requestedregion',
  'account:targetregion',
  'cloudformation:targetregion',
  'dsql:witnessregion',
  'ec2:region',
  'ec2:vpceserviceregion',
  'ec2:vpcesupportedregion',
  'kms:primaryregion',
  'kms:replicaregion',
  's3:locationconstraint',
  'secretsmanager:addreplicaregions',
  'secretsmanager:secretprimaryregion',
  'ses:replicaregion',
]);

/** The Regions of all partitions. */
export function regionsOf({ partitions }: IamData): readonly string[] {
  return flatMap([...partitions.values()], ({ regions }) => [...regions]);
}

/** Whether a string is a Region, or a pattern that matches a Region. */
export function isRegion(iam: IamData, text: string, like: boolean): boolean {
  if (like && /[*?]/.test(text)) return regionsOf(iam).some((region) => fits(region, text));
  return [...iam.partitions.values()].some(({ regions }) => regions.has(text));
}

/** Whether a string looks like the name of a future Region. A pattern can match such names too. */
export function mayBeRegion(iam: IamData, text: string, like: boolean): boolean {
  if (like && /[*?]/.test(text)) return /^[a-z*?][a-z0-9*?-]*$/.test(text);
  return [...iam.partitions.values()].some(({ pattern }) => pattern.test(text));
}
