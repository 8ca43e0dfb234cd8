import type { Value } from '../../model/value.ts';

/** The maximum number of values visited to find references. */
const MOST_VALUES = 1000;

/** The resources that a value depends on; empty if it exceeds the limit. */
export function refsWithin(whole: Value): readonly string[] {
  const refs = new Set<string>();
  const open: Value[] = [whole];
  for (let looked = 0; open.length > 0; looked++) {
    if (looked === MOST_VALUES || open.length > MOST_VALUES) return [];
    const value = open.pop()!;
    switch (value.state) {
      case 'reference':
        refs.add(value.to);
        break;
      case 'unknown':
        for (const ref of value.refs) refs.add(ref);
        break;
      case 'template':
        for (const piece of value.pieces) if (typeof piece !== 'string') open.push(piece);
        break;
      case 'list':
        for (const item of value.items) open.push(item.value);
        break;
      case 'object':
        for (const entry of value.entries) open.push(entry.value);
        break;
      case 'choice':
        for (const branch of value.branches) open.push(branch.value);
        break;
      default:
        break;
    }
  }
  return [...refs];
}
