/** `format` and `formatlist`. https://developer.hashicorp.com/terraform/language/functions/format */
import { flatMap } from '../../../../base/flat-map.ts';
import { MAYBE } from '../../../../base/guard.ts';
import { ownEntry } from '../../../../base/table.ts';
import { mapLeaves, unknown } from '../../../../model/navigate.ts';
import type { Element, Leaf, List, Origin, Value } from '../../../../model/value.ts';
import type { TextPiece } from '../../../text.ts';
import { anyItemOf } from '../any-item.ts';
import { itemsInOrder, listOf, listWith } from '../collections.ts';
import { boundedText, overCombinations, inText, unknownOf } from '../combine.ts';
import { terraformBoolean, asNumber, isEncoded, terraformText } from '../conversions.ts';
import { asSecret, computedFrom, scalar } from '../origin.ts';
import { MAX_ITEMS, type TerraformFunction } from './function.ts';
import { isPlainAscii } from './plain-text.ts';

/** The maximum field width. */
const MAX_WIDTH = 1000;

export const FORMAT_FUNCTIONS: Readonly<Record<string, TerraformFunction>> = { format, formatlist };

/** `%`, flags, width, precision, argument index and verb. */
const VERB = /(%[ +#0-]*(?:[1-9]\d*)?(?:\.\d+)?(?:\[\d+\])?.)/su;
const VERB_PARTS = /^%([ +#0-]*)((?:[1-9]\d*)?)(?:\.(\d+))?(?:\[(\d+)\])?(.)$/su;

/**
 * The result of a format. Unknown arguments become placeholders, and so do the placeholders of the format itself: a
 * value that is interpolated into a format is hardly ever meant to contain verbs.
 */
function format([pattern, ...args]: readonly Value[], origin: Origin): Value | undefined {
  const parts = pattern && partsOf(pattern);
  if (!parts) return undefined;
  const pieces: TextPiece[] = [];
  let next = 0;
  let used = 0;
  let explicit = false;
  for (const part of parts) {
    if (typeof part !== 'string') {
      pieces.push(part);
      continue;
    }
    for (const [index, piece] of part.split(VERB).entries()) {
      if (index % 2 === 0) {
        if (piece.includes('%')) return undefined;
        pieces.push(piece);
        continue;
      }
      const [, flags, width, precision, argument, verb] = VERB_PARTS.exec(piece)!;
      if (verb === '%') {
        pieces.push('%');
        continue;
      }
      if (argument !== undefined) {
        explicit = true;
        next = Number(argument) - 1;
      }
      const arg = args[next++];
      used = Math.max(used, next);
      if (!arg || Number(width) > MAX_WIDTH || Number(precision ?? 0) > 20) return undefined;
      const written = writtenAs(
        arg,
        {
          flags: flags!,
          width: Number(width),
          precision: precision === undefined ? undefined : Number(precision),
          verb: verb!,
        },
        origin,
      );
      if (!written) return undefined;
      pieces.push(written);
    }
  }
  // Terraform rejects unused arguments, unless the arguments have indexes.
  return used === args.length || explicit ? boundedText(computedFrom(origin, [pattern, ...args]), pieces) : undefined;
}

/** The text and placeholders of a format; undefined for another value. */
function partsOf(pattern: Value): readonly TextPiece[] | undefined {
  if (pattern.state === 'template') return pattern.pieces;
  return pattern.state === 'known' && typeof pattern.value === 'string' ? [pattern.raw] : undefined;
}

interface Verb {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  readonly verb: string;
}

/** The formatted value of a verb in every scenario; undefined for an unknown verb. */
function writtenAs(value: Value, verb: Verb, origin: Origin): Value | undefined {
  if (!'svdtqxXobf'.includes(verb.verb)) return undefined;
  const isBare = verb.flags === '' && verb.width === 0 && verb.precision === undefined;
  return mapLeaves(inText(value), (leaf) => {
    if (leaf.state === 'list' || leaf.state === 'object') return unknownOf(origin, 'function', [leaf]);
    if (leaf.state !== 'known')
      return isBare && 'svdt'.includes(verb.verb)
        ? leaf
        : { ...unknownOf(origin, 'function', [leaf]), from: { as: 'form', values: [leaf] } };
    const text = writtenText(leaf, verb);
    return text === undefined ? unknown(origin, 'function') : scalar(computedFrom(origin, [leaf]), text);
  });
}

function writtenText(leaf: Leaf, { flags, width, precision, verb }: Verb): string | undefined {
  const padded = (text: string): string | undefined =>
    isPlainAscii(text)
      ? flags.includes('-')
        ? text.padEnd(width)
        : text.padStart(width, flags.includes('0') ? '0' : ' ')
      : width === 0
        ? text
        : undefined;
  const [text, number] = [terraformText(leaf), asNumber(leaf)];
  if (text === undefined || /[ +#]/.test(flags) || (flags.includes('0') && flags.includes('-'))) return undefined;
  const signed = (digits: string): string =>
    number! < 0
      ? `-${digits.padStart(flags.includes('0') ? width - 1 : 0, '0')}`
          .padStart(flags.includes('-') ? 0 : width)
          .padEnd(width)
      : padded(digits)!;
  switch (verb) {
    case 's':
    case 'v':
      return precision === undefined ? padded(text) : undefined;
    case 'q':
      return precision === undefined && isPlainAscii(text) && !/[<>&]/.test(text)
        ? padded(JSON.stringify(text))
        : undefined;
    case 't':
      return terraformBoolean(leaf) === undefined ? undefined : text;
    case 'f': {
      const digits =
        number === undefined || Math.abs(number) > 1e9 || Math.abs(number) < 1e-6
          ? undefined
          : exact(Math.abs(number), precision ?? 6);
      return digits === undefined ? undefined : signed(digits);
    }
    default: {
      if (number === undefined || !Number.isSafeInteger(number) || precision !== undefined) return undefined;
      const digits = Math.abs(number).toString(ownEntry({ d: 10, x: 16, X: 16, o: 8, b: 2 }, verb));
      return signed(verb === 'X' ? digits.toUpperCase() : digits);
    }
  }
}

/**
 * A number with a fixed number of decimals; undefined if it has more decimals, because rounding of halves differs
 * between implementations.
 */
function exact(number: number, digits: number): string | undefined {
  const [whole, fraction = ''] = String(number).split('.');
  return fraction.length > digits ? undefined : digits === 0 ? whole! : `${whole}.${fraction.padEnd(digits, '0')}`;
}

/** Formats the items of lists in parallel. A value that is not a list is used for each item. */
function formatlist([pattern, ...args]: readonly Value[], origin: Origin): Value | undefined {
  if (!pattern) return undefined;
  return overCombinations(origin, [pattern, ...args], ([first, ...parts]) => {
    const made = computedFrom(origin, [first!, ...parts]);
    const lists = parts.map((part) =>
      part.state === 'list' && !isEncoded(part) ? (itemsInOrder(part) ?? 'open') : undefined,
    );
    const lengths = new Set(flatMap(lists, (items) => (items === undefined ? [] : [items.length])));
    // An unknown value can be a list of the same length, or one value for all items.
    const hidden = parts.map((part) =>
      part.state === 'unknown' || part.state === 'reference' ? unknownOf(made, 'function', [part]) : undefined,
    );
    const [length = 1] = lengths;
    if (lengths.size > 1 || length > MAX_ITEMS) return unknownOf(made, 'function', parts);
    if (lists.includes('open') || (lengths.size === 0 && hidden.some((part) => part))) {
      const list = formattedAny(first!, parts, made) ?? unknownOf(made, 'function', parts);
      return made.secret ? asSecret(list, made.secretByName) : list;
    }
    const texts = Array.from({ length }, (_, index) =>
      format(
        [
          first!,
          ...parts.map((part, at) => (lists[at] as readonly Value[] | undefined)?.[index] ?? hidden[at] ?? part),
        ],
        made,
      ),
    );
    if (texts.includes(undefined)) return unknownOf(made, 'function', parts);
    const list = listOf(made, texts as readonly Value[]);
    return made.secret ? asSecret(list, made.secretByName) : list;
  });
}

/**
 * The result for lists with unknown items, as of a `for` expression. The known items of a single list keep their
 * places; one optional item represents all others.
 */
function formattedAny(pattern: Leaf, parts: readonly Leaf[], made: Origin): Value | undefined {
  const isHidden = (part: Leaf): boolean => part.state === 'unknown' || part.state === 'reference';
  const lists = parts.filter((part): part is List => part.state === 'list' && !isEncoded(part));
  const [list] = lists.length === 1 && !parts.some(isHidden) ? lists : [];
  const known = list?.items ?? [];
  const others = list?.open === false ? [] : [{ when: MAYBE }];
  const items = [...known, ...others].map((item): Element | undefined => {
    const value = format(
      [
        pattern,
        ...parts.map((part) =>
          part === list && 'value' in item
            ? item.value
            : isHidden(part) || part.state === 'list'
              ? anyItemOf(part)
              : part,
        ),
      ],
      made,
    );
    return value && { value, when: item.when };
  });
  return items.includes(undefined) || items.length > MAX_ITEMS
    ? undefined
    : listWith(made, items as readonly Element[], 'unsettled');
}
