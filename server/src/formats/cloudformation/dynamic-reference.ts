import { mapLeaves, unknown } from '../../model/navigate.ts';
import type { Reason, Value } from '../../model/value.ts';
import { concatenated, type TextPiece } from '../text.ts';

const START = '{{resolve:';
const END = '}}';
/** The service of references to AWS Secrets Manager. */
const SECRETS = 'secretsmanager:';

/** Whether a string has a dynamic reference. */
export function hasDynamicReference(raw: string): boolean {
  return raw.includes(START);
}

/**
 * A string with dynamic references (`{{resolve:ssm:…}}`), which CloudFormation resolves at deployment, with an unknown
 * part for each. Interpolations of Fn::Sub within a reference belong to it.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
 */
export function withDynamicReferences(value: Value): Value {
  if (value.state === 'known' && !hasDynamicReference(value.raw)) return value;
  return mapLeaves(value, (leaf) => {
    const pieces = leaf.state === 'known' ? [leaf.raw] : leaf.state === 'template' ? leaf.pieces : [];
    if (!pieces.some((piece) => typeof piece === 'string' && piece.includes(START))) return leaf;
    let why: Reason = 'dynamic-reference';
    const outside: TextPiece[] = [];
    // The content of an incomplete reference; undefined outside of references.
    let inside: TextPiece[] | undefined;
    for (const piece of pieces) {
      if (typeof piece !== 'string') {
        (inside ?? outside).push(piece);
        continue;
      }
      for (let from = 0; ;) {
        const at = piece.indexOf(inside ? END : START, from);
        if (at < 0) {
          (inside ?? outside).push(piece.slice(from));
          break;
        }
        outside.push(inside ? unknown(leaf.origin, why) : piece.slice(from, at));
        from = at + (inside ? END.length : START.length);
        if (!inside) why = piece.startsWith(SECRETS, from) ? 'secret-reference' : 'dynamic-reference';
        inside = inside ? undefined : [START];
      }
    }
    return concatenated(leaf.origin, [...outside, ...(inside ?? [])]);
  });
}
