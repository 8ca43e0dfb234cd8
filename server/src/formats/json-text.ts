/** JSON in a template string with unknown parts, or without source positions: a policy in a string of Fn::Sub. */
import { flatMap } from '../base/flat-map.ts';
import type { Address, UnknownPiece, Origin, Value } from '../model/value.ts';
import { unknown } from '../model/navigate.ts';
import { parseJson } from '../syntax/json.ts';
import { readScalar } from '../syntax/scalar.ts';
import type { ListNode, MapNode, Node } from '../syntax/tree.ts';
import { hasPlaceholders, JSON_PART, PART, jsonWithPlaceholders } from './json-placeholders.ts';
import { lazyElement, lazyMember, MAX_VALUE_DEPTH } from './plain.ts';

type Piece = string | UnknownPiece;

/**
 * The value of JSON in the pieces of a string. It must be an object, unless any value is accepted. An unknown part
 * outside of strings is an unknown value, or some items of a list or entries of an object. Undefined if it is not JSON.
 * All its values have the range of the whole string and cannot be edited.
 */
export function valueOfJson(
  pieces: readonly Piece[],
  of: Origin,
  kind: 'object' | 'any' = 'object',
): Value | undefined {
  if (pieces.some((piece) => typeof piece === 'string' && hasPlaceholders(piece))) return undefined;
  const {
    roots: [root, ...others],
    problems,
  } = parseJson(of.use.doc, jsonWithPlaceholders(pieces));
  if (
    !root ||
    (root.kind !== 'map' && kind === 'object') ||
    (root.kind === 'scalar' && root.style !== 'double' && !/^(?:-?\d[\d.eE+-]*|true|false|null)$/.test(root.value)) ||
    (root.kind === 'scalar' && isJson(root)) ||
    others.length > 0 ||
    problems.length > 0
  )
    return undefined;
  return valueOf(root, pieces, { ...of, edit: 'none' }, 0);
}

/** Whether a node is the placeholder for JSON. */
function isJson(node: Node): boolean {
  return node.kind === 'scalar' && JSON_PART.test(node.value);
}

function valueOf(node: Node, pieces: readonly Piece[], origin: Origin, depth: number): Value {
  if (depth > MAX_VALUE_DEPTH) return unknown(origin, 'budget');
  switch (node.kind) {
    case 'scalar': {
      const read = readScalar(node);
      const [, json] = JSON_PART.exec(read.raw) ?? [];
      if (json !== undefined) return unknown(origin, 'function', refsOf(pieces[Number(json)] as UnknownPiece));
      const parts = flatMap(read.raw.split(PART), (part, index): Piece[] =>
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
      return objectOf(node, pieces, origin, depth);
    case 'list':
      return listOf(node, pieces, origin, depth);
    case 'alias':
      return unknown(origin, 'syntax');
  }
}

/** An object, which is open if a key is unknown. */
function objectOf({ pairs }: MapNode, pieces: readonly Piece[], origin: Origin, depth: number): Value {
  const known = pairs.filter(({ name }) => !hasPlaceholders(name));
  return {
    state: 'object',
    origin,
    open: known.length < pairs.length,
    entries: known.map((pair) =>
      lazyMember(pair.name, origin.use, () => valueOf(pair.value, pieces, origin, depth + 1)),
    ),
  };
}

/** A list, which is open if there is JSON in the place of an item: a loop can render several. */
function listOf({ items }: ListNode, pieces: readonly Piece[], origin: Origin, depth: number): Value {
  const known = items.filter(({ value }) => !isJson(value));
  return {
    state: 'list',
    origin,
    open: known.length < items.length,
    items: known.map((item) => lazyElement(() => valueOf(item.value, pieces, origin, depth + 1))),
  };
}

function refsOf(piece: UnknownPiece): readonly Address[] {
  return piece.state === 'reference' ? [piece.to] : piece.refs;
}
