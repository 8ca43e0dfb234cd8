import { flatMap } from '../base/flat-map.ts';
import type { Properties } from '../model/resource.ts';
import type { Value } from '../model/value.ts';

/**
 * The values at a canonical path. A path through a list, `A[].B`, has one value per item, or the list itself if it is
 * empty or absent.
 */
export function valuesAt(holder: Properties, path: string): readonly Value[] {
  const list = path.indexOf('[]');
  if (list < 0) return [holder.get(path)];
  const head = path.slice(0, list);
  const { items } = holder.each(head);
  if (items.length === 0) return [holder.get(head)];
  const rest = path.slice(list + 2).replace(/^\./, '');
  return flatMap(items, (item) => (rest === '' ? [item.value] : valuesAt(item, rest)));
}
