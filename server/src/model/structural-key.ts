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
  let text = '';
  /**
   * Whether the key is complete. Every string is prefixed with its length, so that different values never have equal
   * keys.
   */
  const append = (one: Value): boolean => {
    if (text.length > LONGEST) return false;
    const { origin } = one;
    if (origin.secret) text += 's';
    if (origin.edit === 'none') text += 'n';
    for (const { what } of origin.steps) text += `<${what}`;
    switch (one.state) {
      case 'known':
        text += `${one.quoted ? 'q' : 'k'}${typeof one.value}${one.raw.length}:${one.raw}`;
        return true;
      case 'object':
        if (one.entries.length > MOST_ITEMS) return false;
        text += `${one.open ? 'O' : 'o'}${one.byCaller ? 'g' : ''}${one.entries.length}`;
        for (const { key, when, value: inner } of one.entries) {
          if (when !== TRUE) return false;
          text += `.${key.length}:${key}`;
          if (!append(inner)) return false;
        }
        return true;
      case 'list':
        if (one.items.length > MOST_ITEMS) return false;
        text += `${one.open ? 'L' : 'l'}${one.items.length}`;
        for (const { when, value: inner } of one.items) if (when !== TRUE || !append(inner)) return false;
        return true;
      case 'template':
        text += `t${one.pieces.length}`;
        for (const piece of one.pieces) {
          if (typeof piece === 'string') text += `${piece.length}:${piece}`;
          else if (!append(piece)) return false;
        }
        return true;
      case 'reference':
        text += `r${one.to}.${one.attribute ?? ''}=${typeOf(one.to) ?? ''};`;
        return true;
      case 'unknown':
        if (one.admits) return false;
        text += `u${one.why},${one.refs.map((to) => `${to}=${typeOf(to) ?? ''}`).join()},${one.input ?? ''}${one.part ? ',part' : ''}${one.byCaller ? ',given' : ''}${one.single ? ',one' : ''};`;
        return true;
      case 'absent':
        text += one.open ? 'A' : 'a';
        return !one.default || append(one.default);
      case 'choice':
        return false;
    }
  };
  return append(value) && text.length <= LONGEST ? text : undefined;
}
