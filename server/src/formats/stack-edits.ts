/** Fixes outside of resources: of the inputs of a stack and of its outputs. Formats differ only in names. */
import type { ChangeInputEdit, Edit, RemoveOutputEdit, StackEdit } from '../model/edit.ts';
import type { TreeEdit } from '../syntax/tree-edit.ts';
import { pairOf, type Node, type Tree } from '../syntax/tree.ts';
import { editable, isRefusal, refusal, type Refusal } from './lowering.ts';
import { configurationSyntax } from './terraform-files.ts';

/** Whether an edit changes an input or an output of the stack instead of a resource. */
export function isStackEdit(edit: Edit): edit is StackEdit {
  return edit.op === 'changeInput' || edit.op === 'removeOutput';
}

/** The edits of trees for an edit of an input or output. Refused if the declaration cannot be edited exactly. */
export function lowerStackEdit(edit: StackEdit): readonly TreeEdit[] | Refusal {
  return edit.op === 'changeInput' ? changedInput(edit) : withoutOutput(edit);
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html */
const PARAMETER = { secret: 'NoEcho', fallback: 'Default' };

/** https://developer.hashicorp.com/terraform/language/block/variable */
const VARIABLE = { secret: 'sensitive', fallback: 'default' };

function changedInput({ input, secret, withoutDefault }: ChangeInputEdit): readonly TreeEdit[] | Refusal {
  const located = editable(input.declaration);
  if (isRefusal(located)) return located;
  const { tree, node } = located;
  if (node.kind !== 'map' || node.tag) return refusal('the declaration is not an object literal');
  const names = configurationSyntax(tree.doc) ? VARIABLE : PARAMETER;
  const fallback = withoutDefault ? pairOf(node, names.fallback) : undefined;
  return [
    ...(fallback ? [{ op: 'removePair', tree, map: node, pair: fallback, unlessCommented: true } as const] : []),
    ...(secret ? [marked(tree, node, names.secret)] : []),
  ];
}

function marked(tree: Tree, at: Node, name: string): TreeEdit {
  // In HCL, the name is that of an argument.
  return { op: 'set', tree, at, path: [name], value: true, ...(tree.language === 'hcl' ? { blocks: 0 } : {}) };
}

function withoutOutput({ output }: RemoveOutputEdit): readonly TreeEdit[] | Refusal {
  const located = editable(output.declaration);
  if (isRefusal(located)) return located;
  const { tree, node } = located;
  const section = node.parent;
  const template = section?.parent;
  if (section?.kind !== 'map' || template?.kind !== 'map') return refusal('the outputs are not an object literal');
  // CloudFormation rejects an empty section.
  const [map, inner] = section.pairs.length === 1 ? [template, section] : [section, node];
  const pair = map.pairs.find(({ value }) => value === inner);
  return pair
    ? [{ op: 'removePair', tree, map, pair, unlessCommented: true }]
    : refusal('the outputs are not an object literal');
}
