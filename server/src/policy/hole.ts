/** Texts into which something is put that is not known. */
import type { Text } from '../model/value.ts';

/**
 * Stands in a text for what is put in and not known: anything, also nothing, with or without colons and slashes. It is somebody's own value,
 * and no wildcard.
 */
export const HOLE = '\uFFFC';

/** A text with `HOLE` for whatever is put into it. */
export function shapeOf({ pieces }: Pick<Text, 'pieces'>): string {
  return pieces.map((piece) => (typeof piece === 'string' ? piece : HOLE)).join('');
}
