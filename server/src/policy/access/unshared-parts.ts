/** The parts in which two strings with placeholders can differ. */
import { UNKNOWN_PIECE } from '../text/unknown-piece.ts';

/** A placeholder with its source, or a character. Without a source, its value is not known to be the same elsewhere. */
const PARTS = new RegExp(`${UNKNOWN_PIECE}[^${UNKNOWN_PIECE}]*${UNKNOWN_PIECE}|[^]`, 'g');

/** Parts that can differ between two strings: wildcards, and placeholders without a source. */
const VARYING = new RegExp(`^(?:[*?]|${UNKNOWN_PIECE}+|[\\uE000-\\uF8FF])$`);

/** What a string about the objects of a bucket ends with. The name before it has no slash. */
const OBJECTS = '/*';

/**
 * Two strings without the parts that both begin and end with. Placeholders of one source have one value, so
 * `${App}-logs-${Region}` and `${App}-${Region}` are the same only if `logs-` is empty.
 * @param isBucket Whether they name a bucket or its objects.
 */
export function withoutShared(one: string, other: string, isBucket: boolean): readonly [string, string] {
  const partsOf = (text: string): readonly string[] => text.match(PARTS) ?? [];
  const [ofOne, ofOther] = [partsOf(one), partsOf(other)];
  const areObjects = isBucket && isOfObjects(ofOne) && isOfObjects(ofOther);
  const named = (parts: readonly string[]): readonly string[] => (areObjects ? parts.slice(0, -OBJECTS.length) : parts);
  const [ownParts, otherParts] = [named(ofOne), named(ofOther)];
  const isShared = (part: string | undefined, as: string | undefined): boolean =>
    part !== undefined && part === as && !VARYING.test(part);
  const shortest = Math.min(ownParts.length, otherParts.length);
  let start = 0;
  while (start < shortest && isShared(ownParts[start], otherParts[start])) start += 1;
  let end = 0;
  while (end < shortest - start && isShared(ownParts.at(-1 - end), otherParts.at(-1 - end))) end += 1;
  return [
    ownParts.slice(start, ownParts.length - end).join(''),
    otherParts.slice(start, otherParts.length - end).join(''),
  ];
}

/** Whether a string is about all objects of a bucket, with nothing else that can contain a slash but placeholders. */
function isOfObjects(parts: readonly string[]): boolean {
  return (
    parts.slice(-OBJECTS.length).join('') === OBJECTS &&
    !parts.slice(0, -OBJECTS.length).some((part) => /^[/*?]$/.test(part))
  );
}
