/** What is around the templates of a block: its instance, and the iterations of dynamic blocks. */
import { once } from '../../base/once.ts';
import type { BoundNames } from './body-value.ts';
import type { DynamicIteration } from './dynamic-blocks.ts';
import type { PlacedBody } from './overrides.ts';
import { repetitionOf, type Instance } from './repetition.ts';

/** The evaluation context of the templates of one block. */
export interface Around {
  /** The instance key, which identifies the block where the same text can have another value. */
  readonly instances: string;
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
  if (!repeated) return { instances: '', bound, rounds: [], start };
  // Instances over the same collection are distinguished by the same keys.
  return {
    instances: repeated.tree.text.slice(repeated.pair.value.start, repeated.pair.value.end) + instance.key,
    bound,
    rounds: [],
    start,
  };
}

/** The context within iterations of dynamic blocks. */
export function withRounds(outer: Around, rounds: readonly DynamicIteration[]): Around {
  const bound = once(
    (): BoundNames => new Map([...outer.bound(), ...rounds.map(({ iterator, value }) => [iterator, value] as const)]),
  );
  return { ...outer, rounds, bound };
}
