/** JSON in a template string with unknown parts: a policy that refers to a bucket with `${aws_s3_bucket.b.arn}`. */
import { flatMap } from '../../../base/flat-map.ts';
import { TRUE } from '../../../base/guard.ts';
import type { Span } from '../../../base/span.ts';
import { leaves, mapLeaves, unknown } from '../../../model/navigate.ts';
import type { Member, Origin, Value } from '../../../model/value.ts';
import { embedded } from '../../../syntax/embedded.ts';
import { parseJson } from '../../../syntax/json.ts';
import { readScalar } from '../../../syntax/scalar.ts';
import type { MapNode, Node, ScalarNode, Tree } from '../../../syntax/tree.ts';
import { withMarks } from '../../json-skeleton.ts';
import { valueOfJson } from '../../json-text.ts';
import { locatedAt, markedRange, originOf, type Located } from '../../located.ts';
import { lazyElement, lazyMember, MAX_VALUE_DEPTH } from '../../plain.ts';
import { hiddenByName } from '../../secret-places.ts';
import type { TextPiece } from '../../text.ts';
import type { TemplateExpression } from './ast.ts';
import { keysOf } from './collections.ts';
import { boundedText, inText, refsOf } from './combine.ts';
import { evaluateIn, type EvaluationContext } from './context.ts';
import { ALL_KNOWN, bothComplete, openObject } from './completeness.ts';
import { templateText, type TextPlaceholder, type TemplateText } from './template-text.ts';

/** The placeholder for an unknown part in the JSON, one private-use character each, which no document contains. */
const BEGIN = '\uE000';
const MORE = '\uE001';
const STAND_IN = /\uE000\uE001*/;

/** Whether a template looks like JSON: an object, or a list of objects. Other formats have headers like `[Unit]`. */
export function isJsonLike({ parts: [first] }: TemplateExpression): boolean {
  if (first?.kind !== 'text') return false;
  const text = first.value.trimStart();
  return text.startsWith('{') || (text.startsWith('[') && text.slice(1).trimStart().startsWith('{'));
}

/** The value of a template that is JSON, with the place of each value; undefined if it is not JSON. */
export function jsonTemplateValue(
  template: TemplateExpression,
  context: EvaluationContext,
  { tree, node }: Located,
  key: Span | undefined,
): Value | undefined {
  if (node.kind !== 'scalar') return undefined;
  const read = template.form === 'bare' ? bareText(template, context) : templateText(template, context.scope.text);
  if (!read || read.text.includes(BEGIN) || read.text.includes(MORE)) return undefined;
  const { text, placeholders, layer } = read;
  // The text has the same length as the template, so that offsets agree.
  const made = withMarks({ text, placeholders }, BEGIN, MORE);
  const inner = embedded(tree, node, () => ({ ...parseJson(tree.doc, made.text), text }), layer?.(tree, node));
  const [root, ...others] = inner?.roots ?? [];
  if (!inner || (root?.kind !== 'map' && root?.kind !== 'list')) return undefined;
  // Interpolations in strings do not affect syntax errors around them, so these are reported. Interpolations elsewhere
  // can resolve them.
  if (!made.within && (others.length > 0 || inner.problems.length > 0)) return undefined;
  return new Reading(inner, placeholders, context).value(root, key, 0);
}

/** The text of a template that is a whole string, as it is written; undefined with directives, which make text. */
function bareText(
  { parts }: TemplateExpression,
  { scope: { text } }: EvaluationContext,
): (Pick<TemplateText, 'text' | 'placeholders'> & { readonly layer?: undefined }) | undefined {
  if (parts.some((part) => part.kind !== 'text' && part.kind !== 'interpolation')) return undefined;
  return { text, placeholders: parts.filter((part) => part.kind === 'interpolation') };
}

class Reading {
  readonly #tree: Tree;
  readonly #placeholders: readonly TextPlaceholder[];
  readonly #context: EvaluationContext;

  constructor(tree: Tree, placeholders: readonly TextPlaceholder[], context: EvaluationContext) {
    this.#tree = tree;
    this.#placeholders = placeholders;
    this.#context = context;
  }

