import { resolved, type Node } from '../../syntax/tree.ts';
import { mergedPair, normalizedText } from '../cloudformation/call.ts';
import type { WrittenEvent } from './events.ts';

/**
 * Whether another event of a function covers all routes of the same API, so that the API can already invoke it for this
 * route. The transform creates one permission only.
 */
export function isCovered(events: readonly WrittenEvent[], event: WrittenEvent, names: string): boolean {
  if (!eventProperty(event, 'Path')) return false;
  const api = shapeIn(event, names);
  return events.some(
    (other) =>
      other !== event && other.type === event.type && !eventProperty(other, 'Path') && shapeIn(other, names) === api,
  );
}

function eventProperty({ properties }: WrittenEvent, name: string): Node | undefined {
  return resolved(mergedPair(properties, name)?.pair.value);
}

function shapeIn(event: WrittenEvent, name: string): string | undefined {
  const node = eventProperty(event, name);
  return node && normalizedText(node);
}
