/** The fix of a literal secret in a template: a new NoEcho parameter, and a reference to it. */
import { NewReference, type GiveSecretEdit } from '../../model/edit.ts';
import type { Leaf } from '../../model/value.ts';
import { Tagged, type TreeEdit } from '../../syntax/tree-edit.ts';
import { pairOf, resolved, type MapNode, type Tree } from '../../syntax/tree.ts';
import { isRefusal, refusal, type Refusal } from '../lowering.ts';
import type { ReferenceWriter } from '../new-node.ts';
import { lowerValueEdit } from '../value-edits.ts';
import { callOf, everyNode } from './call.ts';
import type { TemplatePlace } from './lower.ts';
import { getAttNamed, refNamed } from './named-resource.ts';
import { mayBePart } from './sections.ts';

/** The sections with logical IDs, which must be unique in a template. */
const SECTIONS = ['Parameters', 'Resources', 'Conditions', 'Mappings'];

/** Adds a NoEcho parameter to the template and refers to it in place of the secret. */
export function lowerTemplateSecret(
  { tree, resource, isInLoop }: TemplatePlace,
  { target, name }: GiveSecretEdit,
  leaf: Leaf,
): readonly TreeEdit[] | Refusal {
  if (isInLoop) return refusal('a loop creates the resource; its other resources would share the parameter');
  if (resource.family.includes('/')) return refusal('the template of the nested stack would need the parameter');
  const template = resolved(tree.roots[0]);
  if (template?.kind !== 'map') return refusal('the template is not an object');
  const parameters = pairOf(template, 'Parameters')?.value;
  if (parameters && (parameters.kind !== 'map' || callOf(parameters)))
    return refusal('the parameters are not an object literal');
  if (!parameters && refersToOtherParts(template))
    return refusal('the template refers to names that it does not define; add the parameter where they are');
  const id = freeId(template, name);
  const replaced = lowerValueEdit(
    { op: 'replace', resource, target, value: new NewReference(resource) },
    leaf,
    referring(tree, id),
  );
  return isRefusal(replaced)
    ? replaced
    : [
        { op: 'set', tree, at: template, path: ['Parameters', id], value: { Type: 'String', NoEcho: true } },
        ...replaced,
      ];
}

/**
 * Whether a file is a part of a template and refers to other parts. A section for parameters would make it a whole
 * template.
 */
function refersToOtherParts(template: MapNode): boolean {
  const resources = resolved(pairOf(template, 'Resources')?.value);
  if (!mayBePart(template) || resources?.kind !== 'map') return false;
  for (const node of everyNode(resources)) {
    const call = callOf(node);
    const name =
      call?.name === 'Ref' ? refNamed(call)?.name : call?.name === 'Fn::GetAtt' ? getAttNamed(call)?.name : undefined;
    if (name !== undefined && !name.startsWith('AWS::') && !pairOf(resources, name)) return true;
  }
  return false;
}

/** Writes references to a parameter. */
function referring(tree: Tree, id: string): ReferenceWriter {
  const reference = tree.language === 'yaml' ? new Tagged('!Ref', id) : { Ref: id };
  return { reference: () => reference, text: () => reference };
}

/**
 * A logical ID that is free in a template. It has letters and digits only.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 */
function freeId(template: MapNode, name: string): string {
  const base = name.replaceAll(/[^A-Za-z0-9]/g, '');
  const isTaken = (id: string): boolean =>
    SECTIONS.some((section) => {
      const node = resolved(pairOf(template, section)?.value);
      return node?.kind === 'map' && pairOf(node, id) !== undefined;
    });
  let free = base;
  for (let n = 2; isTaken(free); n++) free = `${base}${n}`;
  return free;
}
