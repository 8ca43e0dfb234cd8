/** Reads the properties of a SAM resource under canonical names, as the bindings of a mapping say. */
import { bothTruths, eitherTruth, FALSE, notTruth, TRUE, type Truth } from '../../base/guard.ts';
import type { Span } from '../../base/span.ts';
import { absentFrom, either, mapLeaves, unknown } from '../../model/navigate.ts';
import type { Element, Leaf, Member, Origin, Value } from '../../model/value.ts';
import { lazyMember } from '../plain.ts';
import type { Binding, Bindings, ConstantBinding, Creation, Json, ManagedBinding, ObjectBinding, Premise, SamPolicies } from './mapping.ts';
import { isText, isUnset, nativeAt, presence } from './native.ts';
import { inlinePolicies, managedPolicies } from './policies.ts';

/** A resource that the transform makes, and what it is made from. */
export interface Making {
  readonly creation: Creation;
  /** The properties of the SAM resource or event. */
  readonly native: Value;
  /** The place of its name, for what is written nowhere. */
  readonly nameAt: Span;
  readonly policies: SamPolicies;
  /** Whether its role gets more than what is said for it. */
  readonly granted: boolean;
  /** The logical id that a pattern stands for. */
  id(pattern: string): string;
}

/** In which scenarios the transform makes the resource, where its source is there. */
export function isMade({ creation, native }: Making): Truth {
  const meets = ({ path, is }: Premise): Truth => {
    const value = nativeAt(native, path);
    return is === undefined ? presence(value) : isText(value, is);
  };
  const { when, unless } = creation;
  const there = creation.in === undefined ? TRUE : presence(nativeAt(native, creation.in));
  return [when ? meets(when) : TRUE, unless ? notTruth(meets(unless)) : TRUE].reduce(bothTruths, there);
}

/** The canonical properties of the resource. */
export function canonicalProperties(making: Making): Value {
  const { creation, native } = making;
  const holder = creation.in === undefined ? native : nativeAt(native, creation.in);
  return mapLeaves(holder, (leaf) => {
    if (leaf.state !== 'object' && leaf.state !== 'absent') return leaf;
    const others = (): readonly Member[] => leaf.state === 'object' && creation.same ? leaf.entries.filter(({ key }) => !Object.hasOwn(creation.properties, key)) : [];
    let entries: readonly Member[] | undefined;
    return { state: 'object', origin: leaf.origin, open: leaf.open, get entries() { return entries ??= [...entriesOf(creation.properties, leaf, making), ...others()]; } };
  });
}

function entriesOf(bindings: Bindings, holder: Leaf, making: Making): readonly Member[] {
  return Object.entries(bindings).map(([name, binding]) => lazyMember(name, holder.origin.key ?? holder.origin.use, () => canonicalValue(binding, holder, making)));
}

function canonicalValue(binding: Binding, holder: Leaf, making: Making): Value {
  if (typeof binding === 'string') return nativeAt(holder, binding);
  if ('object' in binding) return objectOf(binding, holder, making);
  if ('first' in binding) return binding.first.map((one) => canonicalValue(one, holder, making)).reduceRight((rest, first) => mapLeaves(first, (leaf) => isUnset(leaf) ? rest : leaf));
  if ('constant' in binding) return constantOf(binding, holder, making);
  if ('made' in binding) return { state: 'reference', origin: origin(making), to: making.id(binding.made), ...(binding.attribute === undefined ? {} : { attribute: binding.attribute }) };
  if ('pairs' in binding) return mapLeaves(nativeAt(holder, binding.pairs), pairsOf);
  if ('only' in binding) return mapLeaves(canonicalValue(binding.only, holder, making), (leaf) => leaf.state === 'absent' || leaf.state === 'list' || isUnset(leaf) ? leaf
    : { state: 'list', origin: leaf.origin, open: false, items: [{ when: TRUE, value: leaf }] });
  if ('some' in binding) return mapLeaves(nativeAt(holder, binding.some), (leaf) => {
    if (leaf.state === 'list') return { ...leaf, open: true };
    return leaf.state === 'absent' ? { state: 'list', origin: leaf.origin, open: true, items: [] } : leaf;
  });
  if ('documents' in binding) return inlinePolicies(nativeAt(holder, binding.documents), making.policies, making.granted);
  if ('managed' in binding) return managedOf(binding, holder, making);
  return unreadOf(binding.unread, holder, making);
}

