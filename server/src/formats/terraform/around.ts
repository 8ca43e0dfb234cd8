/** What is around the templates of a block: its instance, and the iterations of dynamic blocks. */
import { memoize } from '../../base/memoize.ts';
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
  /** The values of `each`, `count` and iterators, which are evaluated only if they are needed. */
  bound(): BoundNames;
  /** The iterations of the dynamic blocks around them. */
  readonly rounds: readonly DynamicIteration[];
  /** Where the body of the block starts. */
  readonly start: number;
  /** The names around the body, which distinguish it from the same text in another block of the module. */
  block(): string;
}

const NO_NAMES: BoundNames = new Map();

/** Nothing is around the templates of a local or an output. */
export const NOTHING: Around = { instances: '', bound: () => NO_NAMES, rounds: [], start: 0, block: () => '' };

/** The context of an instance of a block. */
export function aroundBlock(bodies: readonly PlacedBody[], instance: Instance): Around {
  const repeated = repetitionOf(bodies);
  const bound = (): BoundNames => instance.bound;
  const [{ body }] = bodies as readonly [PlacedBody];
  const { start } = body;
  const block = (): string => blockOf(body);
  // `each` and `count` name nothing in a block that is not repeated.
  if (!repeated) return { instances: '', bound, rounds: [], start, block };
  // Instances over the same collection are distinguished by the same keys.
  return {
    instances: repeated.tree.text.slice(repeated.pair.value.start, repeated.pair.value.end) + instance.key,
    bound,
    rounds: [],
    start,
    block,
  };
}

/** The type and name of the block with a body. Memoized, because a file can have many blocks. */
const blockOf = memoize((body: MapNode): string => namesAround(body).join('.'));

/** The names around a node from the outermost to the innermost, of which those of its block are the first. */
export function namesAround(node: Node): readonly string[] {
  const names: string[] = [];
  for (let at = node; at.parent; at = at.parent)
    if (at.parent.kind === 'map') names.push(at.parent.pairs.find(({ value }) => value === at)?.name ?? '');
  return names.toReversed();
}

/** The context within iterations of dynamic blocks. */
export function withRounds(outer: Around, rounds: readonly DynamicIteration[]): Around {
  const bound = once(
    (): BoundNames => new Map([...outer.bound(), ...rounds.map(({ iterator, value }) => [iterator, value] as const)]),
  );
  return { ...outer, rounds, bound };
}

/**
 * Distinguishes a condition on the items of dynamic blocks from the same condition in another iteration or block.
 * Scenarios must be the same where text before the block changes, so its name identifies it, not its position.
 */
export function roundsIn(condition: string, { rounds, start: from, block }: Around): string {
  if (rounds.length === 0) return '';
  const names = new Set(condition.match(/[\p{L}_][\p{L}\p{N}_-]*/gu));
  return rounds
    .filter(({ iterator }) => names.has(iterator))
    .map(({ iterator, start, index }) => `${block()}:${iterator}@${start - from}:${index} `)
    .join('');
}
