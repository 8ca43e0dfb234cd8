/** Intrinsic functions that return lists or select from them. */
import { flatMap } from '../../base/flat-map.ts';
import { Guard, TRUE } from '../../base/guard.ts';
import { choice, leaves, mapLeaves, unknown } from '../../model/navigate.ts';
import { asInteger } from '../../model/predicate.ts';
import { secrecyOf } from '../../model/secrecy.ts';
import type { Element, UnknownPiece, Known, Leaf, Origin, TemplateString, Unknown, Value } from '../../model/value.ts';
import { resolved, valueOf } from '../../syntax/tree.ts';
import { jsonOf, usedAt } from '../located.ts';
import { staysWhole, splitText } from '../split-text.ts';
import { concatenated, type TextPiece } from '../text.ts';
import { unevaluated, type FunctionCall } from './function-call.ts';
import { argumentList, callOf, plainText } from './call.ts';
import { cidrBlocks } from './cidr-blocks.ts';
import { withDynamicReferences } from './dynamic-reference.ts';
import { beginsLikeJson, joinDocument } from './join-document.ts';
import type { Template } from './evaluate.ts';
import { refsWithin } from './refs-of.ts';

/**
 * The string of Fn::Join. It also has the value of the JSON document that it makes, if it begins like one.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-join.html
 */
export function join({ template, call, origin, edit }: FunctionCall): Value {
  const [delimiterNode, listNode] = argumentList(call) ?? [];
  const delimiter = template.text(delimiterNode);
  if (delimiter === undefined || !listNode)
    return unevaluated({ template, call, node: call.argument, origin, edit }, 'function');
  const list = template.evaluate(listNode, undefined, edit);
  const value = joined(list, delimiter, origin);
  const written = resolved(listNode);
  const items = written?.kind === 'list' && !callOf(written) ? written.items.map((item) => item.value) : [];
  if (!beginsLikeJson(template, items) || leaves(list).length > 1) return value;
  let document: Value | undefined;
  return jsonOf(value, () => (document ??= joinDocument({ template, items, delimiter, key: origin.key, edit })));
}

function joined(list: Value, delimiter: string, origin: Origin): Value {
  return mapKnownLists(list, origin, (items) => {
    const pieces: TextPiece[] = [];
    items.forEach((item, index) => {
      if (index > 0) pieces.push(delimiter);
      pieces.push(item);
    });
    return withDynamicReferences(concatenated(origin, pieces));
  });
}

/**
 * The item of Fn::Select. It is unknown if the index is, or if the list can have other items, except for the first
 * parts of an Fn::Split.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-select.html
 */
export function select({ template, call, origin, edit }: FunctionCall): Value {
  const [indexNode, listNode] = argumentList(call) ?? [];
  if (!indexNode || !listNode) return unknown(origin, 'syntax');
  const index = template.evaluate(indexNode, undefined, edit);
  const list = template.evaluate(listNode, undefined, edit);
  // The first parts of a partly known string can be known. Their indexes do not depend on the rest.
  const isText = callOf(listNode)?.name === 'Fn::Split';
  return mapKnownLists(
    list,
    origin,
    (items) => {
      const picked = leaves(index).map(({ guard, value }) => {
        const number = value.state === 'known' ? asInteger(value) : undefined;
        const item = number === undefined ? undefined : items[number];
        return {
          guard,
          value: item
            ? usedAt(item, origin.use, origin.key, { what: 'function', name: 'Fn::Select' }, 'none')
            : unknown(origin, 'function', refsWithin(list)),
        };
      });
      return choice(origin, picked);
    },
    isText,
  );
}

/** The maximum number of parts of a string. */
const MOST_PARTS = 10_000;

/**
 * The list of Fn::Split. It is open if its string is known only in part: then it has the items whose end is known.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-split.html
 */
export function splitString({ template, call, origin, edit }: FunctionCall): Value {
  const [delimiterNode, textNode] = argumentList(call) ?? [];
  const delimiter = template.text(delimiterNode);
  if (!delimiter || !textNode) return unknown(origin, 'syntax');
  const text = template.evaluate(textNode, undefined, edit);
  return mapLeaves(text, (value) => {
    const pieces = piecesOf(value);
    if (!pieces) return partsOfUnknown(value, origin);
    const secret = secrecyOf([value.origin]);
    const { parts, open } = splitText(pieces, delimiter, { ...origin, edit: 'none', ...secret }, (piece) =>
      isInOnePart(template, piece, delimiter, pieces.length === 1),
    );
    if (parts.length === 0) return unknown({ ...origin, ...secret }, 'function', refsWithin(value));
    if (parts.length > MOST_PARTS) return unknown({ ...origin, ...secret }, 'budget');
    const items = parts.map((part): Element => ({ when: TRUE, value: part }));
    return { state: 'list', origin: { ...origin, ...secret }, open, items };
  });
}

