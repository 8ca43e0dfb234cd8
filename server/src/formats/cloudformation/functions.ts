import { Guard, TRUE } from '../../base/guard.ts';
import { choice, leaves, mapLeaves, member, unknown } from '../../model/navigate.ts';
import type { EditPlace, Element, Leaf, Origin, Reason, Value } from '../../model/value.ts';
import type { Node } from '../../syntax/tree.ts';
import { originOf, usedAt } from '../located.ts';
import { concatenated, type Piece } from '../text.ts';
import { asInteger } from '../../model/predicate.ts';
import { argumentList, argumentText, plainText, type Call } from './call.ts';
import { withDynamicReferences } from './dynamic-reference.ts';
import type { Template } from './evaluate.ts';

interface Asked {
  readonly template: Template;
  readonly call: Call;
  readonly node: Node;
  readonly origin: Origin;
  readonly edit: EditPlace;
}

type Intrinsic = (asked: Asked) => Value;

/** The value of a call of an intrinsic function. What is not evaluated is unknown, with what it is made from. */
export function callValue(template: Template, call: Call, node: Node, origin: Origin, edit: EditPlace): Value {
  const intrinsic = INTRINSICS[call.name];
  const asked = { template, call, node, origin, edit };
  return intrinsic ? intrinsic(asked) : unevaluated(asked, UNKNOWN_BECAUSE[call.name] ?? 'function');
}

const UNKNOWN_BECAUSE: Readonly<Record<string, Reason>> = { 'Fn::ImportValue': 'import', 'Fn::Transform': 'transform' };

/**
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  'Ref': ref,
  'Fn::GetAtt': getAtt,
  'Fn::If': ifFunction,
  'Fn::Sub': sub,
  'Fn::Join': join,
  'Fn::Select': select,
  'Fn::Split': split,
  'Fn::FindInMap': findInMap,
};

function ref({ template, call, node, origin, edit }: Asked): Value {
  const name = argumentText(call);
  if (name === undefined) return unknown(origin, 'syntax');
  if (name === 'AWS::NoValue') return { state: 'absent', origin: { ...origin, edit }, open: false };
  const parameter = template.parameterValue(name, node, origin.key);
  if (parameter) return parameter;
  const to = template.addressOf(name);
  return to === undefined ? unknown(origin, 'syntax') : { state: 'reference', origin: { ...origin, edit }, to };
}

function getAtt({ template, call, origin }: Asked): Value {
  const parts = argumentList(call);
  const text = argumentText(call);
  const first = parts ? plainText(parts[0]) : text?.slice(0, text.indexOf('.') < 0 ? text.length : text.indexOf('.'));
  const attribute = parts ? plainText(parts[1]) : text?.slice((first?.length ?? 0) + 1);
  if (first === undefined) return unknown(origin, 'syntax');
  const to = template.addressOf(first);
  if (to === undefined) return unknown(origin, 'syntax');
  return attribute === undefined || attribute === '' ? unknown(origin, 'function', [to]) : { state: 'reference', origin, to, attribute };
}

function ifFunction({ template, call, origin, edit }: Asked): Value {
  const [condition, yes, no] = argumentList(call) ?? [];
  const name = plainText(condition);
  if (!condition || name === undefined || !yes || !no) return unknown(origin, 'syntax');
  const truth = template.conditions.named(name);
  // A condition that depends on itself is never true and never false.
  if (!truth.yes.satisfiable() && !truth.no.satisfiable()) return unknown(origin, 'syntax');
  const branch = (node: Node): Value => template.evaluate(node, origin.key, edit);
  return choice(origin, [{ guard: truth.yes, value: branch(yes) }, { guard: truth.no, value: branch(no) }]);
}

/** `${Name}`, `${Name.Attribute}`, `${!Literal}` within a text. */
const PLACEHOLDER = /\$\{([^}]*)\}/g;

