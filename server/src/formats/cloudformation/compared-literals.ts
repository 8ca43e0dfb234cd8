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
  const found = new Map<string, Map<string, Compared>>();
  const add = (name: string, literals: Iterable<Compared>): void => {
    const own = found.get(name) ?? new Map<string, Compared>();
    found.set(name, own);
    for (const literal of literals) if (!own.has(literal.text)) own.set(literal.text, literal);
  };
  const addScalar = (name: string, node: Node | undefined): void => {
    if (node?.kind === 'scalar' && !callOf(node)) add(name, [{ text: textOfScalar(node), value: typedValue(plainValue(tree, node), 'String') }]);
  };
  const mappings = valueOf(template, 'Mappings');
  const keys = new MappingKeys(tree, mappings);
  const added = new Set<string>();
  /** Once for each parameter and mapping, because a mapping can be as large as it is often used. */
  const addKeys = (name: string | undefined, mapping: string, level: 'top' | 'second'): void => {
    const key = `${level} ${mapping} ${name}`;
    if (name === undefined || added.has(key)) return;
    added.add(key);
    add(name, keys[level](mapping));
  };
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
        if (map?.kind !== 'scalar') continue;
        addKeys(first && referredParameter(first), map.value, 'top');
        addKeys(second && referredParameter(second), map.value, 'second');
      }
    }
  }
  return new Map([...found].map(([name, literals]) => [name, [...literals.values()]]));
}

/** The keys of mappings, each made once for all parameters that select one. */
class MappingKeys {
  readonly #tree: Tree;
  readonly #mappings: Node | undefined;
  readonly #held = new Map<string, readonly Compared[]>();

  constructor(tree: Tree, mappings: Node | undefined) {
    this.#tree = tree;
    this.#mappings = mappings;
  }

  top(mapping: string): readonly Compared[] {
    return this.#once(`top ${mapping}`, () => [valueOf(this.#mappings, mapping)]);
  }

  second(mapping: string): readonly Compared[] {
    return this.#once(`second ${mapping}`, () => {
      const rows = valueOf(this.#mappings, mapping);
      return rows?.kind === 'map' ? rows.pairs.map((row) => resolved(row.value)) : [];
    });
  }

  #once(name: string, maps: () => readonly (Node | undefined)[]): readonly Compared[] {
    const held = this.#held.get(name);
    if (held) return held;
    const keys = new Map<string, Compared>();
    for (const map of maps()) if (map?.kind === 'map') for (const { key, name: text } of map.pairs) {
      if (key.kind === 'scalar' && !keys.has(text)) keys.set(text, { text, value: plainValue(this.#tree, key) });
    }
    const made = [...keys.values()];
    this.#held.set(name, made);
    return made;
  }
}

function referredParameter(node: Node): string | undefined {
  const call = callOf(node);
  return call?.name === 'Ref' ? argumentText(call) : undefined;
}
