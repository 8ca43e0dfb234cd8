/** States of Terraform as facts: everything that they say of a resource is so, and what they do not say is not. */
import { TRUE } from '../../base/guard.ts';
import { spanOf } from '../located.ts';
import type { Tree } from '../../syntax/tree.ts';
import type { NativeResource, NativeStack } from '../terraform/native.ts';
import { withoutKeys } from '../terraform-plan/addresses.ts';
import { Identities } from './identities.ts';
import { recordedObjects, type RecordedObject } from './recorded.ts';
import { stateValue } from './state-value.ts';

/** The resources that a state records. They are all that there is in sight: what another state records is not known to complete them. */
export function stateResources(tree: Tree): NativeStack {
  const identities = new Identities();
  const objects = [...recordedObjects(tree)];
  for (const { address, attributes } of objects) identities.add(address, attributes);
  return { open: false, parameters: [], resources: objects.map((object) => native(tree, object, identities)) };
}

/** The native types that a state names. */
export function stateTypes(tree: Tree): ReadonlySet<string> {
  const types = new Set<string>();
  for (const { type } of recordedObjects(tree)) types.add(type);
  return types;
}

function native(
  tree: Tree,
  { address, type, name, whole, named, body, attributes, sensitive }: RecordedObject,
  identities: Identities,
): NativeResource {
  const nameAt = spanOf(tree, named);
  return {
    address,
    type,
    name,
    exists: TRUE,
    place: undefined,
    family: withoutKeys(address),
    body: stateValue({ tree, owner: address, identities }, attributes, sensitive(), nameAt),
    part: {
      address,
      nativeType: type,
      doc: tree.doc,
      range: spanOf(tree, whole),
      body: spanOf(tree, body),
      nameAt,
      exists: TRUE,
    },
  };
}
