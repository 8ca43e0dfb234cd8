/** Whether values name the same resource. A relation has only one of the values that make it. */
import { sameSpan } from '../base/span.ts';
import { judge, type Judgement } from '../model/judgement.ts';
import type { Leaf, Value } from '../model/value.ts';

/** Whether a value names the resource that another value names; unknown for values of different forms. */
export function namesSame(value: Value, via: Value): Judgement {
  return judge(value, (leaf) => isSame(leaf, via));
}

function isSame(leaf: Leaf, via: Value): boolean | undefined {
  if (sameSpan(leaf.origin.use, via.origin.use)) return true;
  if (leaf.state === 'reference' && via.state === 'reference') return leaf.to === via.to;
  if (leaf.state === 'known' && via.state === 'known') return leaf.raw === via.raw;
  return leaf.state === 'absent' && !leaf.open ? false : undefined;
}
