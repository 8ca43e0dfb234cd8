/** Canonical strings of new values and of existing values. They are equal if both values resolve to the same. */
import { NewPseudo, NewReference, NewText, type NewValue } from '../../model/edit.ts';
import type { UnknownPiece, Leaf } from '../../model/value.ts';
import { UNKNOWN_PIECE } from '../text/unknown-piece.ts';

/** A new resource. Interpolated parts are enclosed in placeholders. */
export function textOfNew(value: NewValue): string {
  const pieces = value instanceof NewText ? value.pieces : [value];
  return pieces
    .map((piece) => {
      if (piece instanceof NewReference) return keyed(`${piece.to.address}.${piece.attribute ?? ''}`);
      return piece instanceof NewPseudo ? keyed(piece.name) : String(piece);
    })
    .join('');
}

/** An existing resource; undefined if it is not a string or has unknown interpolated parts. */
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

function keyOf(unknownPiece: UnknownPiece): string | undefined {
  if (unknownPiece.state === 'reference') return keyed(`${unknownPiece.to}.${unknownPiece.attribute ?? ''}`);
  // A pseudo parameter is the same in every document.
  return unknownPiece.input === undefined ? undefined : keyed(unknownPiece.input.replace(/^.*#(?=AWS::)/, ''));
}

/** A key contains no wildcards. */
function keyed(key: string): string {
  return `${UNKNOWN_PIECE}${key.toLowerCase().replace(/[:*?]/g, UNKNOWN_PIECE)}${UNKNOWN_PIECE}`;
}
