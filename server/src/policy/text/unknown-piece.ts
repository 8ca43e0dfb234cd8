/** Strings with unknown interpolated parts. */
import type { UnknownPiece, TemplateString } from '../../model/value.ts';

/**
 * The placeholder for an unknown interpolated part: any string, also empty, with or without colons and slashes. It is a
 * specific value, not a wildcard.
 */
export const UNKNOWN_PIECE = '\uFFFC';

/** A template string with `UNKNOWN_PIECE` for each interpolated part. */
export function shapeOf({ pieces }: Pick<TemplateString, 'pieces'>): string {
  // Predicates ask for it more often than for anything else, so it makes no list.
  let shape = '';
  for (const piece of pieces) shape += typeof piece === 'string' ? piece : UNKNOWN_PIECE;
  return shape;
}

/** Whether the interpolated value is the account ID of the stack. */
export function isOwnAccount(unknownPiece: UnknownPiece): boolean {
  return unknownPiece.state === 'reference'
    ? /(?:^|\.)data\.aws_caller_identity\./.test(unknownPiece.to) && unknownPiece.attribute === 'account_id'
    : unknownPiece.input?.endsWith('#AWS::AccountId') === true;
}
