/** Whether values depend on parameters and variables. */
import { leaves } from './navigate.ts';
import type { Origin, Value } from './value.ts';

/** Whether a value, with its items and members, stays as it is when parameters and variables get other values. */
export function isIndependent(value: Value): boolean {
  return leaves(value).every(({ value: leaf }) => {
    const isConstant = isLiteral(leaf.origin);
    switch (leaf.state) {
      case 'known':
        // The result of a function cannot be changed at its place.
        return (
          isConstant &&
          leaf.interpolated === undefined &&
          leaf.written === undefined &&
          (leaf.origin.edit === 'here' || leaf.origin.edit === 'shared')
        );
      case 'template':
        return leaf.interpolated === undefined;
      case 'list':
        return isConstant && leaf.items.every((item) => isIndependent(item.value));
      case 'object':
        // The provider adds the effect of a block without one.
        return (
          isConstant &&
          leaf.entries.every(
            (entry) =>
              entry.computedKey === undefined &&
              ((entry.key === 'Effect' && entry.value.origin.edit === 'none') || isIndependent(entry.value)),
          )
        );
      default:
        return true;
    }
  });
}

/**
 * Whether a value is written where it is used, or in a local. What is in the list of a variable is defined elsewhere,
 * but has no steps of its own.
 */
function isLiteral({ def, steps }: Origin): boolean {
  return steps.length === 0 ? def === undefined : steps.every(({ what }) => what === 'local');
}
