/** JSON in a Fn::Join: a policy in string pieces with references between them. */
import type { Span } from '../../base/span.ts';
import { leaves, unknown } from '../../model/navigate.ts';
import type { EditPlace, Leaf, Value } from '../../model/value.ts';
import { scalarLayer } from '../../syntax/embedded.ts';
import { parseJson } from '../../syntax/json.ts';
import { isPlaceable, offsetMap } from '../../syntax/offset-map.ts';
import { readScalar } from '../../syntax/scalar.ts';
import type { Node, ScalarNode, Tree } from '../../syntax/tree.ts';
import { locatedAt, originOf } from '../located.ts';
import { MAX_VALUE_DEPTH } from '../plain.ts';
import { concatenated, type TextPiece } from '../text.ts';
import { argumentList, callOf, plainText } from './call.ts';
import { collectionValue } from './collection-value.ts';
import type { Template } from './evaluate.ts';
import { hasMarks, JoinLayer, marked, markedParts, markFor, type Segment } from './join-layer.ts';
import { textOfIteration } from './loop-text.ts';
import { looksLikeJson } from './sub-document.ts';
import { unclosedIn } from './unclosed.ts';

/** A Fn::Join as written. */
export interface WrittenJoin {
  readonly template: Template;
  readonly items: readonly Node[];
  readonly delimiter: string;
  readonly key: Span | undefined;
  readonly edit: EditPlace;
}

/** Whether the concatenated items look like JSON. */
export function beginsLikeJson(template: Template, [first]: readonly Node[]): boolean {
  const text = first && (writtenText(first)?.scalar.value ?? template.text(first));
  return text !== undefined && looksLikeJson(text);
}

/** The maximum length of a string that is parsed. */
const LONGEST = 1_000_000;

/**
 * The JSON in the items of a Fn::Join, with the place of each value; undefined if it is not JSON. Values within one
 * item can be edited there. If an item that is defined elsewhere contains more than a part of a JSON string, its values
 * have the place of the item.
 */
export function joinDocument(joined: WrittenJoin): Value | undefined {
  return documentOf(joined, () => undefined) ?? documentOf(joined, textElsewhere);
}

function documentOf(
  { template, items, delimiter, key, edit }: WrittenJoin,
  elsewhere: (leaf: Leaf) => readonly TextPiece[] | undefined,
): Value | undefined {
  const { tree } = template;
  const segments: Segment[] = [];
  const interpolated: (() => Value)[] = [];
  let text = '';
  for (const [index, node] of items.entries()) {
    if (index > 0) text += delimiter;
    const written = writtenText(node);
    if (written && isPlaceable(tree, written.scalar)) {
      const { scalar, isSub, hasOwn } = written;
      if (hasMarks(scalar.value)) return undefined;
      segments.push({ start: text.length, node, layer: scalarLayer(tree, scalar), isSub, edit });
      text += marked(scalar.value, { isSub, hasOwn, isBound: (name) => template.bindings.texts.has(name) });
      continue;
    }
    const value = (): Value => template.evaluate(node, undefined, edit);
    const [only, ...others] = written ? [] : leaves(value());
    const pieces = only && others.length === 0 ? elsewhere(only.value) : undefined;
    const place = pieces ? only!.value.origin.edit : edit;
    segments.push({
      start: text.length,
      node,
      layer: undefined,
      isSub: false,
      edit: place === 'here' ? 'none' : place,
    });
    for (const piece of pieces ?? [undefined])
      text += typeof piece === 'string' ? piece : markFor(interpolated.push(() => piece ?? value()) - 1);
    if (text.length > LONGEST) return undefined;
  }
  const scalar = segments.find(({ layer }) => layer)?.layer!.scalar;
  const read = parseJson(tree.doc, text);
  const [root] = read.roots;
  if (!scalar || !root || root.kind === 'scalar' || read.roots.length > 1 || read.problems.length > 0) return undefined;
  const layer = new JoinLayer(tree, scalar, segments);
  const inner: Tree = { ...read, layer, ...(segments.some(({ isSub }) => isSub) ? { placeholders: 'parts' } : {}) };
  return valueOf({ tree: inner, layer, template, edit, interpolated }, root, key, 0);
}

