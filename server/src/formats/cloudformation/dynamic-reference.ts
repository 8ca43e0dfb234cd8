import { unknown } from '../../model/navigate.ts';
import type { Known, Value } from '../../model/value.ts';
import { concatenated } from '../text.ts';

const REFERENCE = /\{\{resolve:[^}]*\}\}/g;

/**
 * A text with dynamic references (`{{resolve:ssm:…}}`), whose values CloudFormation fetches when it deploys.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
 */
export function dynamicReferences(scalar: Known): Value {
  const hole = unknown(scalar.origin, 'dynamic-reference');
  const pieces: (string | Value)[] = [];
  let from = 0;
  for (const match of scalar.raw.matchAll(REFERENCE)) {
    pieces.push(scalar.raw.slice(from, match.index), hole);
    from = match.index + match[0].length;
  }
  if (pieces.length === 0) return scalar;
  return concatenated(scalar.origin, [...pieces, scalar.raw.slice(from)]);
}
