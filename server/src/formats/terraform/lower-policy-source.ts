/**
 * Changes to a policy that `aws_iam_policy_document` generates, as changes to its blocks. Parts with the same shape as
 * in IAM, such as an action or the value of a condition, are changed like other values; the others are written in the
 * shape of the blocks.
 */
import { flatMap } from '../../base/flat-map.ts';
import { table, type Table } from '../../base/table.ts';
import { folderOf } from '../../base/uri.ts';
import { NewCopy, type NewObject, type NewValue } from '../../model/edit.ts';
import { leaves } from '../../model/navigate.ts';
import type { Leaf, Value } from '../../model/value.ts';
import { Blocks, type NewNode, type TreeEdit } from '../../syntax/tree-edit.ts';
import { pairOf, resolved, valueOf, type MapNode, type Node, type Tree } from '../../syntax/tree.ts';
import { editable, isRefusal, refusal, type Refusal } from '../lowering.ts';
import { newNode, type ReferenceWriter } from '../new-node.ts';
import { hasReferences, indexBehind, type ValueEdit } from '../value-edits.ts';
import { blockAfter, blocksOfList } from './block-list.ts';
import { NO_BLOCKS, withBlocks, type BlockNames } from './block-names.ts';
import { labelsOf, objectsOf } from './bodies.ts';
import { withoutDynamic } from './dynamic-content.ts';

/**
 * The edit in terms of the blocks; undefined if it is not in such a data source, or has the same form there. References
 * in it are resolved from the document `from`.
 */
