/** Where a value of a resource can be changed: in its own block, but not at a shared definition. */
import { table, type Table } from '../../base/table.ts';
import type { Value } from '../../model/value.ts';
import type { Node } from '../../syntax/tree.ts';
import { locate, spanOf, type Located } from '../located.ts';
import { editable, refusal, type Refusal } from '../lowering.ts';
import { configurationSyntax } from './files.ts';
import type { NativeResource } from './native.ts';
import type { TerraformResource } from './resource.ts';

/** The blocks whose values can be referenced from elsewhere. */
const SHARED: Table<string> = table({
  locals: 'a local',
  variable: 'the default of a variable',
  module: 'a module call',
});

/** The node of a value that can be edited in place, or the reason why it cannot. */
export function changeable(resource: TerraformResource, value: Value): Located | Refusal {
  const located = locate(value);
  const { edit } = value.origin;
  if (!located || (edit !== 'here' && edit !== 'shared')) return editable(value);
  const at = outermost(located);
  // A value for an instance or a nested block is used in the same block only. If nothing else is known,
  // the place is that of the use.
  if (holderOf(resource, at) && (edit === 'here' || !isUse(located, value))) return located;
  if (edit === 'shared') return editable(value);
  const shared = configurationSyntax(at.tree.doc) ? SHARED[sectionOf(at.node) ?? ''] : undefined;
  return shared === undefined ? located : refusal(`the value is set in ${shared}, which other places can use`);
}

/**
 * The node of a value that can be removed. An item can be removed from its own list, but not from a value that is
 * referenced elsewhere.
 */
export function removable(resource: TerraformResource, value: Value): Located | Refusal {
  const located = changeable(resource, value);
  if ('refused' in located) return located;
  const isItem = located.node.parent?.kind === 'list';
  if (value.origin.edit !== 'here' || (located.tree.language === 'expression' && !isItem))
    return refusal('an expression refers to it');
  return located;
}

function isUse({ tree, node }: Located, { origin: { use } }: Value): boolean {
  const { start, end } = spanOf(tree, node);
  return start <= use.start && end >= use.end;
}

/** The native resource that contains a place: the resource itself, or one of its companions. */
export function holderOf(
  { made: { native, joined } }: TerraformResource,
  { tree, node }: Located,
): NativeResource | undefined {
  return [native, ...joined.map((join) => join.native)].find(
    ({ place }) => place?.tree === tree && node.start >= place.body.start && node.end <= place.body.end,
  );
}

/** The string in the file that contains a node of an expression or of an embedded document. */
export function outermost(located: Located): Located {
  const { layer } = located.tree;
  return layer ? outermost({ tree: layer.outer, node: layer.scalar }) : located;
}

/** The top-level key of the file that contains a node. */
function sectionOf(node: Node): string | undefined {
  let section: string | undefined;
  for (let inner: Node = node; inner.parent; inner = inner.parent) {
    const { parent } = inner;
    if (parent.kind === 'map') section = parent.pairs.find((pair) => pair.value === inner || pair.key === inner)?.name;
  }
  return section;
}
