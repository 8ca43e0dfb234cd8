/** String functions. The certain parts of a template string are kept. */
import { flatMap } from '../../../../base/flat-map.ts';
import { TRUE } from '../../../../base/guard.ts';
import { leaves, unknown } from '../../../../model/navigate.ts';
import type { UnknownPiece, Leaf, Origin, Value } from '../../../../model/value.ts';
import { staysWhole, splitText } from '../../../split-text.ts';
import type { TextPiece } from '../../../text.ts';
import { itemsInOrder, listOf, listWith } from '../collections.ts';
import { boundedText, inText, unknownOf } from '../combine.ts';
import { integerOf, isEncoded, piecesOf, terraformText } from '../conversions.ts';
import { scalar } from '../origin.ts';
import { MAX_ITEMS, ofLeaves, perLeaf, type LeafFunction, type TerraformFunction } from './function.ts';
import { replacedPattern } from './pattern.ts';
import { replacedInDocument } from './replace-in-document.ts';
import { isPlainAscii } from './plain-text.ts';

/** The maximum indentation and the like. Larger values are unknown. */
const MAX_WIDTH = 1000;

type Pieces = readonly (string | UnknownPiece)[];

export const TEXT_FUNCTIONS: Readonly<Record<string, TerraformFunction>> = {
  basename: perLeaf(([leaf], origin) => pathPart(leaf, origin, (path) => path.slice(path.lastIndexOf('/') + 1) || '/')),
  chomp: perLeaf(atEnds({ end: (text) => text.replace(/(?<![\r\n])[\r\n]+$/, '') })),
  dirname: perLeaf(([leaf], origin) =>
    pathPart(leaf, origin, (path) => (path.includes('/') ? path.slice(0, path.lastIndexOf('/')) || '/' : '.')),
  ),
  endswith: perLeaf(endswith),
  indent: perLeaf(indent),
  join: perLeaf(join),
  lower: perLeaf(everywhere((text) => byCharacter(text, (character) => character.toLowerCase()))),
  replace: ofLeaves(replaceAnywhere),
  split: perLeaf(split),
  startswith: perLeaf(startswith),
  strcontains: perLeaf(strcontains),
  strrev: perLeaf(([leaf], origin) => {
    const text = terraformText(leaf);
    return text === undefined || !isPlainAscii(text) ? undefined : scalar(origin, [...text].reverse().join(''));
  }),
  substr: perLeaf(substr),
  title: perLeaf(([leaf], origin) => {
    const text = terraformText(leaf);
    return text === undefined || !isPlainAscii(text)
      ? undefined
      : scalar(
          origin,
          text.replaceAll(/(?<!\w)[a-z]/g, (letter) => letter.toUpperCase()),
        );
  }),
  trim: perLeaf(trim),
  trimprefix: perLeaf(trimprefix),
  trimspace: perLeaf(atEnds({ start: (text) => text.trimStart(), end: (text) => text.trimEnd() })),
  trimsuffix: perLeaf(trimsuffix),
  upper: perLeaf(everywhere((text) => byCharacter(text, (character) => character.toUpperCase()))),
};

/** A string with each character mapped to one character; characters that map to several are kept. */
function byCharacter(text: string, f: (character: string) => string): string {
  return [...text]
    .map((character) => {
      const made = f(character);
      return [...made].length === 1 ? made : character;
    })
    .join('');
}

/** An unknown part after the application of a function. */
function changed(unknownPiece: UnknownPiece, origin: Origin): UnknownPiece {
  return {
    ...unknownOf(origin, unknownPiece.state === 'unknown' ? unknownPiece.why : 'function', [unknownPiece]),
    from: { as: 'form', values: [unknownPiece] },
  };
}

/** A part of a path on systems with `/` as the separator. */
function pathPart(leaf: Leaf | undefined, origin: Origin, f: (path: string) => string): Value | undefined {
  const path = terraformText(leaf);
  // Terraform normalizes other paths, which is not supported here.
  return path === undefined || path === '' || /\/\/|(?:^|\/)\.\.?(?:\/|$)|.\/$|\\/.test(path)
    ? undefined
    : scalar(origin, f(path));
}

/** A function that applies to each piece separately. */
function everywhere(f: (text: string) => string): LeafFunction {
  return ([leaf], origin) => {
    const pieces = piecesOf(leaf);
    return pieces && hasText(pieces)
      ? boundedText(
          origin,
          pieces.map((piece) => (typeof piece === 'string' ? f(piece) : changed(piece, origin))),
        )
      : undefined;
  };
}

function hasText(pieces: Pieces): boolean {
  return pieces.some((piece) => typeof piece === 'string') || pieces.length === 0;
}

/**
 * A function that removes characters at the ends. If it removes a piece completely, it can continue in the placeholder
 * next to it.
 */
