/** Texts of any characters, as `fc.string({ unit: 'binary' })` makes them. */
import * as fc from 'fast-check';

const SURROGATES = { first: 0xd800, count: 0x800 } as const;

/**
 * Any code point but those of surrogates. The unit of fast-check lists all of them to find the number of one, which
 * takes seconds and the memory of a million entries in each process; here it is computed.
 */
const ANY_CHARACTER = fc.nat(0x10_ffff - SURROGATES.count).map(
  (index) => String.fromCodePoint(index < SURROGATES.first ? index : index + SURROGATES.count),
  (character) => {
    const point = typeof character === 'string' && [...character].length === 1 ? character.codePointAt(0)! : -1;
    if (point < 0 || (point >= SURROGATES.first && point < SURROGATES.first + SURROGATES.count))
      throw new Error('not a character');
    return point < SURROGATES.first ? point : point - SURROGATES.count;
  },
);

/** A text of some length. */
export function anyText(
  lengths: { readonly minLength?: number; readonly maxLength?: number } = {},
): fc.Arbitrary<string> {
  return fc.string({ unit: ANY_CHARACTER, ...lengths });
}
