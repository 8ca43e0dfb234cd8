/** Reads native attributes and blocks under canonical names, from the bindings of a mapping. */
import { flatMap } from '../../base/flat-map.ts';
import { numbering } from '../../base/memoize.ts';
import { pushAll } from '../../base/push-all.ts';
import { bothTruths, eitherTruth, Guard, MAYBE, TRUE, type Truth } from '../../base/guard.ts';
import type { Span } from '../../base/span.ts';
import { absentFrom, either, isUnset, itemsOf, leaves, mapLeaves, unknown } from '../../model/navigate.ts';
import type { Element, Leaf, Member, Origin, Reference, Value } from '../../model/value.ts';
import { documentIn } from '../json-document.ts';
import { lazyElement, lazyMember } from '../plain.ts';
import type {
  Binding,
  Bindings,
  BlockItems,
  Fan,
  FixedItem,
  ListPart,
  MapBinding,
  ObjectBinding,
  MappedScalar,
  SelfReference,
  NativeSource,
} from './mapping.ts';
import { firstBlock, isSetTrue, nativeAt, isWrittenThere } from './native-at.ts';
import type { NativeResource } from './native.ts';
import { attribute, withoutSource, listOfOne, sameNode, withDefault } from './translated.ts';

/** The value of one canonical property. An absent one has the native place where it would be written. */
export function canonicalValue(binding: Binding, body: Value, native: NativeResource): Value {
  if (typeof binding === 'string') return nativeAt(body, binding);
  if ('from' in binding) return attribute(binding, body);
  if ('value' in binding && !('map' in binding))
    return binding.wrap ? listOfOne(constant(binding, body, native)) : constant(binding, body, native);
  if ('map' in binding) return mapOf(binding, body, native);
  if ('list' in binding) return listOf(binding.list, body, native);
  if ('each' in binding || 'over' in binding || ('has' in binding && 'properties' in binding))
    return listOf([binding], body, native);
  return objectOf(binding, body, native);
}

function constant(
  { value, has }: { readonly value: MappedScalar | SelfReference; readonly has?: string },
  body: Value,
  native: NativeResource,
): Value {
  const origin: Origin = { use: native.part.nameAt, steps: [], edit: 'none' };
  const held = isSelf(value) ? selfReference(native, value, origin) : withoutSource(origin, value);
  if (has === undefined) return held;
  return mapLeaves(nativeAt(body, has), (leaf) =>
    isUnset(leaf) || hasNoItems(leaf) ? absentFrom(body) : leaf.state === 'absent' ? leaf : held,
  );
}

/** A plan lists no blocks where none are written. */
function hasNoItems(leaf: Leaf): boolean {
  return leaf.state === 'list' && leaf.items.length === 0 && !leaf.open;
}

function isSelf(value: unknown): value is SelfReference {
  return typeof value === 'object' && value !== null && 'self' in value;
}

function selfReference(native: NativeResource, { self }: SelfReference, origin: Origin): Reference {
  return { state: 'reference', origin, to: native.family, attribute: self };
}

/** An object of canonical properties over one native body. */
function properties(
  bindings: Bindings,
  body: Value,
  native: NativeResource,
  origin: Origin,
  more: readonly Member[] = [],
  keyAt: Span = keyOf(origin),
): Value {
  const entries = Object.entries(bindings).map(([name, binding]) =>
    lazyMember(name, keyAt, () => canonicalValue(binding, body, native)),
  );
  return { state: 'object', origin, entries: [...entries, ...more], open: false };
}

function keyOf({ key, use }: Origin): Span {
  return key ?? use;
}

/**
 * An object that is read on demand needs no entries for absent properties, because a lookup returns an absent value.
 */
function objectOf(binding: ObjectBinding, body: Value, native: NativeResource): Value {
  if (binding.in !== undefined) {
    const block = nativeAt(body, binding.in);
    return mapLeaves(firstBlock(binding.json ? documentIn(block) : block), (leaf) => {
      if (isUnset(leaf)) return withDefault(leaf, binding.default);
      if (leaf.state !== 'object') return leaf;
      const object = sameNode(leaf, properties(binding.properties, leaf, native, leaf.origin));
      return binding.if === undefined
        ? object
        : either(isSetTrue(nativeAt(leaf, binding.if)), object, withDefault(absentFrom(leaf), binding.default));
    });
  }
  const object = properties(binding.properties, body, native, { ...body.origin, edit: 'none' });
  const there = binding.if === undefined ? isSet(object) : isSetTrue(nativeAt(body, binding.if));
  return either(there, object, absentFrom(body));
}

