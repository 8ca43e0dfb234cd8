/** Terraform states, which are facts: all values of a resource are known, and missing values are absent. */
import { TRUE } from '../../base/guard.ts';
import { spanOf } from '../located.ts';
import type { Tree } from '../../syntax/tree.ts';
import type { NativeResource, NativeStack } from '../terraform/native.ts';
import { withoutKeys } from '../terraform-plan/addresses.ts';
import { Identities } from './identities.ts';
import { recordedObjects, type RecordedObject } from './recorded.ts';
import { stateValue } from './state-value.ts';

/** The resources in a state. The list counts as complete: resources in other states are not known as companions. */
export function stateResources(tree: Tree): NativeStack {
  const identities = new Identities();
  const objects = [...recordedObjects(tree)];
  for (const { address, attributes } of objects) identities.add(address, attributes);
  return { open: false, parameters: [], resources: objects.map((object) => native(tree, object, identities)) };
}

/** The native types in a state. */
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
    when: TRUE,
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
      when: TRUE,
    },
  };
}
