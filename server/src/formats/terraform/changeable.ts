/** Where a value of a resource can be changed: in its own block, but not at a shared definition. */
import { table, type Table } from '../../base/table.ts';
import type { Value } from '../../model/value.ts';
import type { Node } from '../../syntax/tree.ts';
import { locate, spanOf, type Located } from '../located.ts';
import { editable, refusal, type Refusal } from '../lowering.ts';
import { configurationSyntax } from './files.ts';
import type { NativeResource } from './native.ts';
import type { TerraformResource } from './resource.ts';

/** The blocks whose values other places can refer to. */
const SHARED: Table<string> = table({
  locals: 'a local',
  variable: 'the default of a variable',
  module: 'a module call',
});

/** The node of a value that may be changed where it stands, or why it may not. */
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
 * The node of a value that may be taken away: an item where it is in its list, and nothing that something else refers
 * to.
 */
export function removable(resource: TerraformResource, value: Value): Located | Refusal {
  const located = changeable(resource, value);
  if ('refused' in located) return located;
  const isItem = located.node.parent?.kind === 'list';
  if (value.origin.edit !== 'here' || (located.tree.language === 'hcl' && !isItem))
    return refusal('an expression refers to it');
  return located;
}

function isUse({ tree, node }: Located, { origin: { use } }: Value): boolean {
  const { start, end } = spanOf(tree, node);
  return start <= use.start && end >= use.end;
}

/** The native resource that a place belongs to: of the resource itself, or of those that complete it. */
export function holderOf(
  { made: { native, joined } }: TerraformResource,
  { tree, node }: Located,
): NativeResource | undefined {
  return [native, ...joined.map((join) => join.native)].find(
    ({ place }) => place?.tree === tree && node.start >= place.body.start && node.end <= place.body.end,
  );
}

/** The string of the file that a node of an expression or of a document in a text is in. */
export function outermost(located: Located): Located {
  const { layer } = located.tree;
  return layer ? outermost({ tree: layer.outer, node: layer.scalar }) : located;
}

/** The key at the top of the file under which a node stands. */
function sectionOf(node: Node): string | undefined {
  let section: string | undefined;
  for (let inner: Node = node; inner.parent; inner = inner.parent) {
    const { parent } = inner;
    if (parent.kind === 'map') section = parent.pairs.find((pair) => pair.value === inner || pair.key === inner)?.name;
  }
  return section;
}