/** The parts of a string whose characters are known at most. */
function partsOfUnknown(value: Leaf, origin: Origin): Unknown {
  const { admitsPart } = value.state === 'unknown' ? value : {};
  return unknown(origin, 'function', refsWithin(value), admitsPart ? { admits: admitsPart } : undefined);
}

/** What is known of the parts of such a string. */
function limitOf(parts: Leaf): Pick<Unknown, 'admits'> {
  return parts.state === 'unknown' && parts.admits ? { admits: parts.admits } : {};
}

/** The pieces of a string; undefined for a value that may be none. */
function piecesOf(value: Leaf): TemplateString['pieces'] | undefined {
  switch (value.state) {
    case 'known':
      return [value.raw];
    case 'template':
      return value.pieces;
    case 'reference':
      return [value];
    default:
      return undefined;
  }
}

/** Whether a placeholder is the ID, ARN or name of a resource that AWS creates, without the delimiter. */
function isInOnePart(template: Template, piece: UnknownPiece, delimiter: string, isAlone: boolean): boolean {
  if (piece.state !== 'reference') return false;
  const name = piece.to.slice(piece.to.lastIndexOf('.') + 1);
  const type = plainText(valueOf(valueOf(valueOf(template.root, 'Resources'), name), 'Type')) ?? '';
  const isOfAws = template.addressOf(name) === piece.to && /^AWS::(?!CloudFormation::)/.test(type);
  return isOfAws && staysWhole(piece, type, delimiter, isAlone);
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-length.html */
export function length({ template, call, node, origin, edit }: FunctionCall): Value {
  const listNode = call.short ? undefined : call.argument;
  const list = listNode ? template.evaluate(listNode, undefined, edit) : template.evaluateUntagged(node, edit);
  return mapKnownLists(list, origin, (items): Known => ({
    state: 'known',
    origin: { ...origin, edit: 'none' },
    raw: String(items.length),
    quoted: false,
    value: items.length,
  }));
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-cidr.html */
export function cidr(functionCall: FunctionCall): Value {
  const { template, call, origin, edit } = functionCall;
  const list = argumentList(call);
  const [block, count, bits] = (list ?? []).map((node) => template.evaluate(node, undefined, edit));
  if (!block || !count) return unknown(origin, 'syntax');
  const number = (value: Value | undefined): number | undefined =>
    value?.state === 'known' ? asInteger(value) : undefined;
  return mapLeaves(block, (leaf) => {
    const blocks = leaf.state === 'known' ? cidrBlocks(leaf.raw, number(count), bits ? number(bits) : 8) : undefined;
    const secret = secrecyOf([leaf.origin]);
    if (!blocks)
      return unknown(
        { ...origin, edit: 'none' },
        'function',
        flatMap([block, count, ...(bits ? [bits] : [])], refsWithin),
      );
    return {
      state: 'list',
      origin,
      open: false,
      items: blocks.map((raw): Element => ({
        when: TRUE,
        value: { state: 'known', origin: { ...origin, edit: 'none', ...secret }, raw, quoted: true, value: raw },
      })),
    };
  });
}

/** Each optional item doubles the number of lists to evaluate. */
const MAX_OPTIONAL_ITEMS = 5;

/**
 * Applies a function to a complete list, in every scenario; with `open` also to an incomplete one. The items of others
 * are unknown.
 */
function mapKnownLists(list: Value, origin: Origin, f: (items: readonly Value[]) => Value, open = false): Value {
  return choice(
    origin,
    leaves(list).map(({ guard, value }) => ({
      guard,
      value:
        value.state === 'list' && (open || !value.open)
          ? withoutAbsent(
              value.items.map((item) => item.value),
              origin,
              f,
            )
          : unknown(origin, 'function', refsWithin(value), open ? limitOf(value) : undefined),
    })),
  );
}

/**
 * Items that can be AWS::NoValue are omitted in those scenarios; a list with more than a few of them is not evaluated.
 */
function withoutAbsent(items: readonly Value[], origin: Origin, f: (items: readonly Value[]) => Value): Value {
  const optional = items.filter((item) => leaves(item).some(({ value }) => value.state === 'absent'));
  if (optional.length === 0) return f(items);
  if (optional.length > MAX_OPTIONAL_ITEMS) return unknown(origin, 'budget');
  const index = items.indexOf(optional[0]!);
  const options = leaves(items[index]!);
  const where = (is: (leaf: Leaf) => boolean): Guard =>
    options.filter(({ value }) => is(value)).reduce<Guard>((sum, { guard }) => sum.or(guard), Guard.never);
  return choice(origin, [
    { guard: where(({ state }) => state === 'absent'), value: withoutAbsent(items.toSpliced(index, 1), origin, f) },
    {
      guard: where(({ state }) => state !== 'absent'),
      value: withoutAbsent(
        items.with(
          index,
          choice(
            origin,
            options.filter(({ value }) => value.state !== 'absent'),
          ),
        ),
        origin,
        f,
      ),
    },
  ]);
}