function sub({ template, call, node, origin, edit }: Asked): Value {
  const list = argumentList(call);
  const text = list ? plainText(list[0]) : argumentText(call);
  if (text === undefined) return unknown(origin, 'syntax');
  const own = list?.[1] ? template.evaluate(list[1], undefined, edit) : undefined;
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(PLACEHOLDER)) {
    const inside = match[1]!.trim();
    pieces.push(text.slice(from, match.index), inside.startsWith('!') ? `\${${inside.slice(1)}}` : substituted(template, inside, node, origin, own));
    from = match.index + match[0].length;
  }
  return withDynamicReferences(concatenated(origin, [...pieces, text.slice(from)]));
}

/** What stands for a placeholder of a text, given the node of that text. */
export function placeholderValue(template: Template, node: Node, name: string): Value {
  const list = node.parent?.kind === 'list' ? node.parent : undefined;
  const own = list?.items[0]?.value === node && list.items[1] ? template.evaluate(list.items[1].value) : undefined;
  return substituted(template, name, node, originOf(template.tree, node), own);
}

function substituted(template: Template, name: string, node: Node, origin: Origin, own: Value | undefined): Value {
  if (own?.state === 'object' && own.entries.some((entry) => entry.key === name)) return member(own, name);
  const parameter = template.parameterValue(name, node, origin.key);
  if (parameter) return parameter;
  const dot = name.indexOf('.');
  const to = template.addressOf(dot < 0 ? name : name.slice(0, dot));
  if (to === undefined) return unknown(origin, 'syntax');
  return dot < 0 ? { state: 'reference', origin, to } : { state: 'reference', origin, to, attribute: name.slice(dot + 1) };
}

function join({ template, call, origin, edit }: Asked): Value {
  const [delimiterNode, listNode] = argumentList(call) ?? [];
  const delimiter = plainText(delimiterNode);
  if (delimiter === undefined || !listNode) return unevaluated({ template, call, node: call.argument, origin, edit }, 'function');
  const list = template.evaluate(listNode, undefined, edit);
  return mapKnownLists(list, origin, (items) => {
    const pieces: Piece[] = [];
    items.forEach((item, index) => {
      if (index > 0) pieces.push(delimiter);
      pieces.push(item);
    });
    return withDynamicReferences(concatenated(origin, pieces));
  });
}

function select({ template, call, origin, edit }: Asked): Value {
  const [indexNode, listNode] = argumentList(call) ?? [];
  if (!indexNode || !listNode) return unknown(origin, 'syntax');
  const index = template.evaluate(indexNode, undefined, edit);
  const list = template.evaluate(listNode, undefined, edit);
  return mapKnownLists(list, origin, (items) => {
    const picked = leaves(index).map(({ guard, value }) => {
      const number = value.state === 'known' ? asInteger(value) : undefined;
      const item = number === undefined ? undefined : items[number];
      return { guard, value: item ? usedAt(item, origin.use, origin.key, { what: 'function', name: 'Fn::Select' }, 'none') : unknown(origin, 'function') };
    });
    return choice(origin, picked);
  });
}

function split({ template, call, origin, edit }: Asked): Value {
  const [delimiterNode, textNode] = argumentList(call) ?? [];
  const delimiter = plainText(delimiterNode);
  if (!delimiter || !textNode) return unknown(origin, 'syntax');
  const text = template.evaluate(textNode, undefined, edit);
  return mapLeaves(text, (value) => {
    if (value.state !== 'known') return unknown(origin, 'function', refsOf(value));
    const secret = value.origin.secret ? { secret: true } : {};
    const part = (raw: string): Element => ({ when: TRUE, value: { state: 'known', origin: { ...origin, edit: 'none', ...secret }, raw, quoted: true, value: raw } });
    return { state: 'list', origin: { ...origin, ...secret }, open: false, items: value.raw.split(delimiter).map(part) };
  });
}

