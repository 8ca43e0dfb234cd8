/** Structural equality of values from different places or different times. */
import { TRUE } from '../base/guard.ts';
import type { Address, Value } from './value.ts';

/** The maximum length of a structural key; longer ones are rarely worth their cost. */
const LONGEST = 16_384;

/** The maximum number of list items; very long or repetitive lists are not evaluated further than rules need. */
const MOST_ITEMS = 256;

/**
 * A string that is equal for two values if and only if they are structurally equal, regardless of their ranges.
 * `typeOf` returns the type of a referenced resource. Undefined for values that depend on the scenario, restricted
 * unknown strings, and very long values.
 */
export function structuralKeyOf(value: Value, typeOf: (to: Address) => string | undefined): string | undefined {
  let said = '';
  /**
   * Whether the key is complete. Every string is prefixed with its length, so that different values never have equal
   * keys.
   */
  const say = (one: Value): boolean => {
    if (said.length > LONGEST) return false;
    const { origin } = one;
    if (origin.secret) said += 's';
    if (origin.edit === 'none') said += 'n';
    for (const { what } of origin.steps) said += `<${what}`;
    switch (one.state) {
      case 'known':
        said += `${one.quoted ? 'q' : 'k'}${typeof one.value}${one.raw.length}:${one.raw}`;
        return true;
      case 'object':
        if (one.entries.length > MOST_ITEMS) return false;
        said += `${one.open ? 'O' : 'o'}${one.byCaller ? 'g' : ''}${one.entries.length}`;
        for (const { key, when, value: inner } of one.entries) {
          if (when !== TRUE) return false;
          said += `.${key.length}:${key}`;
          if (!say(inner)) return false;
        }
        return true;
      case 'list':
        if (one.items.length > MOST_ITEMS) return false;
        said += `${one.open ? 'L' : 'l'}${one.items.length}`;
        for (const { when, value: inner } of one.items) if (when !== TRUE || !say(inner)) return false;
        return true;
      case 'template':
        said += `t${one.pieces.length}`;
        for (const piece of one.pieces) {
          if (typeof piece === 'string') said += `${piece.length}:${piece}`;
          else if (!say(piece)) return false;
        }
        return true;
      case 'reference':
        said += `r${one.to}.${one.attribute ?? ''}=${typeOf(one.to) ?? ''};`;
        return true;
      case 'unknown':
        if (one.admits) return false;
        said += `u${one.why},${one.refs.map((to) => `${to}=${typeOf(to) ?? ''}`).join()},${one.input ?? ''}${one.part ? ',part' : ''}${one.byCaller ? ',given' : ''}${one.single ? ',one' : ''};`;
        return true;
      case 'absent':
        said += one.open ? 'A' : 'a';
        return !one.default || say(one.default);
      case 'choice':
        return false;
    }
  };
  return say(value) && said.length <= LONGEST ? said : undefined;
}
