import type { Address, Value } from './value.ts';

/** The maximum number of nested values. */
const MOST_VALUES = 2000;

/**
 * The resources that a value refers to, at any depth; undefined if it has too many nested values.
 * @param most The maximum number of values that are visited.
 */
export function referredAddresses(whole: Value, most = MOST_VALUES): ReadonlySet<Address> | undefined {
  const found = new Set<Address>();
  const open: Value[] = [whole];
  for (let visited = 0; open.length > 0; visited++) {
    if (visited === most || open.length > most) return undefined;
    const value = open.pop()!;
    switch (value.state) {
      case 'reference':
        found.add(value.to);
        break;
      case 'unknown':
        for (const ref of value.refs) found.add(ref);
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
  return found;
}

/** Whether part of a value is unknown, so that it can refer to any resource. */
export function isPartlyUnknown(whole: Value): boolean {
  const open: Value[] = [whole];
  for (let visited = 0; open.length > 0; visited++) {
    if (visited === MOST_VALUES || open.length > MOST_VALUES) return true;
    const value = open.pop()!;
    switch (value.state) {
      case 'unknown':
        if (value.refs.length === 0) return true;
        break;
      case 'template':
        if (
          value.pieces.some(
            (piece) => typeof piece !== 'string' && piece.state === 'unknown' && piece.refs.length === 0,
          )
        )
          return true;
        break;
      case 'absent':
        if (value.open) return true;
        break;
      case 'list':
        if (value.open) return true;
        for (const item of value.items) open.push(item.value);
        break;
      case 'object':
        if (value.open) return true;
        for (const entry of value.entries) open.push(entry.value);
        break;
      case 'choice':
        for (const branch of value.branches) open.push(branch.value);
        break;
      default:
        break;
    }
  }
  return false;
}
