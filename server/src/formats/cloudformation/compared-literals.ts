/** The literals with which a template compares its parameters. */
import { flatMap } from '../../base/flat-map.ts';
import { once } from '../../base/once.ts';
import { memoizeSteps } from '../../base/steps.ts';
import { MAX_BRANCHES } from '../../model/navigate.ts';
import type { Value } from '../../model/value.ts';
import { resolved, valueOf, type Node, type Tree } from '../../syntax/tree.ts';
import { plainValue } from '../plain.ts';
import { ESCAPE, findingHolding } from '../../syntax/tree-matches.ts';
import { argumentList, argumentText, callOf, everyNode, nodesHolding, plainText } from './call.ts';
import { isLoop } from './loop.ts';
import { textOfIteration } from './loop-text.ts';
import { hasLoops } from './macros.ts';
import { textOfScalar, typedValue } from './parameter-type.ts';

export interface Compared {
  readonly text: string;
  readonly value: Value;
}

export type ComparedLiterals = ReadonlyMap<string, readonly Compared[]>;

/** The literals that each parameter is compared with: in Fn::Equals and Fn::Contains, and as keys of mappings. */
export const comparedLiterals = memoizeSteps((tree: Tree) => literalsIn(tree, resolved(tree.roots[0])));

/** The functions that compare, in any form. */
const COMPARING = new RegExp(String.raw`Equals|Contains|FindInMap|${ESCAPE}`, 'g');

/** The number of nodes between two yields. */
const NODES_OF_STEP = 4000;

function* literalsIn(tree: Tree, template: Node | undefined): Generator<void, ComparedLiterals, undefined> {
  const found = new Map<string, Map<string, Compared>>();
  const add = (name: string, literals: Iterable<Compared>): void => {
    const own = found.get(name) ?? new Map<string, Compared>();
    found.set(name, own);
    for (const literal of literals) if (!own.has(literal.text)) own.set(literal.text, literal);
  };
  const loops = hasLoops(tree) ? loopTexts(template) : undefined;
  const addScalar = (name: string, node: Node | undefined): void => {
    for (const literal of node ? literalsOf(tree, node, loops) : []) add(name, [literal]);
  };
  const mappings = valueOf(template, 'Mappings');
  const keys = new MappingKeys(tree, mappings);
  const added = new Set<string>();
  /** Computed once per parameter and mapping, because a large mapping can have many uses. */
  const addKeys = (name: string | undefined, mapping: string, level: 'top' | 'second'): void => {
    const key = `${level} ${mapping} ${name}`;
    if (name === undefined || added.has(key)) return;
    added.add(key);
    add(name, keys[level](mapping));
  };
  // Most of a template compares nothing.
  const mayCompare = yield* findingHolding(tree, COMPARING);
  let left = NODES_OF_STEP;
  for (const section of ['Conditions', 'Rules', ...(mappings ? ['Resources', 'Outputs'] : [])]) {
    for (const node of nodesHolding(valueOf(template, section), mayCompare)) {
      if (--left === 0) {
        left = NODES_OF_STEP;
        yield;
      }
      const call = callOf(node);
      if (call?.name === 'Fn::Equals') {
        const sides = argumentList(call) ?? [];
        for (const [one, other] of [
          [sides[0], sides[1]],
          [sides[1], sides[0]],
        ]) {
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

/** The strings of a node: its own, or one per iteration of a loop around it. */
function literalsOf(tree: Tree, node: Node, loops: LoopTexts | undefined): readonly Compared[] {
  const call = callOf(node);
  const identifier = call?.name === 'Ref' ? argumentText(call) : undefined;
  const written =
    identifier === undefined ? (node.kind === 'scalar' && !call ? textOfScalar(node) : undefined) : `\${${identifier}}`;
  if (written === undefined || (identifier !== undefined && !loops?.has(identifier))) return [];
  // Most literals are only compared, so their values are made on demand: that searches the whole tree for credentials.
  const value = once(() => typedValue(plainValue(tree, node), 'String'));
  const inside = loops && /[$&]\{(\w+)\}/.exec(written)?.[1];
  const iterations = inside === undefined ? undefined : loops?.get(inside);
  if (!iterations)
    return [
      {
        text: written,
        get value() {
          return value();
        },
      },
    ];
  return [...iterations].map((iteration) => {
    const text = textOfIteration(written, { texts: new Map([[inside!, iteration]]), steps: [] });
    return { text, value: { state: 'known', origin: value().origin, raw: text, quoted: true, value: text } };
  });
}

/** The values of loop identifiers that are literal or the default of a parameter. */
type LoopTexts = ReadonlyMap<string, ReadonlySet<string>>;

/** The maximum number of values per identifier. Further values are not distinguished in a domain. */
const MOST_TEXTS = MAX_BRANCHES;

function loopTexts(template: Node | undefined): LoopTexts {
  const found = new Map<string, Set<string>>();
  for (const node of everyNode(template)) {
    for (const pair of node.kind === 'map' ? node.pairs : []) {
      const parts = isLoop(pair.name) ? resolved(pair.value) : undefined;
      if (parts?.kind !== 'list') continue;
      const [identifier, collection] = parts.items.map((item) => item.value);
      const name = plainText(identifier);
      if (name === undefined || !collection) continue;
      const texts = found.get(name) ?? new Set<string>();
      found.set(name, texts);
      for (const text of collectionTexts(template, collection)) if (texts.size < MOST_TEXTS) texts.add(text);
    }
  }
  return found;
}

function collectionTexts(template: Node | undefined, collection: Node): readonly string[] {
  const list = resolved(collection);
  const parameter = list && referredParameter(list);
  if (parameter !== undefined) {
    const fallback = valueOf(valueOf(valueOf(template, 'Parameters'), parameter), 'Default');
    return fallback?.kind === 'scalar'
      ? textOfScalar(fallback)
          .split(',')
          .map((text) => text.trim())
      : [];
  }
  return list?.kind === 'list' ? flatMap(list.items, (item) => plainText(item.value) ?? []) : [];
}

/** The keys of mappings, computed once for all parameters that select one. */
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
    for (const map of maps())
      if (map?.kind === 'map')
        for (const { key, name: text } of map.pairs) {
          if (key.kind !== 'scalar' || keys.has(text)) continue;
          const value = once(() => plainValue(this.#tree, key));
          keys.set(text, {
            text,
            get value() {
              return value();
            },
          });
        }
    const made = [...keys.values()];
    this.#held.set(name, made);
    return made;
  }
}

/** The parameter that a node is a reference to; undefined for any other node. */
export function referredParameter(node: Node): string | undefined {
  const call = callOf(node);
  if (call?.name === 'Fn::Sub') return /^\$\{([A-Za-z0-9:]+)\}$/.exec(argumentText(call) ?? '')?.[1];
  return call?.name === 'Ref' ? argumentText(call) : undefined;
}