function atEnds({
  start,
  end,
}: {
  readonly start?: (text: string) => string;
  readonly end?: (text: string) => string;
}): LeafFunction {
  return ([leaf], origin) => {
    const pieces = piecesOf(leaf);
    if (!pieces || !hasText(pieces)) return undefined;
    const result = [...pieces];
    if (end) {
      while (typeof result.at(-1) === 'string' && end(result.at(-1) as string) === '') result.pop();
      const last = result.pop();
      if (last !== undefined) result.push(typeof last === 'string' ? end(last) : changed(last, origin));
    }
    if (start) {
      while (typeof result[0] === 'string' && start(result[0]) === '') result.shift();
      const first = result.shift();
      if (first !== undefined) result.unshift(typeof first === 'string' ? start(first) : changed(first, origin));
    }
    return boundedText(origin, result);
  };
}

function trim([text, cutset]: readonly Leaf[], origin: Origin): Value | undefined {
  const characters = terraformText(cutset);
  if (characters === undefined || !text) return undefined;
  const cut = new Set(characters);
  const from = (characters: readonly string[]): number => {
    const at = characters.findIndex((character) => !cut.has(character));
    return at < 0 ? characters.length : at;
  };
  return atEnds({
    start: (piece) => [...piece].slice(from([...piece])).join(''),
    end: (piece) =>
      [...piece]
        .reverse()
        .slice(from([...piece].reverse()))
        .reverse()
        .join(''),
  })([text], origin);
}

/** Whether a string begins with another one; undefined if this depends on a placeholder. */
function begins(pieces: Pieces, prefix: string): boolean | undefined {
  const first = pieces[0] ?? '';
  if (prefix === '') return true;
  if (typeof first !== 'string') return undefined;
  if (first.startsWith(prefix)) return true;
  return pieces.length > 1 && prefix.startsWith(first) ? undefined : false;
}

function ends(pieces: Pieces, suffix: string): boolean | undefined {
  const last = pieces.at(-1) ?? '';
  if (suffix === '') return true;
  if (typeof last !== 'string') return undefined;
  if (last.endsWith(suffix)) return true;
  return pieces.length > 1 && suffix.endsWith(last) ? undefined : false;
}

function startswith([text, prefix]: readonly Leaf[], origin: Origin): Value | undefined {
  const [pieces, wanted] = [piecesOf(text), terraformText(prefix)];
  const holds = pieces && wanted !== undefined ? begins(pieces, wanted) : undefined;
  return holds === undefined ? undefined : scalar(origin, holds);
}

function endswith([text, suffix]: readonly Leaf[], origin: Origin): Value | undefined {
  const [pieces, wanted] = [piecesOf(text), terraformText(suffix)];
  const holds = pieces && wanted !== undefined ? ends(pieces, wanted) : undefined;
  return holds === undefined ? undefined : scalar(origin, holds);
}

function strcontains([text, part]: readonly Leaf[], origin: Origin): Value | undefined {
  const [pieces, wanted] = [piecesOf(text), terraformText(part)];
  if (!pieces || wanted === undefined) return undefined;
  if (pieces.some((piece) => typeof piece === 'string' && piece.includes(wanted)) || wanted === '')
    return scalar(origin, true);
  return pieces.every((piece) => typeof piece === 'string') ? scalar(origin, false) : undefined;
}

function trimprefix([text, prefix]: readonly Leaf[], origin: Origin): Value | undefined {
  const [pieces, cut] = [piecesOf(text), terraformText(prefix)];
  const holds = pieces && cut !== undefined ? begins(pieces, cut) : undefined;
  if (holds === undefined) return undefined;
  const [first, ...rest] = pieces!;
  return boundedText(origin, holds && typeof first === 'string' ? [first.slice(cut!.length), ...rest] : pieces!);
}

function trimsuffix([text, suffix]: readonly Leaf[], origin: Origin): Value | undefined {
  const [pieces, cut] = [piecesOf(text), terraformText(suffix)];
  const holds = pieces && cut !== undefined ? ends(pieces, cut) : undefined;
  if (holds === undefined) return undefined;
  const last = pieces!.at(-1);
  return boundedText(
    origin,
    holds && typeof last === 'string' ? [...pieces!.slice(0, -1), last.slice(0, last.length - cut!.length)] : pieces!,
  );
}

/** Replaces also in a JSON string that is represented by its value. */
function replaceAnywhere(args: readonly Leaf[], origin: Origin): Value | undefined {
  const [text, wanted, by] = args;
  if (text?.state !== 'object') return args.some(isEncoded) ? undefined : replace(args, origin);
  const search = terraformText(wanted);
  return search === undefined ? undefined : replacedInDocument(text, search, by);
}

/**
 * A string between slashes is a regular expression.
 * https://developer.hashicorp.com/terraform/language/functions/replace
 */
function replace([text, wanted, by]: readonly Leaf[], origin: Origin): Value | undefined {
  const [pieces, search, substitute] = [piecesOf(text), terraformText(wanted), piecesOf(by)];
  if (!pieces || search === undefined || !substitute || search === '') return undefined;
  if (/^\/.*\/$/s.test(search)) {
    const replacement = terraformText(by);
    const made =
      pieces.length === 1 && typeof pieces[0] === 'string' && replacement !== undefined
        ? replacedPattern(pieces[0], search.slice(1, -1), replacement)
        : undefined;
    return made === undefined ? undefined : scalar(origin, made);
  }
  if (!hasText(pieces) || mayOverlapPlaceholder(pieces, search)) return undefined;
  return boundedText(
    origin,
    flatMap(pieces, (piece): Pieces =>
      typeof piece === 'string'
        ? flatMap(piece.split(search), (part, index) => [...(index > 0 ? substitute : []), part])
        : [changed(piece, origin)],
    ),
  );
}

