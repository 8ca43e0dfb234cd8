/** Changes to a part of a template string: the rest is kept, including its interpolations. */
import type { Span } from '../../base/span.ts';
import type { ReplacePartEdit } from '../../model/edit.ts';
import { leaves } from '../../model/navigate.ts';
import type { Leaf, Value } from '../../model/value.ts';
import type { TreeEdit } from '../../syntax/tree-edit.ts';
import { nodesAround, type Tree } from '../../syntax/tree.ts';
import { inFile, locate, spanOf } from '../located.ts';
import { isRefusal, refusal, type Refusal } from '../lowering.ts';
import { changeable } from './changeable.ts';
import { configurationSyntax } from '../terraform-files.ts';
import type { TerraformResource } from './resource.ts';

/** Replaces a part of a string by an expression, in the string of the file that contains it. */
export function replacedPart(
  resource: TerraformResource,
  { target, start, end, word }: ReplacePartEdit,
  leaf: Leaf,
): readonly TreeEdit[] | Refusal {
  const chosen = leaves(target).find(({ value }) => value === leaf)?.value ?? target;
  const place = placeOf(resource, chosen);
  if (isRefusal(place)) return place;
  const { tree, at } = place;
  if (!configurationSyntax(tree.doc)) return refusal('its file cannot refer to the configuration');
  const node = nodesAround(tree, at).findLast(({ kind }) => kind === 'scalar');
  const beginning = beginningOf(chosen);
  // The source equals the value, so no layer of escapes or quotes changed it.
  const from = at.start + /^(?:\\*")?/.exec(tree.text.slice(at.start, at.end))![0].length;
  if (
    !node ||
    beginning.length < end ||
    !tree.text.startsWith(beginning.slice(0, end), from) ||
    /[\\"$%{}]/.test(beginning.slice(0, end))
  )
    return refusal('it is not a literal there');
  return [{ op: 'replaceText', tree, at: node, range: { start: from + start, end: from + end }, text: word.otherwise }];
}

/** The place of a string in a file. A concatenated string is computed as a whole, and its prefix is literal. */
function placeOf(resource: TerraformResource, chosen: Value): { readonly tree: Tree; readonly at: Span } | Refusal {
  const { edit, def, steps, use } = chosen.origin;
  const located = locate(chosen);
  if (located || edit !== 'none') {
    const isWritten = edit === 'none' && def === undefined && steps.length === 0;
    const found = changeable(resource, isWritten ? { ...chosen, origin: { ...chosen.origin, edit: 'here' } } : chosen);
    return isRefusal(found) ? found : { tree: inFile(found).tree, at: spanOf(found.tree, found.node) };
  }
  const tree = resource.made.native.place?.tree;
  if (!tree || tree.doc !== use.doc || def !== undefined || steps.length > 0)
    return refusal('it is not a literal there');
  return { tree, at: use };
}

/** The literal prefix of a string, up to its first interpolation. */
function beginningOf(value: Value): string {
  if (value.state === 'known') return value.raw;
  if (value.state === 'template') return typeof value.pieces[0] === 'string' ? value.pieces[0] : '';
  // It has the same place in all scenarios.
  const [first, ...others] = leaves(value).map(({ value: leaf }) => beginningOf(leaf));
  const differs = [...(first ?? '')].findIndex((character, index) =>
    others.some((other) => other[index] !== character),
  );
  return (first ?? '').slice(0, differs < 0 ? undefined : differs);
}
