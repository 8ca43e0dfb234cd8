/** When two things that are written in different places, or at different times, say the same. */
import { TRUE } from '../base/guard.ts';
import type { Address, Value } from './value.ts';

/** The characters that a structural key may have: what is longer is written out for nothing more often than not. */
const LONGEST = 16_384;

/** The items that a list may have: of what is very long, or repeats itself, no more is evaluated than rules ask for. */
const MOST_ITEMS = 256;

/**
 * A text that values have in common only where everything that they say is the same, their places aside. `typeOf` says what a reference
 * leads to. Undefined for values that depend on the scenario, that only some texts can be, or that are very long.
 */
export function structuralKeyOf(value: Value, typeOf: (to: Address) => string | undefined): string | undefined {
  let said = '';
  /** Whether it could be said. Every text comes with its length, so that no two values run together to the same. */
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
        said += `${one.open ? 'O' : 'o'}${one.entries.length}`;
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
      case 'text':
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
        said += `u${one.why},${one.refs.map((to) => `${to}=${typeOf(to) ?? ''}`).join()},${one.input ?? ''}${one.part ? ',part' : ''}${one.byCaller ? ',given' : ''};`;
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
