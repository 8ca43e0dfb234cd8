/** Values that the transform generates from data with placeholders. */
import { TRUE } from '../../base/guard.ts';
import { placeholdersIn } from '../../base/placeholders.ts';
import type { Element, Origin, Value } from '../../model/value.ts';
import { concatenated, type TextPiece } from '../text.ts';
import type { Json } from './mapping.ts';

/**
 * The value of a placeholder, and whether the author wrote it. If so, the string that contains it has the place of that
 * value.
 */
export interface FilledPlaceholder {
  readonly value: Value;
  readonly written: boolean;
}

const NOTHING = (): undefined => undefined;

/** JSON as a value at a place. `fill` returns the value for `${Name}` in its strings, if there is one. */
export function jsonValue(
  json: Json,
  at: Origin,
  fill: (name: string) => FilledPlaceholder | undefined = NOTHING,
): Value {
  if (typeof json === 'string') return textValue(json, at, fill);
  if (Array.isArray(json))
    return {
      state: 'list',
      origin: at,
      open: false,
      items: json.map((item: Json): Element => ({ when: TRUE, value: jsonValue(item, at, fill) })),
    };
  if (typeof json === 'object' && json !== null) {
    return {
      state: 'object',
      origin: at,
      open: false,
      entries: Object.entries(json).map(([key, value]) => ({
        key,
        keyAt: at.use,
        when: TRUE,
        value: jsonValue(value, at, fill),
      })),
    };
  }
  return { state: 'known', origin: at, raw: String(json), quoted: false, value: json };
}

function textValue(text: string, at: Origin, fill: (name: string) => FilledPlaceholder | undefined): Value {
  const pieces: TextPiece[] = [];
  let place = at;
  let from = 0;
  for (const { start, end, inside } of placeholdersIn(text)) {
    const found = fill(inside);
    if (!found) continue;
    // A part of a secret is secret. Its place is that of the whole value, which findings refer to.
    if (found.written) place = { ...found.value.origin, edit: 'none' };
    pieces.push(text.slice(from, start), found.value);
    from = end;
  }
  if (pieces.length === 0) return { state: 'known', origin: at, raw: text, quoted: true, value: text };
  return concatenated(place, [...pieces, text.slice(from)]);
}
