/**
 * The removal of the last member of a block that represents an item for each of its members, such as the CIDR blocks of
 * a rule.
 */
import { flatMap } from '../../base/flat-map.ts';
import type { TreeEdit } from '../../syntax/tree-edit.ts';
import { resolved, type MapNode, type Node, type Pair } from '../../syntax/tree.ts';
import { refusal, type Refusal } from '../lowering.ts';
import { pairOfValue } from '../value-edits.ts';
import { isBlock } from './block-list.ts';
import type { BlockItems, Fan, TypeMapping } from './mapping.ts';

type RemoveItem = Extract<TreeEdit, { readonly op: 'removeItem' }>;

/**
 * Removes the block instead of its last member, because Terraform rejects a rule without sources; and the argument, if
 * the block has other sources.
 */
export function withoutEmptyRules(mapping: TypeMapping, edits: readonly TreeEdit[]): readonly TreeEdit[] | Refusal {
  const result: TreeEdit[] = [];
  for (const edit of edits) {
    const found = edit.op === 'removeItem' && edit.list.items.length === 1 ? ruleAround(mapping, edit) : undefined;
    if (!found) {
      result.push(edit);
      continue;
    }
    const instead = removal(found, edit as RemoveItem);
    if ('refused' in instead) return instead;
    result.push(instead);
  }
  return result;
}

/** A block or object with the list that becomes empty. */
interface Rule {
  readonly body: MapNode;
  readonly argument: Pair;
  readonly fan: readonly Fan[];
}

function ruleAround(mapping: TypeMapping, { list }: RemoveItem): Rule | undefined {
  const argument = pairOfValue(list);
  if (!argument) return undefined;
  const body = argument.map;
  const type = typeOf(body);
  const fan = fansOf(mapping).find(
    ({ each, fan: ways }) => each === type && ways.some((way) => nameOf(way) === argument.pair.name),
  )?.fan;
  return fan && { body, argument: argument.pair, fan };
}

/** The type of a block: its name, the name of its list, or the label of its `dynamic` block. */
function typeOf(body: MapNode): string | undefined {
  const block = pairOfValue(body) ?? (body.parent && pairOfValue(body.parent));
  return block?.pair.name === 'content' ? pairOfValue(block.map)?.pair.name : block?.pair.name;
}

function removal({ body, argument, fan }: Rule, edit: RemoveItem): TreeEdit | Refusal {
  const { tree } = edit;
  const others = body.pairs.some(
    (pair) => pair !== argument && fan.some((way) => nameOf(way) === pair.name) && canHaveMembers(resolved(pair.value)),
  );
  // The objects of a list must have all arguments.
  if (others) return isBlock(tree, body) ? { op: 'removePair', tree, map: body, pair: argument } : edit;
  const block = pairOfValue(body);
  if (!block) {
    const list = body.parent;
    return list?.kind === 'list'
      ? { op: 'removeItem', tree, list, index: list.items.findIndex(({ value }) => value === body) }
      : edit;
  }
  if (block.pair.name === 'content') return refusal('a dynamic block generates it');
  // https://github.com/hashicorp/terraform-provider-aws/pull/32424
  return block.map.pairs.some((pair) => pair !== block.pair && pair.name === block.pair.name)
    ? { op: 'removePair', tree, map: block.map, pair: block.pair }
    : refusal(
        `it is the only ${block.pair.name} block, and Terraform keeps the rules of a group without any; write ${block.pair.name} = [] instead`,
      );
}

/** Whether a list can have members, or a boolean can be true. */
function canHaveMembers(node: Node | undefined): boolean {
  if (node?.kind === 'list') return node.items.length > 0;
  return node?.kind !== 'scalar' || !/^(?:false|null)?$/.test(node.value.trim());
}

function nameOf(way: Fan): string {
  return 'over' in way ? way.over : way.if;
}

/** The blocks of a type that represent several items. */
function fansOf({ sources }: TypeMapping): readonly (BlockItems & { readonly fan: readonly Fan[] })[] {
  return flatMap(sources, ({ properties }) =>
    flatMap(Object.values(properties), (binding) =>
      typeof binding === 'object' && 'each' in binding && binding.fan ? [{ ...binding, fan: binding.fan }] : [],
    ),
  );
}