/** Whether an occurrence of a string can overlap both a placeholder and the literal text next to it. */
function mayOverlapPlaceholder(pieces: Pieces, search: string): boolean {
  if (pieces.length < 2) return false;
  return pieces.some((piece, index) => {
    if (typeof piece !== 'string') return false;
    for (let length = 1; length < search.length; length++) {
      if (index < pieces.length - 1 && piece.endsWith(search.slice(0, length))) return true;
      if (index > 0 && piece.startsWith(search.slice(-length))) return true;
    }
    // It can also occur inside the placeholder.
    return search.length > piece.length && search.includes(piece);
  });
}

/** The text before the first unknown part is certain, except for its end, which can continue in that part. */
function split([separator, text]: readonly Leaf[], origin: Origin): Value | undefined {
  const [by, pieces] = [terraformText(separator), piecesOf(text)];
  if (by === undefined || !pieces) return undefined;
  if (by !== '') {
    const { parts, open } = splitText(pieces, by, origin, (unknownPiece) =>
      isInOnePart(unknownPiece, by, pieces.length === 1),
    );
    if (parts.length > MAX_ITEMS || (parts.length === 0 && open && typeof pieces[0] !== 'string')) return undefined;
    return open
      ? listWith(
          origin,
          parts.map((value) => ({ value, when: TRUE })),
          'unsettled',
          true,
        )
      : listOf(origin, parts);
  }
  const first = pieces[0] ?? '';
  if (typeof first !== 'string' || first.length > MAX_ITEMS || !isPlainAscii(first)) return undefined;
  const items = [...first].map((part) => scalar(origin, part));
  if (pieces.length <= 1) return listOf(origin, items);
  const certain = items.slice(0, -1).map((value) => ({ value, when: TRUE }));
  return listWith(origin, certain, 'unsettled', true);
}

/** Whether a placeholder is the ID, ARN or name of a resource that AWS creates, without the delimiter. */
function isInOnePart(unknownPiece: UnknownPiece, by: string, isAlone: boolean): boolean {
  if (unknownPiece.state !== 'reference') return false;
  const [, type] = /(?:^|\.)(aws_\w+)\.[^.]+$/.exec(unknownPiece.to) ?? [];
  return type !== undefined && staysWhole(unknownPiece, type, by, isAlone);
}

/** Extracts a substring by position. With placeholders, only positions before the first one are certain. */
function substr([text, offset, length]: readonly Leaf[], origin: Origin): Value | undefined {
  const [pieces, start, size] = [piecesOf(text), integerOf(offset), integerOf(length)];
  const first = pieces?.[0] ?? '';
  if (
    !pieces ||
    typeof first !== 'string' ||
    start === undefined ||
    size === undefined ||
    size < -1 ||
    !isPlainAscii(first)
  )
    return undefined;
  const from = start < 0 ? first.length + start : start;
  if (from < 0) return undefined;
  if (pieces.length <= 1) return scalar(origin, size < 0 ? first.slice(from) : first.slice(from, from + size));
  if (start < 0 || from > first.length) return undefined;
  if (size < 0) return boundedText(origin, [first.slice(from), ...pieces.slice(1)]);
  return from + size <= first.length ? scalar(origin, first.slice(from, from + size)) : undefined;
}

function indent([spaces, text]: readonly Leaf[], origin: Origin): Value | undefined {
  const width = integerOf(spaces);
  if (width === undefined || width < 0 || width > MAX_WIDTH || !text) return undefined;
  const pieces = piecesOf(text);
  const size =
    pieces?.reduce((sum, piece) => sum + (typeof piece === 'string' ? piece.split('\n').length * width : 0), 0) ??
    Infinity;
  return size > 1_000_000
    ? undefined
    : everywhere((piece) => piece.replaceAll('\n', `\n${' '.repeat(width)}`))([text], origin);
}

function join([separator, ...lists]: readonly Leaf[], origin: Origin): Value | undefined {
  const by = terraformText(separator);
  if (by === undefined) return undefined;
  const pieces: TextPiece[] = [];
  const all: Value[] = [];
  for (const list of lists) {
    const items = itemsInOrder(list);
    if (!items) return undefined;
    all.push(...items);
    for (const item of items)
      pieces.push(
        ...(pieces.length > 0 ? [by] : []),
        item.state === 'list' || item.state === 'object' ? unknown(origin, 'syntax') : inText(item),
      );
  }
  // A single part is that string, also if it represents an encoded JSON document.
  const [only] = all;
  return all.length === 1 && leaves(only!).some(({ value }) => value.state === 'object')
    ? only
    : boundedText(origin, pieces);
}
