/** The values that a template compares its pseudo parameters with, in a value that has them as placeholders. */
import { mapLeaves } from '../../model/navigate.ts';
import type { UnknownPiece, Value } from '../../model/value.ts';
import { valueOfDomain } from '../domain.ts';
import { concatenated } from '../text.ts';
import { SHARED_PSEUDO_PARAMETERS, type TemplateParameter } from './parameters.ts';

/**
 * A value that the parent template passes, with the values that pseudo parameters are compared with. A key of a mapping
 * or an operand of a condition needs them; elsewhere each pseudo parameter is one placeholder.
 */
export function withComparedValues(value: Value, parameters: ReadonlyMap<string, TemplateParameter>): Value {
  return mapLeaves(value, (leaf) => {
    if (leaf.state === 'unknown') return valueOf(leaf, parameters);
    if (leaf.state !== 'template') return leaf;
    const pieces = leaf.pieces.map((piece) => (typeof piece === 'string' ? piece : valueOf(piece, parameters)));
    return pieces.some((piece) => typeof piece !== 'string' && piece.state === 'choice')
      ? concatenated(leaf.origin, pieces)
      : leaf;
  });
}

function valueOf(unknownPiece: UnknownPiece, parameters: ReadonlyMap<string, TemplateParameter>): Value {
  const { input } = unknownPiece.state === 'unknown' ? unknownPiece : {};
  if (input === undefined) return unknownPiece;
  for (const name of SHARED_PSEUDO_PARAMETERS) {
    const domain = parameters.get(name)?.domain;
    if (domain?.variable.id !== input) continue;
    const { origin } = unknownPiece;
    return valueOfDomain(domain, origin, (value) => ({ ...value, origin }));
  }
  return unknownPiece;
}