export function lowerPolicySourceEdit(
  edit: ValueEdit,
  leaf: Leaf,
  writer: ReferenceWriter,
  from: Tree | undefined,
): readonly TreeEdit[] | Refusal | undefined {
  const target = edit.op === 'insertItem' ? edit.list : edit.target;
  const chosen = leaves(target).find(({ value }) => value === leaf)?.value ?? target;
  const blocks = edit.op === 'insertItem' && chosen.state === 'list' ? blocksOfList(chosen) : undefined;
  const located =
    chosen.state === 'choice'
      ? undefined
      : blocks
        ? { tree: blocks.tree, node: blocks.pairs.at(-1)!.value }
        : editable(chosen);
  if (!located || isRefusal(located)) return undefined;
  const { tree, node } = located;
  const path = pathInSource(tree, node);
  if (path === undefined) return undefined;
  const named = 'value' in edit ? edit.value : edit.op === 'splitStatement' ? edit.statements : null;
  if (hasReferences(named)) {
    if (from && folderOf(tree.doc) !== folderOf(from.doc))
      return refusal('the data source is in another module, which cannot refer to resources here');
    // A data source does not have the repetition of the resource that uses its policy.
    if (/\[(?:each|count)\./.test(JSON.stringify(newNode(named, writer))))
      return refusal('the instance to refer to is ambiguous');
    if (timesNamed(namesTo(node)[2]!, new Set([tree, ...(from ? [from] : [])])) > 1)
      return refusal('other resources use the data source too');
  }
  const block = (value: NewNode): NewNode => (tree.language === 'hcl' ? withBlocks(value, IN_STATEMENT) : value);
  const statement = (value: NewValue): NewNode => block(newNode(statementBlock(value), writer));
  switch (edit.op) {
    case 'insertItem':
      if (blocks) return path === 'statement' ? [blockAfter(blocks, edit.behind, statement(edit.value))] : undefined;
      if (path === '')
        return [{ op: 'set', tree, at: node, path: ['statement'], value: several(tree, [statement(edit.value)]) }];
      return path === 'statement' ? appended(tree, node, statement(edit.value), edit.behind) : undefined;
    case 'mergeCondition':
      return path === 'statement' && node.kind === 'map'
        ? withCondition(tree, node, edit, writer)
        : refusal('the statement is not a block');
    case 'splitStatement': {
      const [first, ...others] = edit.statements.map(statement);
      const list = node.parent;
      if (list?.kind !== 'list') return [{ op: 'replace', tree, at: node, value: [first!, ...others] }];
      const index = list.items.findIndex((item) => item.value === node);
      return [
        { op: 'replace', tree, at: node, value: first! },
        ...others.map((value): TreeEdit => ({ op: 'insertItem', tree, list, index: index + 1, value })),
      ];
    }
    case 'replace':
      // The wildcard that represents the whole element is an identifier in its block, which also contains the type.
      if (path === 'statement.principals.identifiers' && isElement(edit.value))
        return withPrincipals(tree, node, edit.value, writer);
      if (path === 'statement.principals' && isElement(edit.value))
        return [
          { op: 'replace', tree, at: node, value: newNode(inPlaceOf(node, principalBlocks(edit.value)), writer) },
        ];
      if (path === 'statement') return [{ op: 'replace', tree, at: node, value: statement(edit.value) }];
      if (BLOCKS.has(path)) return NO_BLOCK;
      // Unlike the elements of IAM, these arguments are always lists.
      return LISTS.has(path) && node.parent?.kind === 'map'
        ? [{ op: 'replace', tree, at: node, value: newNode(listOf(edit.value), writer) }]
        : undefined;
    case 'addMember':
      return NO_BLOCK;
    // An IAM operator is the `test` argument of the block.
    case 'renameKey':
      // An IAM condition key is the `variable` argument of the block.
      if (path === 'statement.condition.values') return renamedVariable(tree, node, edit.name);
      return path === 'statement.condition.test' ? [{ op: 'replace', tree, at: node, value: edit.name }] : NO_BLOCK;
    case 'remove':
    case 'removeItem':
      // A block without values has no effect, and the provider requires at least one.
      if (/(?:condition\.values|principals\.identifiers)$/.test(path) && isWhole(node))
        return withoutBlock(tree, blockAround(node));
      return path === 'statement.condition.test' ? NO_BLOCK : undefined;
  }
}

/** The number of references to a policy document, estimated from the source text. */
function timesNamed(name: string, trees: ReadonlySet<Tree>): number {
  return flatMap([...trees], ({ text }) => [
    ...text.matchAll(/\bdata\.aws_iam_policy_document\.([\p{L}\p{N}_-]+)/gu),
  ]).filter(([, other]) => other === name).length;
}

const NO_BLOCK = refusal('the data source does not support it');

/** Blocks that represent several IAM elements, or parts of one. */
const BLOCKS: ReadonlySet<string> = new Set([
  'statement.principals',
  'statement.not_principals',
  'statement.condition',
  'statement.condition.test',
]);

/** Arguments that are lists of strings. */
const LISTS: ReadonlySet<string> = new Set([
  'statement.actions',
  'statement.not_actions',
  'statement.resources',
  'statement.not_resources',
  'statement.principals.identifiers',
  'statement.not_principals.identifiers',
  'statement.condition.values',
]);

/**
 * The path of a node in a policy document source, as the names of arguments and blocks; undefined if it is not in one.
 */
function pathInSource(tree: Tree, node: Node): string | undefined {
  if (tree.layer) return undefined;
  const names = namesTo(node);
  return names[0] === 'data' && names[1] === 'aws_iam_policy_document'
    ? withoutDynamic(names.slice(3)).join('.')
    : undefined;
}

/** The keys on the path to a node. */
function namesTo(node: Node): readonly string[] {
  const { parent } = node;
  if (!parent) return [];
  const pair = parent.kind === 'map' ? parent.pairs.find(({ value }) => value === node) : undefined;
  return [...namesTo(parent), ...(pair ? [pair.name] : [])];
}

/** Adds a block of a type that has a single block or a list of them. */
function appended(tree: Tree, node: Node, value: NewNode, behind?: Value): readonly TreeEdit[] | Refusal {
  if (node.kind === 'list') return [{ op: 'insertItem', tree, list: node, index: indexBehind(node, behind), value }];
  return node.kind === 'map' ? [{ op: 'addBeside', tree, at: node, value }] : NO_BLOCK;
}

/** A condition is a separate block. An existing block with the same operator and key receives the values. */
function withCondition(
  tree: Tree,
  statement: MapNode,
  { operator, key, value }: Extract<ValueEdit, { op: 'mergeCondition' }>,
  writer: ReferenceWriter,
): readonly TreeEdit[] | Refusal {
  // The provider joins the values of conditions with the same operator and key.
  if (dynamicConditions(statement).some((block) => hasArgument(block, 'variable', key)))
    return refusal(`a dynamic block has a condition on ${key} in other scenarios`);
  const values = newNode(listOf(value), writer);
  // Repeated HCL blocks are repeated pairs.
  const all = flatMap(
    statement.pairs.filter((pair) => pair.name === 'condition'),
    (pair) => objectsOf(pair.value),
  );
  const conditions = resolved(pairOf(statement, 'condition')?.value);
  const same = all.filter((block) => hasArgument(block, 'test', operator) && hasArgument(block, 'variable', key));
  if (same.length === 1) return [{ op: 'set', tree, at: same[0]!, path: ['values'], value: values }];
  const block: NewNode = { test: operator, variable: key, values };
  return conditions && objectsOf(conditions).length > 0
    ? appended(tree, conditions, block)
    : [{ op: 'set', tree, at: statement, path: ['condition'], value: several(tree, [block]) }];
}

/** The contents of dynamic condition blocks of a statement. */
function dynamicConditions(statement: MapNode): readonly MapNode[] {
  return flatMap(
    flatMap(
      flatMap(
        statement.pairs.filter(({ name }) => name === 'dynamic'),
        ({ value }) => labelsOf(value),
      ).filter(({ name }) => name === 'condition'),
      ({ value }) => objectsOf(value),
    ),
    (block) => objectsOf(valueOf(block, 'content')),
  );
}

/**
 * The block in which a node is the complete value of an argument, or one item of it. For a condition, the argument is
 * its values.
 */
function blockAround(values: Node): Node | null | undefined {
  return values.parent?.kind === 'list' ? values.parent.parent : values.parent;
}

/** Whether a value lists principals by type, as in the IAM element; an identifier does not. */
function isElement(value: NewValue): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.getPrototypeOf(value) === Object.prototype
  );
}

