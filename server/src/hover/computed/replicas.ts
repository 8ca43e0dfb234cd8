/** The copies of the content of a resource that its replication configuration makes. */
import { someOf } from '../../base/words.ts';
import { isPresent } from '../../model/judgement.ts';
import type { CardContext, Piece } from '../card-context.ts';
import type { ComputedLine } from '../ownership.ts';

const MOST = 2;

/**
 * The buckets that a replication configuration at `path` names, or that there is one if it names none; nothing unless
 * it exists in the default scenario.
 */
export function replicas({ resource }: CardContext, { path }: ComputedLine): readonly Piece[] {
  if (path === undefined || !isPresent(resource.get(path)).yes.holdsByDefault()) return [];
  const names = [...new Set(resource.related('replica-buckets').edges.map(({ resource: to }) => to.displayName))];
  const text =
    names.length > 0 ? `replicated to ${someOf(names, MOST, 'replica')}` : `replicated (${resource.nativePath(path)})`;
  return [{ text, cite: [], status: 'neutral' }];
}
