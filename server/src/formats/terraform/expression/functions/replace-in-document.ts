/** `replace` in a JSON string that is represented by its value, such as the policy of a data source. */
import { flatMap } from '../../../../base/flat-map.ts';
import { mapLeaves } from '../../../../model/navigate.ts';
import type { UnknownPiece, Leaf, Value } from '../../../../model/value.ts';
import { lazyElement, lazyMember } from '../../../plain.ts';
import { boundedText, unknownOf } from '../combine.ts';
import { piecesOf } from '../conversions.ts';

/**
 * The document with a placeholder replaced in its strings. Undefined if the result is not certain: a string that can
 * also match the syntax of JSON, or a replacement that has to be escaped in it. Unknown parts are taken to be without
 * the placeholder, which is a name such as `_BUCKET_ARN_`.
 */
export function replacedInDocument(document: Leaf, search: string, by: Leaf | undefined): Value | undefined {
  const pieces = piecesOf(by);
  if (!/^[\w-]+$/.test(search) || !/[A-Za-z_]/.test(search) || SYNTAX.has(search)) return undefined;
  if (search.length < SHORTEST) return undefined;
  if (!pieces || pieces.some((piece) => typeof piece === 'string' && NEEDS_ESCAPE.test(piece))) return undefined;
  return replaced(document, { search, pieces });
}

/** Shorter strings occur in other words. */
const SHORTEST = 4;

/** The literals of JSON. */
const SYNTAX: ReadonlySet<string> = new Set(['true', 'false', 'null']);

const NEEDS_ESCAPE = /["\\\u0000-\u001F]/;

interface Replacement {
  readonly search: string;
  readonly pieces: readonly (string | UnknownPiece)[];
}

function replaced(value: Value, by: Replacement): Value {
  const unclear = (leaf: Leaf): Value => unknownOf({ ...leaf.origin, edit: 'none' }, 'function', [leaf]);
  return mapLeaves(value, (leaf): Value => {
    switch (leaf.state) {
      case 'known':
        if (leaf.value === null || !leaf.raw.includes(by.search)) return leaf;
        return typeof leaf.value === 'string'
          ? boundedText({ ...leaf.origin, edit: 'none' }, around(leaf.raw, by))
          : unclear(leaf);
      case 'template':
        return leaf.pieces.some((piece) => typeof piece === 'string' && piece.includes(by.search))
          ? boundedText(
              { ...leaf.origin, edit: 'none' },
              flatMap(leaf.pieces, (piece) => (typeof piece === 'string' ? around(piece, by) : [piece])),
            )
          : leaf;
      case 'list':
        return { ...leaf, items: leaf.items.map((item) => lazyElement(() => replaced(item.value, by), item.when)) };
      case 'object':
        if (leaf.entries.some(({ key }) => key.includes(by.search))) return unclear(leaf);
        return {
          ...leaf,
          entries: leaf.entries.map((entry) =>
            lazyMember(entry.key, entry.keyAt, () => replaced(entry.value, by), entry.when),
          ),
        };
      default:
        return leaf;
    }
  });
}

/** A string with the pieces in place of each occurrence. */
function around(text: string, { search, pieces }: Replacement): readonly (string | UnknownPiece)[] {
  return flatMap(text.split(search), (part, index) => [...(index > 0 ? pieces : []), part]).filter(
    (piece) => piece !== '',
  );
}
