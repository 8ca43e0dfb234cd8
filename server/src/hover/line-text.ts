/** The words of the lines of cards. */
import { some } from '../base/words.ts';
import type { Line } from './card.ts';

/**
 * The label of a line, with the number of its parts if some are omitted: `Your responsibility (2 of 5)`, or `Write (8)`
 * for counted names.
 */
export function labelText({ label, parts, total, names }: Pick<Line, 'label' | 'parts' | 'total' | 'names'>): string {
  if (names?.isCounted && parts.length > names.most) return `${label} (${parts.length})`;
  return total === undefined || names ? label : `${label} (${parts.length} of ${total})`;
}

/**
 * The parts of a line as text.
 * @param format What makes the text of a part safe for its place.
 */
export function linePartsText(
  { parts, separator, names }: Line,
  format: (text: string) => string = (text) => text,
): string {
  if (!names) return parts.map(({ text }) => format(text)).join(separator);
  // Of those that are omitted, only the number matters.
  const texts = parts.map(({ text }, index) => (index < names.most ? format(text) : ''));
  return `${format(names.lead ?? '')}${some(texts, names.most)}`;
}
