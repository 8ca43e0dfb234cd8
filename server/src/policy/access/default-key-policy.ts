/** Access that the default key policy allows, which AWS KMS gives a key that is created without a policy. */
import { isAbsent } from '../../model/judgement.ts';
import type { AccessPrincipal, GrantSource } from './access.ts';
import type { AccessQuery } from './access-query.ts';
import type { Collecting } from './resource-side.ts';

/** The account, which can do everything with the key, and whose identity-based policies have effect. */
const ACCOUNT: AccessPrincipal = { kind: 'own-account', name: '' };

/**
 * Adds what the default key policy of a key allows, in the scenarios in which the key has no policy.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export function collectFromDefaultPolicy({ resource, actions }: AccessQuery, into: Collecting): void {
  const isDefault = isAbsent(resource.get('KeyPolicy'));
  if (!isDefault.yes.satisfiable()) return;
  const source: GrantSource = { kind: 'default-key-policy', resource };
  for (const of of actions.values())
    into
      .of(ACCOUNT)
      .add(source, of, { before: isDefault, when: isDefault, isConditional: false, isPartial: false }, []);
}
