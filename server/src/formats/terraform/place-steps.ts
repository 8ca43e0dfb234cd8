import type { NativePlace } from './mapping-places.ts';

/**
 * The attribute of a place with its enclosing blocks. A list of blocks is written under their type; undefined if one of
 * several blocks would have to be selected.
 */
export function stepsOf({ path }: NativePlace): readonly string[] | undefined {
  const whole = path.replace(/\[\]$/, '');
  return whole.includes('[]') ? undefined : whole.split('.').filter((step) => step !== '');
}
