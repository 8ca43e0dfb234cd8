/** The string that results from the items of Fn::Join, with the source of each character. */
import { partitionPoint } from '../../base/binary-search.ts';
import { withPlaceholders } from '../../base/placeholders.ts';
import type { Range } from '../../base/span.ts';
import type { EditPlace } from '../../model/value.ts';
import type { HoldingScalar, Layer } from '../../syntax/embedded.ts';
import type { Node, ScalarNode, Tree } from '../../syntax/tree.ts';

/**
 * Marks for interpolations in the string: private-use characters, which documents do not contain. The last three
 * replace one character each, so that all offsets are kept.
 */
const MARKS = {
  begin: '\uE000',
  end: '\uE001',
  /** The dollar of `${Name}` in an Fn::Sub string. */
  name: '\uE002',
  /**
   * The same for a string with variables of its own, or in a loop, so that the placeholder cannot be copied to another
   * string.
   */
  own: '\uE003',
  /** The ampersand of `&{Identifier}` in a loop. */
  letters: '\uE004',
};

/** Whether a string contains characters that would be read as marks. */
export function hasMarks(text: string): boolean {
  return /[\uE000-\uE004]/.test(text);
}

/** The mark for the value with a number. */
export function markFor(index: number): string {
  return `${MARKS.begin}${index}${MARKS.end}`;
}

/** A placeholder of Fn::Sub as marked in the string. */
export function namedPlaceholder(name: string): string {
  return `${MARKS.name}{${name}}`;
}

/** A string with marks for its effective placeholders: all of them in Fn::Sub, otherwise those of loops. */
export function marked(
  text: string,
  { isSub, hasOwn, isBound }: { readonly isSub: boolean; readonly hasOwn: boolean; isBound(name: string): boolean },
): string {
  const ofLoops = (part: string): string =>
    part.replace(/([$&])\{([A-Za-z0-9]+)\}/g, (whole: string, kind: string, name: string) =>
      isBound(name) ? (kind === '&' ? MARKS.letters : MARKS.own) + whole.slice(1) : whole,
    );
  if (!isSub) return ofLoops(text);
  return withPlaceholders(
    text,
    ({ start, end, inside }) => (isBound(inside) || hasOwn ? MARKS.own : MARKS.name) + text.slice(start + 1, end),
    ofLoops,
  );
}

/** A part of a marked string with its range: a literal or an interpolation. */
export type MarkedPart =
  | string
  | { readonly interpolation: number }
  | { readonly name: string; readonly kind: 'text' | 'letters'; readonly at: number };

/**
 * The parts of a string that `marked` and `markFor` marked, in order. The literals among them are not empty. `at` is an
 * offset in the marked string.
 */
export function markedParts(text: string): readonly MarkedPart[] {
  const parts: MarkedPart[] = [];
  let from = 0;
  for (const match of text.matchAll(/\uE000(\d{1,9})\uE001|([\uE002-\uE004])\{([^}\uE000-\uE004]*)\}/g)) {
    const [whole, interpolation, mark, inside] = match;
    if (match.index > from) parts.push(text.slice(from, match.index));
    const name = inside?.trim() ?? '';
    if (interpolation !== undefined) parts.push({ interpolation: Number(interpolation) });
    else if (name.startsWith('!') && mark !== MARKS.letters) parts.push(`\${${name.slice(1)}}`);
    else parts.push({ name, kind: mark === MARKS.letters ? 'letters' : 'text', at: match.index });
    from = match.index + whole.length;
  }
  if (from < text.length) parts.push(text.slice(from));
  return parts;
}

/** One item of the list, from its offset in the joined string. */
export interface Segment {
  readonly start: number;
  readonly node: Node;
  /** The scalar with its string; undefined for an item that is a reference, or defined elsewhere. */
  readonly layer: Layer | undefined;
  /** Whether it is an argument of Fn::Sub. */
  readonly isSub: boolean;
  /** The place of edits of its string. */
  readonly edit: EditPlace;
}

/** The layer of a string that results from several items. */
export class JoinLayer implements Layer {
  readonly outer: Tree;
  readonly scalar: ScalarNode;
  readonly #segments: readonly Segment[];

  constructor(outer: Tree, scalar: ScalarNode, segments: readonly Segment[]) {
    this.outer = outer;
    this.scalar = scalar;
    this.#segments = segments;
  }

  /** The item that contains an offset; at a boundary after the delimiter, the second. */
  at(inner: number): Segment {
    return this.#lastBelow(inner + 1);
  }

  outerOffset(inner: number): number {
    const { start, node, layer } = this.at(inner);
    return layer ? layer.outerOffset(inner - start) : node.start;
  }

  outerEnd(inner: number): number {
    const { start, node, layer } = this.#lastBelow(inner);
    return layer ? layer.outerOffset(inner - start) : node.end;
  }

  innerOffset(outer: number): number | undefined {
    for (const { start, layer } of this.#segments) {
      const inner = layer?.innerOffset(outer);
      if (inner !== undefined) return start + inner;
    }
    return undefined;
  }

  encode(text: string, inner: number): string | undefined {
    const held = this.#holding({ start: inner, end: inner });
    const written = held && unmarked(text, held.isSub);
    return written === undefined ? undefined : held!.layer!.encode(written, inner - held!.start);
  }

  holding(range: Range): HoldingScalar | undefined {
    const segment = this.#holding(range);
    return segment && { layer: segment.layer!, from: segment.start };
  }

  #holding({ start, end }: Range): Segment | undefined {
    return this.#segments.find(
      (one) => one.layer && start >= one.start && end <= one.start + one.layer.scalar.value.length,
    );
  }

  /** The last item that begins before an offset, otherwise the first one. */
  #lastBelow(inner: number): Segment {
    return this.#segments[Math.max(0, partitionPoint(this.#segments, ({ start }) => start < inner) - 1)]!;
  }
}

/**
 * The source of a text within an item; undefined if it cannot be represented. Interpolations cannot be written again.
 */
function unmarked(text: string, isSub: boolean): string | undefined {
  if (!isSub) return hasMarks(text) ? undefined : text;
  const written = text.replaceAll('${', '${!').replaceAll(MARKS.name, '$');
  return hasMarks(written) ? undefined : written;
}
