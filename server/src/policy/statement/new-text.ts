/** Canonical strings of values to write and of written values, equal where both resolve to the same. */
import { NewPseudo, NewReference, NewText, type NewValue } from '../../model/edit.ts';
import type { Hole, Leaf } from '../../model/value.ts';
import { HOLE } from '../text/hole.ts';

/** A resource to write. Interpolated parts are enclosed by placeholders. */
export function textOfNew(value: NewValue): string {
  const pieces = value instanceof NewText ? value.pieces : [value];
  return pieces
    .map((piece) => {
      if (piece instanceof NewReference) return keyed(`${piece.to.address}.${piece.attribute ?? ''}`);
      return piece instanceof NewPseudo ? keyed(piece.name) : String(piece);
    })
    .join('');
}

/** A written resource; undefined where it is not a string, or has unknown interpolated parts. */
export function textOfWritten(leaf: Leaf): string | undefined {
  switch (leaf.state) {
    case 'known':
      return leaf.raw;
    case 'template': {
      const pieces = leaf.pieces.map((piece) => (typeof piece === 'string' ? piece : keyOf(piece)));
      return pieces.includes(undefined) ? undefined : pieces.join('');
    }
    case 'reference':
      return keyOf(leaf);
    default:
      return undefined;
  }
}

function keyOf(hole: Hole): string | undefined {
  if (hole.state === 'reference') return keyed(`${hole.to}.${hole.attribute ?? ''}`);
  // A pseudo parameter is the same in every document.
  return hole.input === undefined ? undefined : keyed(hole.input.replace(/^.*#(?=AWS::)/, ''));
}

/** A key contains no wildcards. */
function keyed(key: string): string {
  return `${HOLE}${key.toLowerCase().replace(/[:*?]/g, HOLE)}${HOLE}`;
}
