/** The values of single attributes in canonical terms. */
import { flatMap } from '../../base/flat-map.ts';
import { bothTruths, MAYBE, TRUE, type Truth } from '../../base/guard.ts';
import { absentFrom, isUnset, itemsOf, mapLeaves, unknown } from '../../model/navigate.ts';
import type { Element, Known, Leaf, Member, Origin, Value } from '../../model/value.ts';
import { documentIn } from '../json-document.ts';
import { locate, locatedAt } from '../located.ts';
import { lazyMember } from '../plain.ts';
import { canonicalScalar, type AttributeBinding, type MappedScalar } from './mapping.ts';
import { nativeAt } from './native-at.ts';

/** The canonical value of a binding's attributes. The first attribute that is set applies. */
export function attribute(binding: AttributeBinding, body: Value): Value {
  const paths = typeof binding.from === 'string' ? [binding.from] : binding.from;
  let set: Value | undefined;
  for (const path of paths.toReversed()) {
    const here = path.includes('[]') ? everyAt(body, path, binding) : nativeAt(body, path);
    set = set === undefined ? here : firstSet(here, set);
  }
  const native = mapLeaves(set!, (leaf) => translatedLeaf(leaf, binding));
  const translated = binding.json ? documentIn(native) : native;
  const value = binding.pairs ? pairsIn(translated, binding.pairs) : translated;
  return binding.wrap ? listOfOne(value) : value;
}

/** The entries of an object as a list of objects. */
function pairsIn(value: Value, [name, content]: readonly [string, string]): Value {
  return mapLeaves(value, (leaf) => {
    if (leaf.state !== 'object') return leaf;
    const items = leaf.entries.map((entry): Element => {
      const origin: Origin = { use: entry.keyAt, steps: [], edit: 'none' };
      const entries: Member[] = [
        { key: name, keyAt: entry.keyAt, value: withoutSource(origin, entry.key), when: TRUE },
        lazyMember(content, entry.keyAt, () => entry.value),
      ];
      return { when: entry.when, value: { state: 'object', origin, entries, open: false } };
    });
    return { state: 'list', origin: leaf.origin, items, open: leaf.open };
  });
}

/** A value as the only item of a list. */
export function listOfOne(value: Value): Value {
  return mapLeaves(value, (leaf) =>
    leaf.state === 'absent' || leaf.state === 'list'
      ? leaf
      : { state: 'list', origin: leaf.origin, open: false, items: [{ value: leaf, when: TRUE }] },
  );
}

/** The translated values at a path through all blocks of a type, `grant[].grantee.uri`; absent if none is set. */
function everyAt(body: Value, path: string, binding: AttributeBinding): Value {
  const [before = '', after = ''] = path.split('[].', 2);
  const blocks = nativeAt(body, before);
  const { items, complete } = itemsOf(blocks, true);
  const set = flatMap(items, ({ value, when }) =>
    besidesIn(value, binding).map((beside) => ({
      when: beside.when === TRUE ? when : bothTruths(when, beside.when),
      value: mapLeaves(nativeAt(value, after), (leaf) =>
        isUnset(leaf) ? absentFrom(blocks) : translatedWith(leaf, beside.value, binding),
      ),
    })),
  );
  const open = !complete.yes.isAlways();
  if (!open && set.every(({ value }) => value.state === 'absent' && !value.open)) return absentFrom(body);
  return { state: 'list', origin: { ...blocks.origin, edit: 'none' }, items: set, open };
}

/** The other arguments of a block that the binding requires; undefined if it requires none. */
function besidesIn(
  block: Value,
  { beside }: AttributeBinding,
): readonly { readonly value: Value | undefined; readonly when: Truth }[] {
  if (beside === undefined) return [{ value: undefined, when: TRUE }];
  const found = nativeAt(block, beside);
  const { items, complete } = itemsOf(found, true);
  return complete.yes.isAlways() ? items : [...items, { value: unknown(found.origin, 'computed'), when: MAYBE }];
}

/** Represents an unknown string next to another one. */
const NOT_KNOWN = '?';

function translatedWith(leaf: Leaf, beside: Value | undefined, binding: AttributeBinding): Value {
  if (beside === undefined || leaf.state !== 'known') return translatedLeaf(leaf, binding);
  return mapLeaves(beside, (other) => {
    const text = `${leaf.raw} ${other.state === 'known' ? other.raw : NOT_KNOWN}`;
    return translatedLeaf({ ...leaf, raw: text, value: text }, binding);
  });
}

/** The first value in the scenarios in which it is set, otherwise the second. */
function firstSet(first: Value, second: Value): Value {
  return mapLeaves(first, (leaf) => (isUnset(leaf) ? second : leaf));
}

function translatedLeaf(leaf: Leaf, binding: AttributeBinding): Leaf {
  if (isUnset(leaf)) return withDefault(leaf, binding.default);
  if (leaf.state !== 'known') return leaf;
  const listed = leaf.value !== null && binding.values !== undefined && Object.hasOwn(binding.values, leaf.raw);
  if (binding.only && !listed) return unknown(leaf.origin, 'unmapped');
  const native = listed ? leaf.raw : leaf.value;
  const canonical = canonicalScalar(binding, native);
  if (canonical === null) return withDefault({ state: 'absent', origin: leaf.origin, open: false }, binding.default);
  return canonical === leaf.value
    ? leaf
    : translatedBy(binding, sameNode(leaf, { ...leaf, raw: String(canonical), value: canonical }));
}

/** A copy of a translated value that keeps the binding by which it was translated. */
function translatedBy<V extends Value>(binding: AttributeBinding, value: V): V {
  return { ...value, translation: binding };
}

/** The binding that translated a value, used to write a replacement. */
export function translationOf(value: Value): AttributeBinding | undefined {
  return value.translation as AttributeBinding | undefined;
}

/** An absent value with its default as the meaning. Null counts as absent. */
export function withDefault(leaf: Leaf, fallback: MappedScalar | readonly [] | undefined): Leaf {
  const absent = leaf.state === 'absent' ? leaf : ({ state: 'absent', origin: leaf.origin, open: false } as const);
  if (fallback === undefined) return absent;
  const origin: Origin = { ...absent.origin, edit: 'none' };
  if (typeof fallback === 'object' && fallback !== null)
    return { ...absent, default: { state: 'list', origin, items: [], open: false } };
  return { ...absent, default: withoutSource(origin, fallback) };
}

/** A value without a location in the source, as if it were literal. */
export function withoutSource(origin: Origin, value: MappedScalar): Known {
  return { state: 'known', origin, raw: String(value), quoted: typeof value === 'string', value };
}

/** A value derived from another one, with the place of that one. */
export function sameNode<V extends Value>(from: Value, to: V): V {
  const located = locate(from);
  return located ? locatedAt(to, located.tree, located.node) : to;
}
