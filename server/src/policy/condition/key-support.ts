/** The actions that support a condition key, according to the service data. */
import { flatMap } from '../../base/flat-map.ts';
import { memoize } from '../../base/memoize.ts';
import type { Leaf } from '../../model/value.ts';
import { actionPattern, type Action, type ServiceActions } from '../data/action.ts';
import type { KeyData } from './condition-keys.ts';

/** The only data that this module needs: the actions of services. */
type ActionData = Pick<KeyData, 'actions'>;

/** The names of the keys that an action supports, directly and for its resource types. */
const keysOf = memoize(
  (action: Action, service: ServiceActions): ReadonlySet<string> =>
    new Set([
      ...action.keys,
      ...flatMap(action.resources, ({ type, keys: own }) => [...own, ...(service.resourceType(type)?.keys ?? [])]),
    ]),
);

/** Whether an action supports a key, as it is written. */
export function supports(service: ServiceActions, action: Action, written: string): boolean {
  const key = service.keys.named(written);
  return key !== undefined && keysOf(action, service).has(key.name);
}

/** Whether the data lists a key for some action of a service. If not, the actions that support the key are unknown. */
function isListed(service: ServiceActions, name: string): boolean {
  return listedKeys(service).has(name);
}

const listedKeys = memoize(
  (service: ServiceActions): ReadonlySet<string> =>
    new Set(flatMap(service.actions, (action) => [...keysOf(action, service)])),
);

/**
 * Actions that are authorized together with other actions and support their condition keys: a session gets its tags and
 * its source identity when a role is assumed.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
 */
const REQUESTED_WITH_OTHERS: ReadonlySet<string> = new Set([
  'sts:tagsession',
  'sts:setsourceidentity',
  'sts:setcontext',
]);

/**
 * Services whose data lacks keys that their documentation describes: the products of AWS Marketplace.
 * https://docs.aws.amazon.com/marketplace/latest/buyerguide/buyer-iam-users-groups-policies.html
 */
const INCOMPLETE: ReadonlySet<string> = new Set(['aws-marketplace']);

/** An action or a pattern of a statement, with the known actions that it matches. */
export interface CoveredActions {
  readonly service: ServiceActions;
  readonly actions: readonly Action[];
  /** Whether it is the name of one action. */
  readonly exact: boolean;
}

/** The actions that a string matches; undefined if they belong to several services or an unknown one. */
export function coveredActions(written: string, data: ActionData): CoveredActions | undefined {
  const pattern = actionPattern(written);
  if (!pattern || /[*?]/.test(pattern.service)) return undefined;
  const service = data.actions(pattern.service);
  const actions = service?.matching(pattern.name) ?? [];
  return service && actions.length > 0 ? { service, actions, exact: !/[*?]/.test(pattern.name) } : undefined;
}

/**
 * Whether none of the actions that a string matches supports a key. Undefined if the actions are unknown, or if the
 * data lists no action that supports the key.
 */
export function countsForNone(key: string, written: string, data: ActionData): boolean | undefined {
  const covered = coveredActions(written, data);
  if (!covered || INCOMPLETE.has(covered.service.service)) return undefined;
  if (covered.exact && REQUESTED_WITH_OTHERS.has(written.toLowerCase())) return false;
  const own = data.actions(key.slice(0, key.indexOf(':')).toLowerCase());
  const name = own?.keys.named(key)?.name;
  if (own && (name === undefined || !isListed(own, name) || INCOMPLETE.has(own.service))) return undefined;
  return !covered.actions.some((action) => supports(covered.service, action, key));
}

/** Global keys that only some actions send, as the data lists them. */
export const PER_ACTION = /^aws:(?:resourcetag|requesttag|tagkeys)(?:\/|$)/;

/**
 * Keys that the credentials of an instance or a function add to every request made with them.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-roles-for-amazon-ec2.html
 * https://docs.aws.amazon.com/lambda/latest/dg/permissions-source-function-arn.html
 */
const OF_CREDENTIALS: ReadonlySet<string> = new Set([
  'ec2:roledelivery',
  'ec2:sourceinstancearn',
  'lambda:sourcefunctionarn',
  'ssm:sourceinstancearn',
]);

/**
 * Whether the service data proves that no request for an action has a key: a key of a known service that the action
 * does not support, or a tag key. Requests can have any other global key, and keys of identity providers.
 * @param key The key in lower case.
 */
export function isNeverSent(key: string, written: string, data: ActionData): boolean {
  const isKnown = key.startsWith('aws:')
    ? PER_ACTION.test(key)
    : data.actions(key.slice(0, key.indexOf(':'))) !== undefined;
  return isKnown && !OF_CREDENTIALS.has(key) && countsForNone(key, written, data) === true;
}

/** Whether none of the actions that a string matches has write access, so that requests for them send no tags. */
export function matchesNoWrites(written: string, data: KeyData): boolean {
  return coveredActions(written, data)?.actions.every(({ level }) => level === 'read' || level === 'list') ?? false;
}

/** The string of an action; undefined if unknown. */
export function actionText(leaf: Leaf): string | undefined {
  return leaf.state === 'known' && leaf.value !== null ? leaf.raw : undefined;
}
