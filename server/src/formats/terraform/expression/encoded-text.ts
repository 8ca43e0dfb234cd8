/** The string of a `jsonencode` result that is interpolated into another string. */
import { flatMap } from '../../../base/flat-map.ts';
import { mapLeaves, unknown } from '../../../model/navigate.ts';
import type { Leaf, Origin, Value } from '../../../model/value.ts';
import { concatenated, type TextPiece } from '../../text.ts';
import { entriesInOrder, isCertain } from './collections.ts';
import { orderOf } from './order.ts';

/** The maximum number and nesting depth of encoded values. */
const MAX_VALUES = 1000;
const MAX_DEPTH = 50;

/**
 * The pieces of the JSON text of a value; undefined if it is not known which items or entries it has in every scenario.
 * An unknown value, and the further items or entries of an open collection, are unknown pieces outside of strings.
 */
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
      return /(?:^|[._])(?:arn|id|name)$/.test(value.attribute ?? '') ? ['"', value, '"'] : [value];
    case 'unknown':
      return [value];
    case 'list':
      return orderOf(value) === 'unsettled' || !value.items.every(isCertain)
        ? undefined
        : joined('[', [...value.items.map((item) => written(item.value, budget, depth + 1)), ...rest(value)], ']');
    case 'object':
      return value.entries.every(isCertain)
        ? joined(
            '{',
            [
              ...entriesInOrder(value.entries).map((entry) => {
                const inner = written(entry.value, budget, depth + 1);
                return inner && [`${quoted(entry.key)}:`, ...inner];
              }),
              ...rest(value),
            ],
            '}',
          )
        : undefined;
    case 'choice':
      return [
        mapLeaves(value, (leaf) => {
          const pieces = written(leaf, budget, depth + 1);
          return pieces ? concatenated(leaf.origin, pieces) : unknown(leaf.origin, 'function');
        }),
      ];
    default:
      return undefined;
  }
}

/** What an open collection can have besides. */
function rest({
  open,
  origin,
}: {
  readonly open: boolean;
  readonly origin: Origin;
}): readonly (readonly TextPiece[])[] {
  return open ? [[unknown(origin, 'computed')]] : [];
}

function joined(
  begin: string,
  parts: readonly (readonly TextPiece[] | undefined)[],
  end: string,
): readonly TextPiece[] | undefined {
  if (parts.includes(undefined)) return undefined;
  return [begin, ...flatMap(parts, (part, index) => (index === 0 ? part! : [',', ...part!])), end];
}

/** Escapes as Terraform writes them. https://developer.hashicorp.com/terraform/language/functions/jsonencode */
function quoted(text: string): string {
  return JSON.stringify(text).replaceAll(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
