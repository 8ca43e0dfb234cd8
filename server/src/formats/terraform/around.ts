/** What is around the templates of a block: its instance, and the iterations of dynamic blocks. */
import { once } from '../../base/once.ts';
import type { MapNode, Node } from '../../syntax/tree.ts';
import type { BoundNames } from './body-value.ts';
import type { DynamicIteration } from './dynamic-blocks.ts';
import type { PlacedBody } from './overrides.ts';
import { repetitionOf, type Instance } from './repetition.ts';

/** The evaluation context of the templates of one block. */
export interface Around {
  /** The instance key, which identifies the block where the same text can have another value. */
  readonly instances: string;
  /** The block, if it is not repeated. */
  readonly single?: MapNode;
  /** The values of `each`, `count` and iterators, which are evaluated only if they are needed. */
  bound(): BoundNames;
  /** The iterations of the dynamic blocks around them. */
  readonly rounds: readonly DynamicIteration[];
  /** Where the body of the block starts. */
  readonly start: number;
}

const NO_NAMES: BoundNames = new Map();

/** Nothing is around the templates of a local or an output. */
export const NOTHING: Around = { instances: '', bound: () => NO_NAMES, rounds: [], start: 0 };

/** The context of an instance of a block. */
export function aroundBlock(bodies: readonly PlacedBody[], instance: Instance): Around {
  const repeated = repetitionOf(bodies);
  const bound = (): BoundNames => instance.bound;
  const { start } = bodies[0]!.body;
  // `each` and `count` name nothing in a block that is not repeated.
  if (!repeated) return { instances: '', single: bodies[0]!.body, bound, rounds: [], start };
  // Instances over the same collection are distinguished by the same keys.
  return {
    instances: repeated.tree.text.slice(repeated.pair.value.start, repeated.pair.value.end) + instance.key,
    bound,
    rounds: [],
    start,
  };
}

/**
 * What distinguishes a condition from one with the same text in another block: its instances, or its names if `self` is
 * a block that is not repeated.
 */
export function conditionOwner({ instances, single }: Around, condition: string): string {
  return single && /\bself\b/.test(condition) ? namesAbove(single) : instances;
}

/** The names of the pairs that lead to a node. */
function namesAbove(node: Node): string {
  const { parent } = node;
  if (!parent) return '';
  const name = parent.kind === 'map' ? parent.pairs.find(({ value }) => value === node)?.name : undefined;
  return `${namesAbove(parent)}.${name ?? ''}`;
}

/** The context within iterations of dynamic blocks. */
export function withRounds(outer: Around, rounds: readonly DynamicIteration[]): Around {
  const bound = once(
    (): BoundNames => new Map([...outer.bound(), ...rounds.map(({ iterator, value }) => [iterator, value] as const)]),
  );
  return { ...outer, rounds, bound };
}
