/** What is not known about access, as sentences. */
import { flatMap } from '../../base/flat-map.ts';
import { some } from '../../base/words.ts';
import { leaves } from '../../model/navigate.ts';
import type { Resource } from '../../model/resource.ts';
import type { AccessPrincipal, AccessUnknown } from '../../policy/access/access.ts';
import { nameWords } from './names.ts';
import { itemWords, valueWords } from './value-words.ts';

/** A sentence about something that is not known about access to a resource. */
export function unknownText(one: AccessUnknown, resource: Resource, document: string): string {
  switch (one.kind) {
    case 'resource-policies':
      return `Policies of ${one.resource.displayName} are not fully known.`;
    case 'share':
      return shareWords(one.share, resource);
    case 'organization-policy': {
      const what = one.policy.kind === 'rcp' ? 'resource' : 'service';
      return `The ${what} control policy ${one.policy.host.displayName} can deny access in the accounts that it is attached to.`;
    }
    case 'endpoint-policy':
      return `The policy of the VPC endpoint ${one.policy.host.displayName} limits requests through it.`;
    case 'access-point':
      return `Access through the access point ${one.resource.displayName} also depends on its policy.`;
    case 'access-grant':
      return `${one.resource.displayName} can allow access to the objects in its scope (S3 Access Grants).`;
    case 'actions':
      return `Some actions of a statement of ${nameWords(principalOf(one.identity))} are not known.`;
    case 'policies':
      return unknownPoliciesText(one, document);
  }
}

function unknownPoliciesText({ identity, names: values }: PoliciesUnknown, document: string): string {
  const names = [...new Set(flatMap(values, (value) => leaves(value).map((leaf) => valueWords(leaf.value))))];
  return names.length === 0
    ? `Some policies of ${nameWords(principalOf(identity))} are not in this ${document}.`
    : `${some(names, 3)} of ${nameWords(principalOf(identity))} ${names.length > 1 ? 'are' : 'is'} not in this ${document}.`;
}

type PoliciesUnknown = Extract<AccessUnknown, { kind: 'policies' }>;

/** The permissions of a share decide what its principals may do. */
function shareWords(share: Resource, { displayName }: Resource): string {
  const names = itemWords(share.get('Principals'));
  return `${share.displayName} shares ${displayName}${names.length > 0 ? ` with ${some(names, 3)}` : ''} through AWS RAM.`;
}

function principalOf(resource: Resource): AccessPrincipal {
  return { kind: 'identity', name: resource.address, resource };
}
