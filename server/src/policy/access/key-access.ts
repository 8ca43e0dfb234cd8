/** Whether principals may use the keys that encrypt a resource. */
import { flatMap } from '../../base/flat-map.ts';
import { is } from '../../model/judgement.ts';
import { leaves } from '../../model/navigate.ts';
import { oneOf } from '../../model/predicate.ts';
import type { Resource, Stack } from '../../model/resource.ts';
import type { KeyAccess, PrincipalAccess } from './access.ts';
import { keyQueryFor, type AccessQuery } from './access-query.ts';
import type { AccessPrincipal } from './access.ts';

/** The results about a key: the access of each principal to it. */
export type KeyResults = readonly Omit<PrincipalAccess, 'keys'>[];

/** The keys of the document that encrypt a resource. */
export function encryptionKeysOf(resource: Resource, stack: Stack): readonly AccessQuery[] {
  const keys = new Set([
    ...flatMap(resource.related('keys').edges, ({ resource: key, when }) => (when.yes.satisfiable() ? [key] : [])),
    ...(resource.type === 'AWS::SSM::Parameter' ? keysOfParameter(resource, stack) : []),
  ]);
  return flatMap([...keys], (key) => keyQueryFor(key, resource, stack) ?? []);
}

const SECURE = oneOf('SecureString');

/** The keys of a `SecureString` parameter, which no template can create. */
function keysOfParameter(parameter: Resource, stack: Stack): readonly Resource[] {
  const key = parameter.argument?.('key_id');
  if (!key || !is(parameter.get('Type'), SECURE).yes.satisfiable()) return [];
  return flatMap(leaves(key), ({ value }): readonly Resource[] => {
    const named = value.state === 'reference' ? stack.byAddress(value.to) : undefined;
    if (named?.type !== 'AWS::KMS::Alias') return named ? [named] : [];
    return named.related('aliased-key').edges.map(({ resource }) => resource);
  });
}

/** The access of a principal to a key. */
export function keyAccessOf(principal: AccessPrincipal, key: Resource, results: KeyResults): KeyAccess {
  return {
    key,
    access: results.find((one) => isSame(one.principal, principal)),
    others: results.filter((one) => !isSame(one.principal, principal) && mayInclude(one.principal, principal)),
  };
}

function isSame(one: AccessPrincipal, other: AccessPrincipal): boolean {
  return one.resource ? one.resource === other.resource : one.kind === other.kind && one.name === other.name;
}

/** Whether a principal that the key policy names may include another one, so that nothing is known without it. */
function mayInclude(named: AccessPrincipal, principal: AccessPrincipal): boolean {
  switch (named.kind) {
    case 'anyone':
    case 'restricted':
    case 'unknown':
      return principal.kind !== 'service' || named.kind === 'unknown';
    case 'organization':
      return principal.kind !== 'service' && principal.kind !== 'anyone';
    case 'own-account':
      // The root user allows others only by their policies.
      return named.name !== '' && (principal.kind === 'identity' || principal.kind === 'own-account');
    case 'account':
    case 'principal':
      return accountIn(named) !== undefined && accountIn(named) === accountIn(principal);
    default:
      return false;
  }
}

function accountIn({ kind, name }: AccessPrincipal): string | undefined {
  return kind === 'account' || kind === 'principal' ? /\d{12}/.exec(name)?.[0] : undefined;
}