/** Replaces the block of a single identifier with the blocks of an element. */
function withPrincipals(
  tree: Tree,
  identifier: Node,
  value: NewValue,
  writer: ReferenceWriter,
): readonly TreeEdit[] | Refusal {
  const block = blockAround(identifier);
  const [first, ...others] = principalBlocks(value);
  return block && isWhole(identifier) && others.length === 0
    ? [{ op: 'replace', tree, at: block, value: newNode(first!, writer) }]
    : NO_BLOCK;
}

/** Replaces blocks. A single block is written without a list if there was no list. */
function inPlaceOf(node: Node, blocks: readonly NewValue[]): NewValue {
  return node.kind === 'map' && blocks.length === 1 ? blocks[0]! : blocks;
}

/** Whether a node is the complete value of an argument of a block. */
function isWhole(values: Node): boolean {
  return values.parent?.kind !== 'list' || values.parent.items.length === 1;
}

/** Changes the key of a condition. */
function renamedVariable(tree: Tree, values: Node, name: string): readonly TreeEdit[] | Refusal {
  const block = blockAround(values);
  const variable = block?.kind === 'map' ? pairOf(block, 'variable')?.value : undefined;
  return variable?.kind === 'scalar' ? [{ op: 'replace', tree, at: variable, value: name }] : NO_BLOCK;
}

/** The blocks of one type in a body that has none. */
function several(tree: Tree, bodies: readonly NewNode[]): NewNode {
  return tree.language === 'hcl' ? new Blocks(bodies) : bodies;
}

/** The blocks in a statement. */
const IN_STATEMENT: BlockNames = new Map(
  ['principals', 'not_principals', 'condition'].map((name) => [name, NO_BLOCKS]),
);

/** Removes a block from its list, or its argument if it is the only block. */
function withoutBlock(tree: Tree, block: Node | null | undefined): readonly TreeEdit[] | Refusal {
  const holder = block?.parent;
  if (holder?.kind === 'list' && holder.items.length > 1)
    return [{ op: 'removeItem', tree, list: holder, index: holder.items.findIndex((item) => item.value === block) }];
  const argument = holder?.kind === 'list' ? holder : block;
  const map = argument?.parent;
  const pair = map?.kind === 'map' ? map.pairs.find(({ value }) => value === argument) : undefined;
  return map?.kind === 'map' && pair ? [{ op: 'removePair', tree, map, pair }] : NO_BLOCK;
}

function hasArgument(block: MapNode, argument: string, text: string): boolean {
  const value = valueOf(block, argument);
  return value?.kind === 'scalar' && value.value === text;
}

/** The arguments for the elements of a statement. */
const ARGUMENTS: Table<(value: NewValue) => NewObject> = table({
  Sid: (value) => ({ sid: value }),
  Effect: (value) => ({ effect: value }),
  Action: (value) => ({ actions: listOf(value) }),
  NotAction: (value) => ({ not_actions: listOf(value) }),
  Resource: (value) => ({ resources: listOf(value) }),
  NotResource: (value) => ({ not_resources: listOf(value) }),
  Principal: (value) => ({ principals: principalBlocks(value) }),
  NotPrincipal: (value) => ({ not_principals: principalBlocks(value) }),
  Condition: (value) =>
    value instanceof NewCopy
      ? { condition: value }
      : {
          condition: flatMap(entriesOf(value), ([test, keys]) =>
            entriesOf(keys).map(([variable, values]) => ({ test, variable, values: listOf(values) })),
          ),
        },
});

/** An IAM statement as a block. */
function statementBlock(statement: NewValue): NewValue {
  return Object.assign({}, ...entriesOf(statement).map(([element, value]) => ARGUMENTS[element]?.(value))) as NewObject;
}

function principalBlocks(principals: NewValue): readonly NewValue[] {
  if (typeof principals === 'string') return [{ type: '*', identifiers: [principals] }];
  return entriesOf(principals).map(([type, identifiers]) => ({ type, identifiers: listOf(identifiers) }));
}

function listOf(value: NewValue): NewValue {
  return Array.isArray(value) || value instanceof NewCopy ? value : [value];
}

function entriesOf(value: NewValue): readonly (readonly [string, NewValue])[] {
  return Object.entries(value as NewObject);
}
