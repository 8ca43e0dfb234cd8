/** The items of a list that is a property, such as the types of logs that are exported. */
import { flatMap } from '../../base/flat-map.ts';
import { some } from '../../base/words.ts';
import { leaves } from '../../model/navigate.ts';
import { shown } from '../../model/shown.ts';
import { caseFor } from '../fits.ts';
import type { CardContext, Piece } from '../card-context.ts';
import type { ComputedLine } from '../ownership.ts';
import { shortName, outcomePieces, withFinding } from '../property-pieces.ts';
import { unknownBecause } from '../unknown-because.ts';
import { valuesAt } from '../values-at.ts';

const MOST = 4;

/**
 * The texts for the list at `path`, one for each outcome: that of the first case that fits, with at most four items in
 * place of `{value}`.
 */
export function listItems(here: CardContext, { path, cases = [] }: ComputedLine): readonly Piece[] {
  if (path === undefined) return [];
  const { resource } = here;
  const list = path.split('[]')[0]!;
  const names = flatMap(valuesAt(resource, path.includes('[]') ? path : `${path}[]`), (value) =>
    flatMap(leaves(value), ({ value: leaf }) => (leaf.state === 'known' && leaf.value !== null ? [shown(leaf)] : [])),
  );
  return outcomePieces(list, here, (leaf, value, guard) => {
    const property = shortName(resource, list);
    const fits = caseFor(leaf, cases);
    if (!fits) {
      return { text: `${property} ${unknownBecause(leaf)}`, cite: [], isUnknown: leaf.state === 'unknown' };
    }
    const items = names.length > 0 ? some([...new Set(names)], MOST) : property;
    const text = fits.say.replaceAll('{property}', property).replaceAll('{value}', items);
    return withFinding({ text, cite: fits.cite ?? [], isUnknown: false }, here, list, leaf, value, guard);
  });
}