  value(node: Node, key: Span | undefined, depth: number): Value {
    const origin = originOf(this.#tree, node, key);
    if (depth > MAX_VALUE_DEPTH) return locatedAt(unknown(origin, 'budget'), this.#tree, node);
    switch (node.kind) {
      case 'scalar':
        return this.#scalar(node, origin, key);
      case 'map':
        return this.#object(node, origin, depth);
      case 'list':
        return locatedAt(
          {
            state: 'list',
            origin,
            open: node.items.some((item) => this.#canBeSeveral(item.value)),
            items: node.items.map((item) => lazyElement(() => this.value(item.value, undefined, depth + 1))),
          },
          this.#tree,
          node,
        );
      case 'alias':
        return unknown(origin, 'syntax');
    }
  }

  /** An object with an entry for each known key. If a key contains a placeholder, the object is open. */
  #object(node: MapNode, origin: Origin, depth: number): Value {
    let seen = ALL_KNOWN;
    const entries = flatMap(node.pairs, (pair): readonly Member[] => {
      const keyAt = markedRange(this.#tree, pair.key);
      const made = (key: string, when = TRUE): Member =>
        lazyMember(key, keyAt, () => this.value(pair.value, keyAt, depth + 1), when);
      if (pair.key.kind !== 'scalar' || !STAND_IN.test(pair.name)) return [made(asText(pair.name))];
      const { keys, whole, unseen } = keysOf(
        this.#scalar(pair.key, originOf(this.#tree, pair.key, undefined), undefined),
      );
      seen = bothComplete(seen, { whole, unseen });
      return keys.map(({ key, when }) => made(key, when));
    });
    return mapLeaves(openObject(origin, entries, seen), (leaf) => locatedAt(leaf, this.#tree, node));
  }

  #scalar(node: ScalarNode, origin: Origin, key: Span | undefined): Value {
    const read = readScalar(node);
    const placeholders = this.#placeholdersIn(node);
    if (placeholders.length === 0)
      return locatedAt(
        hiddenByName(this.#tree, node, {
          state: 'known',
          origin,
          ...read,
          ...(typeof read.value === 'string' ? { raw: asText(read.raw), value: asText(read.value) } : {}),
        }),
        this.#tree,
        node,
      );
    const [only] = placeholders;
    const whole = only!.start <= node.content.start && only!.end >= node.content.end;
    // An interpolation outside of quotes is JSON itself, such as a list that jsonencode returns.
    if (only!.start === node.start) return encoded(evaluateIn(only!.expression, this.#context, { key }));
    if (whole)
      return this.#placed(inText(evaluateIn(only!.expression, this.#context, { use: origin.use, key })), node, origin);
    let next = 0;
    const pieces = read.raw
      .split(/(\uE000\uE001*)/)
      .map((piece): TextPiece =>
        STAND_IN.test(piece) ? inText(evaluateIn(placeholders[next++]!.expression, this.#context)) : asText(piece),
      );
    return this.#placed(
      boundedText(
        { ...origin, edit: 'none' },
        pieces.filter((piece) => piece !== ''),
      ),
      node,
      origin,
    );
  }

  /**
   * An unknown value has the range of its string, and can be replaced there. Values from elsewhere keep their origin.
   */
  #placed(value: Value, node: ScalarNode, origin: Origin): Value {
    if (value.state !== 'reference' && value.state !== 'unknown' && value.state !== 'template') return value;
    return locatedAt({ ...value, origin: { ...value.origin, use: origin.use, edit: 'here' } }, this.#tree, node);
  }

  /** Whether an item of a list is an interpolation of unknown JSON, which can contain commas. */
  #canBeSeveral(node: Node): boolean {
    const [only] = node.kind === 'scalar' ? this.#placeholdersIn(node) : [];
    return (
      only?.start === node.start &&
      leaves(encoded(evaluateIn(only.expression, this.#context))).some(({ value }) => value.state === 'unknown')
    );
  }

  #placeholdersIn({ start, end }: ScalarNode): readonly TextPlaceholder[] {
    return this.#placeholders.filter((unknownPiece) => unknownPiece.start >= start && unknownPiece.end <= end);
  }
}

/** The JSON value of a string. */
function encoded(value: Value): Value {
  return mapLeaves(value, (leaf) => {
    switch (leaf.state) {
      case 'list':
      case 'object':
        return leaf;
      case 'known':
        return typeof leaf.value === 'string'
          ? (valueOfJson([leaf.raw], leaf.origin, 'any') ?? unknown(leaf.origin, 'function'))
          : leaf;
      case 'template':
        return valueOfJson(leaf.pieces, leaf.origin, 'any') ?? unknown(leaf.origin, 'function', refsOf([leaf]));
      default:
        return unknown(
          leaf.origin,
          'function',
          leaf.state === 'reference' ? [leaf.to] : leaf.state === 'unknown' ? leaf.refs : [],
        );
    }
  });
}

/** A template's text with the escapes of template markers decoded. */
function asText(source: string): string {
  return source.replaceAll('$${', '${').replaceAll('%%{', '%{');
}
