/** Whether a resource of a statement is a bucket or its objects. */
import { judge, type Judgement } from '../../model/judgement.ts';
import type { Value } from '../../model/value.ts';
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

/** Whether it covers the bucket itself. */
export function reachesBucket(resource: Value): Judgement {
  return judge(resource, (leaf) => {
    if (leaf.state === 'reference') return /^arn$/i.test(leaf.attribute ?? '') ? true : undefined;
    const arn = textWithUnknowns(leaf);
    if (arn === undefined || arn === UNKNOWN_PIECE) return undefined;
    return !arn.includes('/');
  });
}
