import { NewCopy, NewReference, NewText, type ResourceEdit, type NewValue } from '../model/edit.ts';
import { leaves } from '../model/navigate.ts';
import type { Leaf, Value } from '../model/value.ts';
import type { NewNode, TreeEdit } from '../syntax/tree-edit.ts';
import type { ListNode, MapNode, Node, Tree } from '../syntax/tree.ts';
import { locate, type Located } from './located.ts';
import { editable, isRefusal, refusal, type Refusal } from './lowering.ts';
import { newNode, type ReferenceWriter } from './new-node.ts';

/** Edits of existing values, which are the same in every format. */
export type ValueEdit = Exclude<
  ResourceEdit,
  { readonly op: 'set' | 'setAttribute' | 'addResource' | 'giveSecret' | 'replacePart' }
>;

/**
 * Lowers such an edit. `leaf` is the marked value of a finding. `find` returns the node of a value, or the reason why
 * it cannot be changed, for formats with additional knowledge.
 */
export function lowerValueEdit(
  edit: ValueEdit,
  leaf: Leaf,
  writer: ReferenceWriter,
  find: (value: Value) => Located | Refusal = editable,
): readonly TreeEdit[] | Refusal {
  const at = (
    target: Value,
    then: (located: Located) => readonly TreeEdit[] | Refusal,
  ): readonly TreeEdit[] | Refusal => {
    // If the marked value can be the target, its place is used, otherwise that of the target itself.
    const chosen = leaves(target).find(({ value }) => value === leaf)?.value ?? target;
    if (chosen.state === 'choice') return refusal('the value depends on the scenario');
    const located = find(chosen);
    return isRefusal(located) ? located : then(located);
  };
  // A document in a string has its own syntax for references, or none.
  const into = (
    target: Value,
    value: NewValue,
    then: (located: Located, node: (value: NewValue) => NewNode) => readonly TreeEdit[] | Refusal,
  ) =>
    at(target, (located) => {
      const inner = located.tree.layer && !writer.withinText ? writer.within?.(located.tree) : writer;
      if (!inner && hasReferences(value)) return refusal('it is inside a string that cannot contain references');
      return then(located, (one) => newNode(one, inner ?? writer));
    });
  switch (edit.op) {
    case 'replace':
      return into(edit.target, edit.value, ({ tree, node }, written) => [
        { op: 'replace', tree, at: node, value: written(edit.value) },
      ]);
    case 'remove':
      return at(edit.target, ({ tree, node }) => removal(tree, node, edit.unlessCommented));
    case 'removeItem':
      return at(edit.target, ({ tree, node }) => removal(tree, node, edit.unlessCommented));
    case 'renameKey':
      return at(edit.target, ({ tree, node }) => {
        const pair = pairOfValue(node);
        return pair ? [{ op: 'renameKey', tree, pair: pair.pair, name: edit.name }] : refusal('the value has no key');
      });
    case 'insertItem':
      return into(edit.list, edit.value, ({ tree, node }, written) => {
        if (node.kind === 'list' && !isCall(node))
          return [
            { op: 'insertItem', tree, list: node, index: indexBehind(node, edit.behind), value: written(edit.value) },
          ];
        return isOne(edit.list) && node.kind !== 'alias' && !(node.kind === 'map' && node.tag)
          ? [{ op: 'addBeside', tree, at: node, value: written(edit.value) }]
          : refusal('the target is not a list');
      });
    case 'splitStatement':
      return into(edit.target, edit.statements, ({ tree, node }, written) => {
        const parent = node.parent;
        const statements = edit.statements.map(written);
        if (parent?.kind !== 'list') return [{ op: 'replace', tree, at: node, value: statements }];
        const index = parent.items.findIndex((item) => item.value === node);
        const [first, ...rest] = statements;
        return [
          { op: 'replace', tree, at: node, value: first! },
          ...rest.map((value): TreeEdit => ({ op: 'insertItem', tree, list: parent, index: index + 1, value })),
        ];
      });
    case 'mergeCondition':
      return into(edit.target, edit.value, ({ tree, node }, written) =>
        node.kind === 'map'
          ? [{ op: 'set', tree, at: node, path: ['Condition', edit.operator, edit.key], value: written(edit.value) }]
          : refusal('the statement is not an object literal'),
      );
    case 'addMember':
      return at(edit.target, ({ tree, node }) =>
        node.kind === 'map'
          ? [{ op: 'set', tree, at: node, path: [edit.key], value: newNode(edit.value, writer) }]
          : refusal('it is not an object literal'),
      );
  }
}

/** The position after an item; the end if the item is not in the list. */
export function indexBehind(list: ListNode, behind: Value | undefined): number {
  const node = behind && locate(behind)?.node;
  const index = list.items.findIndex(({ value }) => value === node);
  return index < 0 ? list.items.length : index + 1;
}

function removal(tree: Tree, node: Node, unlessCommented?: true): readonly TreeEdit[] | Refusal {
  const pair = pairOfValue(node);
  if (pair)
    return [
      { op: 'removePair', tree, map: pair.map, pair: pair.pair, ...(unlessCommented ? { unlessCommented } : {}) },
    ];
  const list = node.parent;
  if (list?.kind !== 'list') return refusal('the value is not in an object or a list');
  if (isArguments(list)) return refusal('a function returns it');
  return [
    {
      op: 'removeItem',
      tree,
      list,
      index: list.items.findIndex((item) => item.value === node),
      ...(unlessCommented ? { unlessCommented } : {}),
    },
  ];
}

/**
 * Whether a value is known not to be a list, so that it represents a list of one. The result of a reference or a
 * function can be a list.
 */
function isOne(value: Value): boolean {
  return leaves(value).every(
    ({ value: leaf }) =>
      leaf.state === 'object' || leaf.state === 'template' || (leaf.state === 'known' && leaf.value !== null),
  );
}

/** Whether a function is called in its short form, so that the node contains its arguments. */
function isCall({ tag }: Node): boolean {
  return tag?.name.startsWith('!') ?? false;
}

/** Whether a list contains the arguments of an intrinsic function, so that its items are not list items. */
function isArguments(list: ListNode): boolean {
  const holder = list.parent;
  return (
    (list.tag?.name.startsWith('!') ?? false) ||
    (holder?.kind === 'map' &&
      holder.pairs.length === 1 &&
      holder.pairs[0]!.name.startsWith('Fn::') &&
      holder.pairs[0]!.value === list)
  );
}

/** The pair with a node as its value, and the map with the pair. */
export function pairOfValue(node: Node): { map: MapNode; pair: MapNode['pairs'][number] } | undefined {
  const map = node.parent;
  const pair = map?.kind === 'map' ? map.pairs.find((candidate) => candidate.value === node) : undefined;
  return map?.kind === 'map' && pair ? { map, pair } : undefined;
}

/** Whether a value to write names other resources. */
export function hasReferences(value: NewValue): boolean {
  if (
    value instanceof NewReference ||
    (value instanceof NewText && value.pieces.some((piece) => typeof piece !== 'string'))
  )
    return true;
  if (value instanceof NewCopy) return false;
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).some((inner) => hasReferences(inner as NewValue))
  );
}
