/** The literals with which a template compares its parameters. */
import type { Value } from '../../model/value.ts';
import { resolved, valueOf, type Node, type Tree } from '../../syntax/tree.ts';
import { plainValue } from '../plain.ts';
import { argumentList, argumentText, callOf, everyNode } from './call.ts';
import { textOfScalar, typedValue } from './parameter-type.ts';

export interface Compared {
  readonly text: string;
  readonly value: Value;
}

/** The literals that each parameter is compared with: in Fn::Equals and Fn::Contains, and as keys of mappings. */
export function comparedLiterals(tree: Tree, template: Node | undefined): ReadonlyMap<string, readonly Compared[]> {
  const found = new Map<string, Compared[]>();
  const add = (name: string, literal: Compared): void => {
    const list = found.get(name);
    if (list) list.push(literal);
    else found.set(name, [literal]);
  };
  const addScalar = (name: string, node: Node | undefined): void => {
    if (node?.kind === 'scalar' && !callOf(node)) add(name, { text: textOfScalar(node), value: typedValue(plainValue(tree, node), 'String') });
  };
  const mappings = valueOf(template, 'Mappings');
  for (const section of ['Conditions', 'Rules', ...(mappings ? ['Resources', 'Outputs'] : [])]) {
    for (const node of everyNode(valueOf(template, section))) {
      const call = callOf(node);
      if (call?.name === 'Fn::Equals') {
        const sides = argumentList(call) ?? [];
        for (const [one, other] of [[sides[0], sides[1]], [sides[1], sides[0]]]) {
          const name = one && referredParameter(one);
          if (name) addScalar(name, resolved(other));
        }
      } else if (call?.name === 'Fn::Contains') {
        const [list, value] = argumentList(call) ?? [];
        const name = value && referredParameter(value);
        const items = resolved(list);
        if (name && items?.kind === 'list') for (const item of items.items) addScalar(name, resolved(item.value));
      } else if (call?.name === 'Fn::FindInMap') {
        const [map, first, second] = argumentList(call) ?? [];
        const rows = map?.kind === 'scalar' ? valueOf(mappings, map.value) : undefined;
        if (rows?.kind !== 'map') continue;
        const top = first && referredParameter(first);
        if (top) for (const row of rows.pairs) if (row.key.kind === 'scalar') add(top, { text: row.name, value: plainValue(tree, row.key) });
        const below = second && referredParameter(second);
        if (below) for (const row of rows.pairs) {
          const cells = resolved(row.value);
          if (cells?.kind === 'map') for (const cell of cells.pairs) if (cell.key.kind === 'scalar') add(below, { text: cell.name, value: plainValue(tree, cell.key) });
        }
      }
    }
  }
  return found;
}

function referredParameter(node: Node): string | undefined {
  const call = callOf(node);
  return call?.name === 'Ref' ? argumentText(call) : undefined;
}