function findInMap({ template, call, node, origin, edit }: Asked): Value {
  const [mapNode, topNode, secondNode, options] = argumentList(call) ?? [];
  const name = plainText(mapNode);
  const rows = name === undefined ? undefined : template.mapping(name);
  if (!topNode || !secondNode || rows?.kind !== 'map') {
    return unevaluated({ template, call, node, origin, edit }, 'function');
  }
  const fallback = options ? member(template.evaluate(options, undefined, edit), 'DefaultValue') : undefined;
  const missing = fallback && fallback.state !== 'absent' ? fallback : unknown(origin, 'function');
  const table = template.evaluate(rows, undefined, 'shared');
  const at = (holder: Value, keyNode: Node, then: (value: Value, key: string) => Value): Value => choice(origin, leaves(template.evaluate(keyNode, undefined, edit)).map(({ guard, value }) => {
    if (value.state !== 'known') return { guard, value: unknown(origin, 'function', refsOf(value)) };
    const found = member(holder, value.raw);
    // A row that a parameter selects is written in the template, so the scenario is one that the document leads to.
    return { guard: guard.selected(), value: found.state === 'absent' ? missing : then(found, value.origin.secret ? 'a secret key' : value.raw) };
  }));
  return at(table, topNode, (row, top) => at(row, secondNode, (cell, second) =>
    usedAt(cell, origin.use, origin.key, { what: 'mapping', name: `${name}.${top}.${second}`, at: cell.origin.use })));
}

/** Each optional item doubles the lists that have to be worked out. */
const MAX_OPTIONAL_ITEMS = 5;

/** Applies a function to a list that is known to be complete, in every scenario. */
function mapKnownLists(list: Value, origin: Origin, f: (items: readonly Value[]) => Value): Value {
  return choice(origin, leaves(list).map(({ guard, value }) => ({
    guard,
    value: value.state === 'list' && !value.open ? withoutAbsent(value.items.map((item) => item.value), origin, f) : unknown(origin, 'function', refsOf(value)),
  })));
}

/** Items that may be AWS::NoValue are left out where they are; a list with more than a few of them is not worked out. */
function withoutAbsent(items: readonly Value[], origin: Origin, f: (items: readonly Value[]) => Value): Value {
  const optional = items.filter((item) => leaves(item).some(({ value }) => value.state === 'absent'));
  if (optional.length === 0) return f(items);
  if (optional.length > MAX_OPTIONAL_ITEMS) return unknown(origin, 'budget');
  const index = items.indexOf(optional[0]!);
  const options = leaves(items[index]!);
  const where = (is: (leaf: Leaf) => boolean): Guard => options.filter(({ value }) => is(value)).reduce<Guard>((sum, { guard }) => sum.or(guard), Guard.never);
  return choice(origin, [
    { guard: where(({ state }) => state === 'absent'), value: withoutAbsent(items.toSpliced(index, 1), origin, f) },
    { guard: where(({ state }) => state !== 'absent'), value: withoutAbsent(items.with(index, choice(origin, options.filter(({ value }) => value.state !== 'absent'))), origin, f) },
  ]);
}

function unevaluated({ template, call, origin, edit }: Asked, why: Reason): Value {
  const argument = call.short ? template.evaluateUntagged(call.argument, edit) : template.evaluate(call.argument, undefined, edit);
  return unknown({ ...origin, edit: 'none' }, why, refsOf(argument));
}

/** The number of values that are looked at for what a value is made from. */
const MOST_VALUES = 1000;

/** The resources that a value is made from; none when that is too much to look at. */
function refsOf(whole: Value): readonly string[] {
  const refs = new Set<string>();
  const open: Value[] = [whole];
  for (let looked = 0; open.length > 0; looked++) {
    if (looked === MOST_VALUES || open.length > MOST_VALUES) return [];
    const value = open.pop()!;
    switch (value.state) {
      case 'reference': refs.add(value.to); break;
      case 'unknown': for (const ref of value.refs) refs.add(ref); break;
      case 'text': for (const piece of value.pieces) if (typeof piece !== 'string') open.push(piece); break;
      case 'list': for (const item of value.items) open.push(item.value); break;
      case 'object': for (const entry of value.entries) open.push(entry.value); break;
      case 'choice': for (const branch of value.branches) open.push(branch.value); break;
      default: break;
    }
  }
  return [...refs];
}