/** The scenarios in which at least one property of an object is set. */
function isSet(object: Value): Truth {
  if (object.state !== 'object') return TRUE;
  let yes: Guard = Guard.never;
  let no: Guard = Guard.always;
  for (const entry of object.entries) {
    let unset: Guard = Guard.never;
    for (const { guard, value } of leaves(entry.value)) {
      if (isUnset(value)) unset = unset.or(guard);
      else if (value.state !== 'absent') yes = yes.or(guard);
    }
    no = no.and(unset);
  }
  return { yes, no };
}

/** The properties that a companion contains. Its object exists in the same scenarios as the companion. */
export function companionValue(binding: Binding, body: Value, native: NativeResource): Value {
  if (
    typeof binding !== 'object' ||
    !('properties' in binding) ||
    'each' in binding ||
    'has' in binding ||
    (binding as ObjectBinding).in !== undefined
  )
    return canonicalValue(binding, body, native);
  return properties((binding as ObjectBinding).properties, body, native, { ...body.origin, edit: 'none' });
}

function listOf(parts: readonly ListPart[], body: Value, native: NativeResource): Value {
  const items: Element[] = [];
  let open = false;
  let found = false;
  let origin: Origin = body.origin;
  let fallback: Leaf | undefined;
  let block: Value | undefined;
  for (const part of parts) {
    if ('over' in part) {
      const value = nativeAt(body, part.over);
      const members = fannedItems([part], {}, body, native);
      pushAll(items, members.items);
      if (members.open) open = true;
      if (value.state !== 'absent') {
        origin = value.origin;
        found = true;
        if (parts.length === 1) block = value;
      }
      continue;
    }
    if ('has' in part) {
      const item = fixedItem(part, body, native);
      if (item) {
        items.push(item);
        found = true;
      }
      continue;
    }
    const written = nativeAt(body, part.each);
    const value = part.json ? documentIn(written) : written;
    const blocks = itemsOf(value, true);
    if (!blocks.complete.yes.isAlways()) open = true;
    if (value.state !== 'absent') {
      origin = value.origin;
      found = true;
      if (parts.length === 1) block = value;
    } else fallback ??= withDefault(value, part.default);
    for (const block of blocks.items) {
      const fanned =
        part.lists === undefined
          ? fannedItems(part.fan, part.properties, block.value, native)
          : listIn(part, block.value, native);
      for (const item of fanned.items) items.push({ value: item.value, when: bothTruths(block.when, item.when) });
      if (fanned.open) open = true;
    }
  }
  if (!found && !open) return fallback ?? absentFrom(body);
  const list: Value = { state: 'list', origin, items, open };
  return block ? sameNode(block, list) : list;
}

/** A block that is a list itself, as the only item. */
function listIn({ lists, properties: bindings }: BlockItems, block: Value, native: NativeResource) {
  return {
    items: [{ when: TRUE, value: listOf([{ each: lists!, properties: bindings }], block, native) }],
    open: false,
  };
}

function fixedItem(part: FixedItem, body: Value, native: NativeResource): Element | undefined {
  const attributes = (typeof part.has === 'string' ? [part.has] : part.has).map((path) => {
    const value = nativeAt(body, path);
    return { value, when: isWrittenThere(value) };
  });
  const when = attributes.map((attribute) => attribute.when).reduce(eitherTruth);
  if (when.no.isAlways()) return undefined;
  const { value } = attributes.find((attribute) => !attribute.when.no.isAlways())!;
  return { when, value: properties(part.properties, body, native, value.origin) };
}

/** The canonical resources that one native resource represents, if there are several. */
export function itemsOfSource(source: NativeSource, native: NativeResource): readonly Element[] {
  if (!native.facts) return evaluatedItems(source, native);
  let evaluated: readonly Element[] | undefined;
  const items = (): readonly Element[] => (evaluated ??= evaluatedItems(source, native));
  const truths = native.facts.of(`items of ${numberOf(source)}`, () => items().map(({ when }) => when));
  return evaluated ?? truths.map((when, index) => lazyElement(() => items()[index]!.value, when));
}