/** The place of what is written nowhere. */
function origin({ nameAt }: Making): Origin {
  return { use: nameAt, steps: [], edit: 'none' };
}

function objectOf(binding: ObjectBinding, holder: Leaf, making: Making): Value {
  const entries = entriesOf(binding.object, holder, making);
  const [place] = [...binding.where === undefined ? [] : [nativeAt(holder, binding.where)], ...writtenIn(binding.object, holder)];
  const object: Value = { state: 'object', origin: { ...(place ?? holder).origin, edit: 'none' }, entries, open: false };
  return either(isThere(binding, entries, holder), object, absentFrom(holder, holder.state === 'absent' && holder.open));
}

/** What is written for the properties of an object as such. */
function writtenIn(bindings: Bindings, holder: Leaf): readonly Value[] {
  return Object.values(bindings).flatMap((binding) => {
    const value = typeof binding === 'string' ? nativeAt(holder, binding) : undefined;
    return value && value.state !== 'absent' ? [value] : [];
  });
}

function isThere(binding: ObjectBinding, entries: readonly Member[], holder: Leaf): Truth {
  if (binding.where !== undefined) return presence(nativeAt(holder, binding.where));
  if (binding.unless !== undefined) return notTruth(isText(nativeAt(holder, binding.unless), binding.is ?? ''));
  return entries.map(({ value }) => presence(value)).reduce(eitherTruth, FALSE);
}

function constantOf(binding: ConstantBinding, holder: Leaf, making: Making): Value {
  const place = binding.at === undefined ? undefined : nativeAt(holder, binding.at);
  const value = place ? mapLeaves(place, (leaf) => constant(binding.constant, { ...leaf.origin, edit: 'none' })) : constant(binding.constant, origin(making));
  return binding.unless === undefined ? value : either(presence(nativeAt(holder, binding.unless)), absentFrom(holder), value);
}

function constant(json: Json, at: Origin): Value {
  if (Array.isArray(json)) return { state: 'list', origin: at, open: false, items: json.map((item: Json): Element => ({ when: TRUE, value: constant(item, at) })) };
  if (typeof json === 'object' && json !== null) {
    return { state: 'object', origin: at, open: false, entries: Object.entries(json).map(([key, value]) => ({ key, keyAt: at.use, when: TRUE, value: constant(value as Json, at) })) };
  }
  return { state: 'known', origin: at, raw: String(json), quoted: typeof json === 'string', value: json as string };
}

function pairsOf(leaf: Leaf): Value {
  if (leaf.state !== 'object') return leaf;
  return {
    state: 'list', origin: leaf.origin, open: leaf.open,
    items: leaf.entries.map(({ key, keyAt, value, when }): Element => ({
      when,
      value: {
        state: 'object', origin: { use: keyAt, steps: [], edit: 'none' }, open: false,
        entries: [
          { key: 'Key', keyAt, when: TRUE, value: { state: 'known', origin: { use: keyAt, steps: [], edit: 'none' }, raw: key, quoted: true, value: key } },
          { key: 'Value', keyAt, when: TRUE, value },
        ],
      },
    })),
  };
}

function managedOf({ managed, always = [], adds = {} }: ManagedBinding, holder: Leaf, making: Making): Value {
  const item = (arn: string, when: Truth): Element => ({ when, value: constant(arn, origin(making)) });
  const own = [...always.map((arn) => item(arn, TRUE)), ...Object.entries(adds).map(([path, arn]) => item(arn, presence(nativeAt(holder, path))))]
    .filter(({ when }) => !when.no.isAlways());
  return managedPolicies(nativeAt(holder, managed), own, making.policies, origin(making), making.granted);
}

function unreadOf(unread: true | readonly string[], holder: Leaf, making: Making): Value {
  if (unread === true) return unknown(origin(making), 'transform');
  return unread.map((path) => nativeAt(holder, path)).reduceRight<Value>((rest, value) => mapLeaves(value, (leaf) => {
    if (isUnset(leaf)) return rest;
    return leaf.state === 'absent' ? leaf : unknown({ ...leaf.origin, edit: 'none' }, 'transform');
  }), absentFrom(holder, holder.state === 'absent' && holder.open));
}
