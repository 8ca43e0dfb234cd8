/** JSON in a template string with unknown parts, or without source positions: a policy in a string of Fn::Sub. */
import type { UnknownPiece, Origin, Value } from '../model/value.ts';
import { unknown } from '../model/navigate.ts';
import { parseJson } from '../syntax/json.ts';
import { readScalar } from '../syntax/scalar.ts';
import type { Node } from '../syntax/tree.ts';
import { lazyElement, lazyMember, MAX_VALUE_DEPTH } from './plain.ts';

/** The placeholders for unknown parts in the JSON: private-use characters, which no document contains. */
const BEGIN = '\uE000';
const END = '\uE001';
const STAND_IN = /\uE000(\d+)\uE001/;

/**
 * The value of JSON in the pieces of a string. It must be an object, unless any value is accepted. Undefined if it is
 * not JSON, or if an unknown part is outside of its strings. All its values have the range of the whole string and
 * cannot be edited.
 */
export function valueOfJson(
  pieces: readonly (string | UnknownPiece)[],
  of: Origin,
  kind: 'object' | 'any' = 'object',
): Value | undefined {
  if (pieces.some((piece) => typeof piece === 'string' && (piece.includes(BEGIN) || piece.includes(END))))
    return undefined;
  const {
    roots: [root, ...others],
    problems,
  } = parseJson(
    of.use.doc,
    pieces.map((piece, index) => (typeof piece === 'string' ? piece : `${BEGIN}${index}${END}`)).join(''),
  );
  if (
    !root ||
    (root.kind !== 'map' && kind === 'object') ||
    (root.kind === 'scalar' && root.style !== 'double' && !/^(?:-?\d[\d.eE+-]*|true|false|null)$/.test(root.value)) ||
    others.length > 0 ||
    problems.length > 0
  )
    return undefined;
  return valueOf(root, pieces, { ...of, edit: 'none' }, 0);
}

function valueOf(node: Node, pieces: readonly (string | UnknownPiece)[], origin: Origin, depth: number): Value {
  if (depth > MAX_VALUE_DEPTH) return unknown(origin, 'budget');
  switch (node.kind) {
    case 'scalar': {
      const read = readScalar(node);
      const parts = read.raw
        .split(STAND_IN)
        .flatMap((part, index): (string | UnknownPiece)[] =>
          index % 2 === 1 ? [pieces[Number(part)] as UnknownPiece] : part === '' ? [] : [part],
        );
      const [only] = parts;
      if (parts.length === 1 && typeof only === 'object')
        return only.state === 'unknown' ? { single: true, ...only } : only;
      return parts.some((part) => typeof part !== 'string')
        ? { state: 'template', origin, pieces: parts }
        : { state: 'known', origin, ...read };
    }
    case 'map':
      return {
        state: 'object',
        origin,
        open: node.pairs.some(({ name }) => STAND_IN.test(name)),
        entries: node.pairs
          .filter(({ name }) => !STAND_IN.test(name))
          .map((pair) => lazyMember(pair.name, origin.use, () => valueOf(pair.value, pieces, origin, depth + 1))),
      };
    case 'list':
      return {
        state: 'list',
        origin,
        open: false,
        items: node.items.map((item) => lazyElement(() => valueOf(item.value, pieces, origin, depth + 1))),
      };
    case 'alias':
      return unknown(origin, 'syntax');
  }
}
