/** What a fix would write and what is written, as texts that are the same where both come to the same. */
import { NewPseudo, NewReference, NewText, type NewValue } from '../model/edit.ts';
import type { Hole, Leaf } from '../model/value.ts';
import { HOLE } from './hole.ts';

/** A resource to write. What is put in stands between holes. */
export function textOfNew(value: NewValue): string {
  const pieces = value instanceof NewText ? value.pieces : [value];
  return pieces
    .map((piece) => {
      if (piece instanceof NewReference) return keyed(`${piece.to.address}.${piece.attribute ?? ''}`);
      return piece instanceof NewPseudo ? keyed(piece.name) : String(piece);
    })
    .join('');
}

/** A resource that is written; undefined where it is no text, or something is put in of which nothing is known. */
export function textOfWritten(leaf: Leaf): string | undefined {
  switch (leaf.state) {
    case 'known':
      return leaf.raw;
    case 'text': {
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

/** Nothing in a key stands for something else in a pattern. */
function keyed(key: string): string {
  return `${HOLE}${key.toLowerCase().replace(/[:*?]/g, HOLE)}${HOLE}`;
}
