import { resolved, valueOf, type Node, type Pair } from '../../syntax/tree.ts';
import { mergedPair, pairsWithMerges, plainText } from '../cloudformation/call.ts';

/** An event of a function or state machine, as written. */
export interface WrittenEvent {
  readonly pair: Pair;
  readonly type: string | undefined;
  readonly properties: Node | undefined;
}

/** The events of a resource. Globals cannot define events. */
export function eventsOf(body: Node): readonly WrittenEvent[] {
  const events = resolved(mergedPair(valueOf(body, 'Properties'), 'Events')?.pair.value);
  if (events?.kind !== 'map') return [];
  return pairsWithMerges(events).pairs.map(({ pair }) => {
    const event = resolved(pair.value);
    return { pair, type: plainText(valueOf(event, 'Type')), properties: valueOf(event, 'Properties') };
  });
}
