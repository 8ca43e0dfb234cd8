/** The fix of a literal secret in a configuration: a new sensitive variable, and a reference to it. */
import { NewReference, type GiveSecretEdit } from '../../model/edit.ts';
import type { Leaf } from '../../model/value.ts';
import type { NewNode, TreeEdit } from '../../syntax/tree-edit.ts';
import { pairOf, resolved } from '../../syntax/tree.ts';
import { isRefusal, refusal, type Refusal } from '../lowering.ts';
import { lowerValueEdit } from '../value-edits.ts';
import { changeable } from './changeable.ts';
import type { BodyPlace } from './native.ts';
import { blockBehind, snakeCase } from './new-resource.ts';
import type { TerraformResource } from './resource.ts';
import { moduleOf, writerFor } from './written-value.ts';

/** Adds a sensitive variable next to the resource and refers to it in place of the secret. */
export function lowerTerraformSecret(
  resource: TerraformResource,
  { target, name }: GiveSecretEdit,
  leaf: Leaf,
): readonly TreeEdit[] | Refusal {
  const { native, freeVariable } = resource.made;
  if (!native.place) return refusal('the document is generated; change its source');
  if (moduleOf(native) !== '') return refusal('every call of the module would need the variable');
  const free = freeVariable(snakeCase(name));
  const added = variableIn(native.place, free);
  if (isRefusal(added)) return added;
  const replaced = lowerValueEdit(
    { op: 'replace', resource, target, value: new NewReference(resource) },
    leaf,
    { ...writerFor(resource), reference: () => `\${var.${free}}` },
    (value) => changeable(resource, value),
  );
  return isRefusal(replaced) ? replaced : [...added, ...replaced];
}

function variableIn(place: BodyPlace, name: string): readonly TreeEdit[] | Refusal {
  const { tree } = place;
  if (tree.language === 'hcl') return blockBehind(place, 'variable', [name], sensitive('${string}'));
  const root = resolved(tree.roots[0]);
  const variables = root?.kind === 'map' ? resolved(pairOf(root, 'variable')?.value) : undefined;
  return root?.kind === 'map' && (variables === undefined || variables.kind === 'map')
    ? [{ op: 'set', tree, at: root, path: ['variable', name], value: sensitive('string') }]
    : refusal('the variables of the file are not an object');
}

/** A variable without a default, whose value Terraform does not show. In HCL, its type is an expression. */
function sensitive(type: string): NewNode {
  return { type, sensitive: true };
}