const numberOf = numbering<NativeSource>();

function evaluatedItems({ each, fan, properties: bindings }: NativeSource, native: NativeResource): readonly Element[] {
  if (each === undefined) return fannedItems(fan, bindings, native.body, native).items;
  const blocks = nativeAt(native.body, each);
  const { items, complete } = itemsOf(blocks, true);
  const seen = flatMap(
    items.filter((block) => block.value.state !== 'unknown'),
    (block) =>
      fannedItems(fan, bindings, block.value, native).items.map(({ value, when }) => ({
        value,
        when: bothTruths(block.when, when),
      })),
  );
  // Blocks that are not visible can have any content. Without blocks, a plan also omits values that the provider
  // computes.
  const isUnseen = !complete.yes.isAlways() && leaves(blocks).some(({ value }) => value.state !== 'absent');
  return isUnseen ? [...seen, { value: unknown(blocks.origin, 'computed'), when: MAYBE }] : seen;
}

/** The canonical items that one native block, or one native resource, represents. */
function fannedItems(
  fan: readonly Fan[] | undefined,
  bindings: Bindings,
  block: Value,
  native: NativeResource,
): { readonly items: readonly Element[]; readonly open: boolean } {
  if (!fan)
    return {
      items: [{ when: TRUE, value: sameNode(block, properties(bindings, block, native, block.origin)) }],
      open: false,
    };
  const items: Element[] = [];
  let open = false;
  for (const way of fan) {
    if ('if' in way) {
      const flag = nativeAt(block, way.if);
      const { yes, no } = isSetTrue(flag);
      if (no.isAlways()) continue;
      const value = isSelf(way.value) ? selfReference(native, way.value, flag.origin) : nativeAt(block, way.value.from);
      items.push({ when: { yes, no }, value: fanItem(way.to, value, bindings, block, native) });
      continue;
    }
    const over = nativeAt(block, way.over);
    for (const { guard, value: leaf } of leaves(over)) {
      if (isUnset(leaf)) continue;
      const elsewhere = leaves(over).reduce(
        (sum, other) => (other.value === leaf ? sum : sum.or(other.guard)),
        Guard.never,
      );
      const here: Truth = { yes: guard, no: elsewhere };
      const members = itemsOf(leaf, true);
      if (!members.complete.yes.isAlways()) {
        open = true;
        if (members.items.length === 0 || leaf.state === 'list')
          items.push({
            when: MAYBE,
            value: fanItem(
              way.to,
              { state: 'unknown', origin: leaf.origin, why: 'computed', refs: [] },
              bindings,
              block,
              native,
            ),
          });
      }
      for (const item of members.items)
        items.push({ when: bothTruths(here, item.when), value: fanItem(way.to, item.value, bindings, block, native) });
    }
  }
  return { items, open };
}

/** An item of a fan. It has the location of its member, so that removing the item removes the member. */
function fanItem(to: string, value: Value, bindings: Bindings, block: Value, native: NativeResource): Value {
  const member: Member = { key: to, keyAt: keyOf(value.origin), value, when: TRUE };
  const item = properties(bindings, block, native, { ...value.origin }, [member], keyOf(block.origin));
  return sameNode(value, item);
}

function mapOf(binding: MapBinding, body: Value, native: NativeResource): Value {
  const value = nativeAt(body, binding.map);
  if (value.state === 'absent') return value;
  const blocks = itemsOf(value, true);
  let open = !blocks.complete.yes.isAlways();
  const entries = flatMap(blocks.items, ({ value: block, when }): readonly Member[] => {
    const key = nativeAt(block, binding.key);
    if (key.state !== 'known') {
      open = true;
      return [];
    }
    return [
      {
        key: key.raw,
        keyAt: key.origin.use,
        value: binding.properties
          ? properties(binding.properties, block, native, block.origin)
          : nativeAt(block, binding.value!),
        when,
      },
    ];
  });
  return { state: 'object', origin: value.origin, entries, open };
}
