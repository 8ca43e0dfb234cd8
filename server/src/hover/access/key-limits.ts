/** What a principal cannot do with the keys that encrypt a resource, in words. */
import { flatMap } from '../../base/flat-map.ts';
import { some } from '../../base/words.ts';
import type { Resource } from '../../model/resource.ts';
import type { AccessGrant, KeyAccess, PrincipalAccess } from '../../policy/access/access.ts';
import { keyNeedsOf, neededWith, type KeyAction } from '../../policy/access/key-needs.ts';
import { limitTexts, type LimitText } from './limits.ts';

/** What a principal lacks to use a key. */
export interface Lacking {
  readonly actions: readonly KeyAction[];
  /** Whether it is not known if it lacks them. */
  readonly isUnknown: boolean;
}

/** The key permissions that some actions need and a principal lacks; undefined if it needs or lacks nothing. */
export function lackingFor(
  actions: readonly string[],
  { principal, keys }: PrincipalAccess,
  { type }: Resource,
): Lacking | undefined {
  const needs = keyNeedsOf(type);
  if (!needs || keys.length === 0) return undefined;
  const needed = neededWith(needs, actions, principal);
  const states = (action: KeyAction): readonly State[] => keys.map((key) => stateOf(key, action));
  const none = needed.filter((action) => states(action).every((state) => state === 'none' || state === 'denied'));
  if (none.length > 0) return { actions: none, isUnknown: false };
  const unknown = needed.filter((action) => states(action).every((state) => state !== 'allowed'));
  return unknown.length > 0 ? { actions: unknown, isUnknown: true } : undefined;
}

/** The limits of a principal by the keys of a resource. */
export function keyLimits(access: PrincipalAccess, resource: Resource, document: string): readonly LimitText[] {
  const needs = keyNeedsOf(resource.type);
  const { grants, possible, principal, keys } = access;
  if (!needs) return [];
  const actions = flatMap([...grants, ...possible], (grant) => grant.actions.map(({ action }) => action));
  const byLevel = new Set(flatMap(actions, (action) => neededWith(needs, [action], principal)));
  const { also } = needs;
  return flatMap(keys, (key): readonly LimitText[] => {
    const limits = limitsOfKey(key, [...byLevel], document);
    const isMore =
      also &&
      actions.includes(also.of) &&
      !byLevel.has(also.needs) &&
      neededWith(needs, [also.of], principal).length > 0;
    return isMore && isLacking(stateOf(key, also.needs))
      ? [...limits, { kind: 'key', text: `${also.words} also need ${also.needs} with the key ${key.key.displayName}` }]
      : limits;
  });
}

function limitsOfKey(key: KeyAccess, needed: readonly KeyAction[], document: string): readonly LimitText[] {
  const { displayName } = key.key;
  const inState = (state: State): readonly KeyAction[] => needed.filter((action) => stateOf(key, action) === state);
  const [unknown, denied, none] = [inState('unknown'), inState('denied'), inState('none')];
  const why = key.access ? limitTexts(key.access, key.key, document).map(({ text }) => text) : [];
  return [
    ...(unknown.length > 0
      ? [
          {
            kind: 'key',
            text: `whether it can use ${some(unknown)} with the key ${displayName} is not known`,
            isUnknown: true,
          } as const,
        ]
      : []),
    ...(denied.length > 0
      ? [{ kind: 'key', text: `cannot use ${some(denied)} with the key ${displayName} (${some(why)})` } as const]
      : []),
    ...(none.length > 0
      ? [
          {
            kind: 'key',
            text: `nothing in this ${document} allows ${some(none, none.length, 'or')} with the key ${displayName}`,
          } as const,
        ]
      : []),
  ];
}

/** Whether an action with a key is allowed to a principal. It is denied if only limits prevent it. */
type State = 'allowed' | 'unknown' | 'denied' | 'none';

function stateOf({ access, others }: KeyAccess, action: KeyAction): State {
  if (has(access?.grants, action)) return 'allowed';
  if (others.some(({ grants }) => has(grants, action))) return 'allowed';
  if (has(access?.possible, action) || others.some(({ possible }) => has(possible, action))) return 'unknown';
  return has(access?.removed, action) && access!.limits.length > 0 ? 'denied' : 'none';
}

function isLacking(state: State): boolean {
  return state === 'none' || state === 'denied';
}

function has(grants: readonly AccessGrant[] = [], action: KeyAction): boolean {
  return grants.some(({ actions }) => actions.some((one) => one.action === action));
}
