/** Whether a resource of a statement is a bucket or its objects. */
import { judge, type Judgement } from '../../model/judgement.ts';
import { leaves } from '../../model/navigate.ts';
import type { Unknown, Value } from '../../model/value.ts';
import { textWithUnknowns } from '../text/condition-text.ts';
import { UNKNOWN_PIECE } from '../text/unknown-piece.ts';

/**
 * Whether a resource of a statement covers all objects of a bucket. A reference to a bucket and an interpolated name do
 * not.
 */
export function reachesObjects(resource: Value): Judgement {
  return judge(resource, (leaf) => {
    if (leaf.state === 'reference') return /^arn$/i.test(leaf.attribute ?? '') ? false : undefined;
    const arn = textWithUnknowns(leaf);
    if (arn === undefined || arn === UNKNOWN_PIECE) return undefined;
    return arn.endsWith('*');
  });
}

/**
 * Whether it covers the bucket itself. An unknown value of which the list also has the objects is one:
 * `[module.logs.arn, "${module.logs.arn}/*"]`.
 */
export function reachesBucket(resource: Value, beside: readonly Value[] = []): Judgement {
  return judge(resource, (leaf) => {
    if (leaf.state === 'unknown' && beside.some((other) => isObjectsOf(other, leaf))) return true;
    if (leaf.state === 'reference') return /^arn$/i.test(leaf.attribute ?? '') ? true : undefined;
    const arn = textWithUnknowns(leaf);
    if (arn === undefined || arn === UNKNOWN_PIECE) return undefined;
    return !arn.includes('/');
  });
}

/** Whether a value is an unknown one with `/*` behind it. */
function isObjectsOf(value: Value, { input, expression }: Unknown): boolean {
  const source = input ?? expression;
  if (source === undefined) return false;
  return leaves(value).some(({ value: leaf }) => {
    if (leaf.state !== 'template' || leaf.pieces.length !== 2 || leaf.pieces[1] !== '/*') return false;
    const bucket = leaf.pieces[0]!;
    return typeof bucket !== 'string' && bucket.state === 'unknown' && source === (bucket.input ?? bucket.expression);
  });
}
