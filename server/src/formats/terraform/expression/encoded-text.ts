/** The string of a `jsonencode` result that is interpolated into another string. */
import type { Leaf, Value } from '../../../model/value.ts';
import type { TextPiece } from '../../text.ts';
import { entriesInOrder, isCertain, itemsInOrder } from './collections.ts';

/** The maximum number and nesting depth of encoded values. */
const MAX_VALUES = 1000;
const MAX_DEPTH = 50;

/** The pieces of the JSON text of a list or object; undefined if its keys or items are not all known. */
export function encodedPieces(leaf: Leaf): readonly TextPiece[] | undefined {
  return written(leaf, { left: MAX_VALUES }, 0);
}

function written(value: Value, budget: { left: number }, depth: number): readonly TextPiece[] | undefined {
  if (budget.left-- <= 0 || depth > MAX_DEPTH) return undefined;
  switch (value.state) {
    case 'known':
      return [typeof value.value === 'string' ? quoted(value.value) : value.raw];
    case 'template':
      return [
        '"',
        ...value.pieces.map((piece) => (typeof piece === 'string' ? quoted(piece).slice(1, -1) : piece)),
        '"',
      ];
    // Names of resources are strings; other unknown values can be numbers or lists.
    case 'reference':
      return /(?:^|[._])(?:arn|id|name)$/.test(value.attribute ?? '') ? ['"', value, '"'] : undefined;
    case 'list':
      return joined(
        '[',
        itemsInOrder(value)?.map((item) => written(item, budget, depth + 1)),
        ']',
      );
    case 'object':
      return value.open || !value.entries.every(isCertain)
        ? undefined
        : joined(
            '{',
            entriesInOrder(value.entries).map((entry) => {
              const inner = written(entry.value, budget, depth + 1);
              return inner && [`${quoted(entry.key)}:`, ...inner];
            }),
            '}',
          );
    default:
      return undefined;
  }
}

function joined(
  begin: string,
  parts: readonly (readonly TextPiece[] | undefined)[] | undefined,
  end: string,
): readonly TextPiece[] | undefined {
  if (!parts || parts.includes(undefined)) return undefined;
  return [begin, ...parts.flatMap((part, index) => (index === 0 ? part! : [',', ...part!])), end];
}

/** Escapes as Terraform writes them. https://developer.hashicorp.com/terraform/language/functions/jsonencode */
function quoted(text: string): string {
  return JSON.stringify(text).replaceAll(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