/** A literal string in an item. */
interface WrittenText {
  readonly scalar: ScalarNode;
  readonly isSub: boolean;
  /** Whether it is an Fn::Sub string with variables of its own. */
  readonly hasOwn: boolean;
}

/**
 * The literal string of an item, or the Fn::Sub string of an item with pieces of JSON; undefined for an interpolated
 * item.
 */
function writtenText(node: Node): WrittenText | undefined {
  const call = callOf(node);
  if (!call) return node.kind === 'scalar' ? { scalar: node, isSub: false, hasOwn: false } : undefined;
  if (call.name !== 'Fn::Sub') return undefined;
  const list = argumentList(call);
  const scalar = list ? list[0] : call.argument;
  if (scalar?.kind !== 'scalar' || (list && plainText(scalar) === undefined) || call.argument.kind === 'alias')
    return undefined;
  // A string without quotes is a part of a JSON string and is interpolated. An unclosed placeholder has an unknown
  // meaning.
  const text = scalar.value;
  const isJson = text.includes('"') && unclosedIn(text.slice(text.lastIndexOf('}') + 1)) === undefined;
  return isJson ? { scalar, isSub: true, hasOwn: list?.[1] !== undefined } : undefined;
}

/** The pieces of a string that is defined elsewhere or computed, if known. */
function textElsewhere(leaf: Leaf): readonly TextPiece[] | undefined {
  const pieces = leaf.origin.secret
    ? undefined
    : leaf.state === 'known'
      ? [leaf.raw]
      : leaf.state === 'template'
        ? leaf.pieces
        : undefined;
  return pieces?.some((piece) => typeof piece === 'string' && hasMarks(piece)) ? undefined : pieces;
}

interface Within {
  readonly tree: Tree;
  readonly layer: JoinLayer;
  readonly template: Template;
  readonly edit: EditPlace;
  /** The interpolated values, by number. */
  readonly interpolated: readonly (() => Value)[];
}

function valueOf(within: Within, node: Node, key: Span | undefined, depth: number): Value {
  const { tree, layer, edit } = within;
  const segment = layer.at(node.start);
  const isElsewhere = segment.layer === undefined && layer.at(node.end - 1) === segment;
  const origin = originOf(tree, node, key, isElsewhere ? segment.edit : edit);
  if (depth > MAX_VALUE_DEPTH) return unknown(origin, 'budget');
  switch (node.kind) {
    case 'scalar': {
      if (!hasMarks(node.value)) return locatedAt({ state: 'known', origin, ...readScalar(node) }, tree, node);
      return locatedAt(
        concatenated(
          origin,
          markedParts(node.value).map((part): TextPiece =>
            typeof part === 'string'
              ? part
              : 'interpolation' in part
                ? within.interpolated[part.interpolation]!()
                : placeholder(within, node, part),
          ),
        ),
        tree,
        node,
      );
    }
    case 'map':
    case 'list':
      return locatedAt(
        collectionValue(tree, node, origin, {
          isUnknownKey: hasMarks,
          valueOf: (inner, keyAt) => valueOf(within, inner, keyAt, depth + 1),
        }),
        tree,
        node,
      );
    case 'alias':
      return unknown(origin, 'syntax');
  }
}

/** The values of the placeholders in a string, by the item that contains them. */
function placeholder(
  { tree, layer, template }: Within,
  node: ScalarNode,
  { name, kind, at }: { readonly name: string; readonly kind: 'text' | 'letters'; readonly at: number },
): TextPiece {
  if (kind === 'letters') return textOfIteration(`&{${name}}`, template.bindings);
  const segment = layer.at(offsetMap(tree, node).toOuter(at));
  return template.placeholder(segment.layer!.scalar, name);
}
