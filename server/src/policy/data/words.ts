/** Names of IAM data in messages and hovers. */
import type { AccessLevel, Action, ActionPattern } from './action.ts';
import type { ConditionKey } from './key-type.ts';
import type { IamReference } from './reference.ts';
import { fits } from '../text/wildcard.ts';

/** The access levels in AWS's spelling. */
export const LEVELS: Readonly<Record<AccessLevel, string>> = {
  list: 'List',
  read: 'Read',
  write: 'Write',
  tagging: 'Tagging',
  'permissions-management': 'Permissions management',
};

/** From the least to the most impact. */
const ORDER: readonly AccessLevel[] = ['list', 'read', 'tagging', 'write', 'permissions-management'];

/** The actions of each access level, from the least impact; levels without actions are omitted. */
export function byLevel(actions: readonly Action[]): readonly (readonly [AccessLevel, readonly Action[]])[] {
  return ORDER.map((level) => [level, actions.filter((action) => action.level === level)] as const).filter(
    ([, some]) => some.length > 0,
  );
}

/** An action with its service: `s3:GetObject`. */
export interface NamedAction {
  readonly service: string;
  readonly action: Action;
}

/** The maximum number of services in which a pattern is looked up. */
const MOST_SERVICES = 12;

/**
 * The actions that a pattern matches according to the data; undefined if it matches actions of too many services, or of
 * none.
 */
export function standsFor(
  { service, name }: ActionPattern,
  { iam, service: of }: IamReference,
): readonly NamedAction[] | undefined {
  const services = /[*?]/.test(service)
    ? [...iam.services.keys()].filter((prefix) => fits(prefix, service))
    : [service];
  if (services.length > MOST_SERVICES) return undefined;
  const known = services.flatMap((prefix) => of(prefix) ?? []);
  return known.length === 0
    ? undefined
    : known.flatMap((one) => one.matching(name).map((action) => ({ service: one.service, action })));
}

const KINDS: Readonly<Record<ConditionKey['kind'], string>> = {
  String: 'a string',
  ARN: 'an ARN',
  Bool: 'true or false',
  Numeric: 'a number',
  Date: 'a date',
  IPAddress: 'an IP address',
  Binary: 'binary data',
};

/** The type of a key's value in words: `a string`, `several values, each an ARN`. */
export function kindWords({ kind, many }: ConditionKey): string {
  return many ? `several values, each ${KINDS[kind]}` : KINDS[kind];
}
