/** The items of collections that are not known. */
import type { Leaf } from '../../../model/value.ts';
import { unknownOf } from './combine.ts';

/** Whether an attribute is one string that names a resource. */
export function isIdentity(attribute: string | undefined): boolean {
  return attribute === 'arn' || attribute === 'id';
}

/** Any item of an unknown collection. The ARNs or IDs of the instances of a resource are one reference. */
export function anyItemOf(over: Leaf): Leaf {
  return over.state === 'reference' && isIdentity(over.attribute)
    ? over
    : { ...unknownOf({ ...over.origin, edit: 'none' }, 'computed', [over]), byCaller: true };
}
