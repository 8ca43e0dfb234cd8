import { TRUE } from '../../base/guard.ts';
import { mapLeaves } from '../../model/navigate.ts';
import type { Known, Value } from '../../model/value.ts';

export { textOfScalar } from '../../syntax/scalar.ts';

/** Whether the values of a type are lists, which are given as one text with commas. */
export function isListType(type: string): boolean {
  return type === 'CommaDelimitedList' || type.startsWith('List<');
}

/**
 * What a text is as the value of a parameter: for a list type the list of what stands between its commas, without the white space around.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 */
export function typedValue(value: Value, type: string): Value {
  return mapLeaves(value, (leaf) => {
    if (leaf.state !== 'known') return leaf;
    const raw = typeof leaf.value === 'boolean' ? String(leaf.value) : leaf.raw;
    if (!isListType(type)) return { ...leaf, raw };
    const items = raw === '' ? [] : raw.split(',').map((part) => part.trim());
    return {
      state: 'list', origin: leaf.origin, open: false,
      items: items.map((item) => ({ when: TRUE, value: { state: 'known', origin: leaf.origin, raw: item, quoted: true, value: item } satisfies Known })),
    };
  });
}
