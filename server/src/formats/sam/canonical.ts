/** Reads the properties of a SAM resource under canonical names, using the bindings of a mapping. */
import { flatMap } from '../../base/flat-map.ts';
import { bothTruths, eitherTruth, FALSE, notTruth, TRUE, type Truth } from '../../base/guard.ts';
import type { Span } from '../../base/span.ts';
import { absentFrom, either, isUnset, itemsOf, mapLeaves, member, unknown } from '../../model/navigate.ts';
import type { Element, Leaf, Member, Origin, Value } from '../../model/value.ts';
import { lazyMember } from '../plain.ts';
import { jsonValue, type FilledPlaceholder } from './json-value.ts';
import type {
  SamBinding,
  SamBindings,
  SamConstantBinding,
  Creation,
  IdPattern,
  ManagedBinding,
  SamManagedPolicy,
  SamObjectBinding,
  PolicyBinding,
  Premise,
  TextBinding,
} from './mapping.ts';
import { isText, samValueAt, partOfPlace, writtenWhen } from './native.ts';
import { inlinePolicies, inlinePolicy, managedPolicies, type PolicyMaking } from './policies.ts';
import { registryOf } from './registry.ts';
import { resourcePolicy } from './resource-policy.ts';
import { routeOf } from './route.ts';
import { tagsOfMap } from './tags.ts';

/** The source of a generated resource. */
export interface Making extends PolicyMaking {
  /** The properties of the SAM resource or event. */
  readonly native: Value;
  /** The range of its name, for values without a source range. */
  readonly nameAt: Span;
  /** The statements that the events of a function add to its role. */
  readonly grants: readonly EventGrant[];
  /** Whether the alias of the function is referenced instead of the function. */
  readonly aliased: boolean;
  /** The logical ID that a pattern resolves to. */
  id(pattern: IdPattern): string;
  /** The address of a logical ID of the template. */
  address(id: string): string;
}

/** What one event adds to a role. */
export interface EventGrant {
  readonly managed?: SamManagedPolicy;
  readonly policies: readonly PolicyBinding[];
  /** The event. */
  readonly making: Making;
}

/** The scenarios in which the transform creates the resource, within those of its source. */
export function isMade({ in: path, when, unless }: Pick<Creation, 'in' | 'when' | 'unless'>, native: Value): Truth {
  const all = (premises: Creation['when']): readonly Truth[] =>
    premises === undefined ? [] : [premises].flat().map((premise) => meets(premise, native));
  const there = path === undefined ? TRUE : writtenWhen(samValueAt(native, path));
  return [...all(when), ...all(unless).map(notTruth)].reduce(bothTruths, there);
}

function meets({ path, is, types, written }: Premise, native: Value): Truth {
  const value = samValueAt(native, path);
  if (written && (value.state === 'choice' || value.origin.steps.length > 0)) return FALSE;
  if (types)
    return types
      .map((type) =>
        accessOf(value, [type])
          .map(({ when }) => when)
          .reduce(eitherTruth, FALSE),
      )
      .reduce(bothTruths, TRUE);
  return is === undefined
    ? writtenWhen(value)
    : [is]
        .flat()
        .map((text) => isText(value, text))
        .reduce(eitherTruth, FALSE);
}

/** The canonical properties of the resource. */
export function canonicalProperties(creation: Creation, making: Making): Value {
  const holder = creation.in === undefined ? making.native : samValueAt(making.native, creation.in);
  return mapLeaves(holder, (leaf) => {
    if (leaf.state !== 'object' && leaf.state !== 'absent') return leaf;
    const others = (): readonly Member[] =>
      leaf.state === 'object' && creation.same
        ? leaf.entries.filter(({ key }) => !Object.hasOwn(creation.properties, key))
        : [];
    let entries: readonly Member[] | undefined;
    return {
      state: 'object',
      origin: leaf.origin,
      open: leaf.open,
      get entries() {
        return (entries ??= [...entriesOf(creation.properties, leaf, making), ...others()]);
      },
    };
  });
}

function entriesOf(bindings: SamBindings, holder: Leaf, making: Making): readonly Member[] {
  return Object.entries(bindings).map(([name, binding]) =>
    lazyMember(name, holder.origin.key ?? holder.origin.use, () => canonicalValue(binding, holder, making)),
  );
}

function canonicalValue(binding: SamBinding, holder: Leaf, making: Making): Value {
  if (typeof binding === 'string') return samValueAt(holder, binding);
  if ('object' in binding) return objectOf(binding, holder, making);
  if ('first' in binding)
    return binding.first
      .map((one) => canonicalValue(one, holder, making))
      .reduceRight((rest, first) => mapLeaves(first, (leaf) => (isUnset(leaf) ? rest : leaf)));
  if ('constant' in binding) return constantOf(binding, holder, making);
  if ('made' in binding) return reference(binding.made, binding.attribute, making);
  if ('target' in binding)
    return reference('{target}', making.aliased || binding.target === '' ? undefined : binding.target, making);
  if ('named' in binding) return jsonValue(making.id(binding.named), originOf(making));
  if ('text' in binding) return textOf(binding, holder, making);
  if ('tags' in binding) {
    const tags = samValueAt(holder, binding.tags);
    return tagsOfMap(
      binding.when ? either(meets(binding.when, holder), tags, absentFrom(holder)) : tags,
      binding,
      originOf(making),
    );
  }
  if ('arn' in binding)
    return mapLeaves(samValueAt(holder, binding.arn), (leaf) =>
      leaf.state === 'reference' && leaf.attribute === undefined
        ? { ...leaf, origin: { ...leaf.origin, edit: 'none' }, attribute: 'Arn' }
        : leaf,
    );
  if ('s3' in binding) return partOfPlace(samValueAt(holder, binding.s3), binding.part);
  if ('list' in binding)
    return listOf(
      flatMap(binding.list, (one) => presentItem(canonicalValue(one, holder, making))),
      holder,
      making,
    );
  if ('items' in binding)
    return mapLeaves(samValueAt(holder, binding.items), (list) =>
      list.state !== 'list'
        ? list
        : {
            ...list,
            items: list.items.map(({ value, when }): Element => ({
              when,
              value: mapLeaves(value, (item) =>
                item.state === 'object' ? objectOf({ object: binding.each }, item, making) : item,
              ),
            })),
          },
    );
  if ('access' in binding) return listOf(accessOf(samValueAt(holder, binding.access), binding.types), holder, making);
  if ('given' in binding)
    return either(
      meets(binding.given, holder),
      canonicalValue(binding.then, holder, making),
      binding.else === undefined ? absentFrom(holder) : canonicalValue(binding.else, holder, making),
    );
  if ('body' in binding) return bodyOf(binding, holder, making);
  if ('registry' in binding)
    return registryOf(samValueAt(holder, binding.registry), binding.schemas === true, originOf(making), making);
  if ('resourcePolicy' in binding) return resourcePolicy(samValueAt(holder, binding.resourcePolicy), originOf(making));
  if ('route' in binding) return routeOf(holder, binding.route, originOf(making));
  if ('statements' in binding) return policyOf(binding, holder, making);
  if ('only' in binding)
    return mapLeaves(canonicalValue(binding.only, holder, making), (leaf) =>
      leaf.state === 'absent' || leaf.state === 'list' || isUnset(leaf)
        ? leaf
        : { state: 'list', origin: leaf.origin, open: false, items: [{ when: TRUE, value: leaf }] },
    );
  if ('some' in binding)
    return mapLeaves(samValueAt(holder, binding.some), (leaf) => {
      if (leaf.state === 'list') return { ...leaf, open: true };
      return leaf.state === 'absent' ? { state: 'list', origin: leaf.origin, open: true, items: [] } : leaf;
    });
  if ('documents' in binding) {
    const before = flatMap(binding.before ?? [], (one) => presentItem(canonicalValue(one, holder, making)));
    const after = flatMap(making.grants, ({ policies, making: event }) =>
      flatMap(policies, (one) => mapped(event.native, (leaf) => presentItem(canonicalValue(one, leaf, event)))),
    );
    return inlinePolicies(samValueAt(holder, binding.documents), making.id('{id}Role'), making, before, after);
  }
  if ('managed' in binding) return managedOf(binding, holder, making);
  return unreadOf(binding.unread, holder, making);
}

/** The range of a value that is not in the source. */
function originOf({ nameAt }: Making): Origin {
  return { use: nameAt, key: nameAt, steps: [], edit: 'none' };
}

function reference(pattern: IdPattern, attribute: string | undefined, making: Making): Value {
  return {
    state: 'reference',
    origin: originOf(making),
    to: making.address(making.id(pattern)),
    ...(attribute === undefined ? {} : { attribute }),
  };
}

function objectOf(binding: SamObjectBinding, holder: Leaf, making: Making): Value {
  const entries = entriesOf(binding.object, holder, making);
  const [place] = [
    ...(binding.where === undefined ? [] : [samValueAt(holder, binding.where)]),
    ...writtenIn(binding.object, holder),
  ];
  const object: Value = {
    state: 'object',
    origin: { ...(place ?? holder).origin, edit: 'none' },
    entries,
    open: false,
  };
  return either(
    presenceOf(binding, entries, holder),
    object,
    absentFrom(holder, holder.state === 'absent' && holder.open),
  );
}

/** The literal properties of an object. */
function writtenIn(bindings: SamBindings, holder: Leaf): readonly Value[] {
  return flatMap(Object.values(bindings), (binding) => {
    const path = typeof binding === 'string' ? binding : 's3' in binding ? binding.s3 : undefined;
    const value = path === undefined ? undefined : samValueAt(holder, path);
    return value && value.state !== 'absent' ? [value] : [];
  });
}

function presenceOf(binding: SamObjectBinding, entries: readonly Member[], holder: Leaf): Truth {
  if (binding.where !== undefined) return writtenWhen(samValueAt(holder, binding.where));
  if (binding.unless !== undefined) return notTruth(isText(samValueAt(holder, binding.unless), binding.is ?? ''));
  return entries.map(({ value }) => writtenWhen(value)).reduce(eitherTruth, FALSE);
}

function constantOf(binding: SamConstantBinding, holder: Leaf, making: Making): Value {
  const place = binding.at === undefined ? undefined : samValueAt(holder, binding.at);
  const value = place
    ? mapLeaves(place, (leaf) => jsonValue(binding.constant, { ...leaf.origin, edit: 'none' }))
    : jsonValue(binding.constant, originOf(making));
  return binding.unless === undefined
    ? value
    : either(writtenWhen(samValueAt(holder, binding.unless)), absentFrom(holder), value);
}

function textOf({ text, with: bindings = {} }: TextBinding, holder: Leaf, making: Making): Value {
  const values = new Map(
    Object.entries(bindings).map(([name, binding]) => [name, canonicalValue(binding, holder, making)]),
  );
  const fill = (name: string): FilledPlaceholder | undefined => {
    if (name.startsWith('AWS::')) return { value: making.parameter(name), written: false };
    const value = values.get(name);
    return value && { value, written: value.origin.use !== making.nameAt };
  };
  const present = [...values.values()].map(writtenWhen).reduce(bothTruths, TRUE);
  return either(present, jsonValue(text, originOf(making), fill), absentFrom(holder));
}

/** The definition of an API. The additions of the transform are unknown, so it is open. */
function bodyOf(
  { body, unless }: { readonly body: string; readonly unless: string },
  holder: Leaf,
  making: Making,
): Value {
  const generated: Value = { state: 'object', origin: originOf(making), entries: [], open: true };
  const value = mapLeaves(samValueAt(holder, body), (leaf) =>
    isUnset(leaf) ? generated : leaf.state === 'object' ? { ...leaf, open: true } : leaf,
  );
  return either(writtenWhen(samValueAt(holder, unless)), absentFrom(holder), value);
}

/** A list of the items that exist; undefined if there are none. */
function listOf(items: readonly Element[], holder: Leaf, making: Making): Value {
  const present = items.map(({ when }) => when).reduce(eitherTruth, FALSE);
  return either(present, { state: 'list', origin: originOf(making), open: false, items }, absentFrom(holder));
}

function accessOf(configurations: Value, types: readonly string[]): readonly Element[] {
  return flatMap(itemsOf(configurations).items, ({ value, when }) => {
    const intended = bothTruths(
      when,
      types.map((type) => isText(member(value, 'Type'), type)).reduce(eitherTruth, FALSE),
    );
    return intended.no.isAlways() ? [] : [{ when: intended, value: member(value, 'URI') }];
  });
}

/** A value as a list item, in the scenarios in which it exists. */
function presentItem(value: Value): readonly Element[] {
  const when = writtenWhen(value);
  return when.no.isAlways() ? [] : [{ value, when }];
}

/** Applies a function to each possible value, within its scenarios. */
function mapped(value: Value, f: (leaf: Leaf) => readonly Element[]): readonly Element[] {
  if (value.state !== 'choice') return f(value);
  return flatMap(value.branches, ({ guard, value: branch }) =>
    mapped(branch, f).map(({ value: held, when }) => ({
      value: held,
      when: bothTruths(when, { yes: guard, no: when.no }),
    })),
  );
}

/** An inline policy with the existing statements. */
function policyOf({ policy, version, where, statements }: PolicyBinding, holder: Leaf, making: Making): Value {
  if (where !== undefined && writtenWhen(samValueAt(holder, where)).no.isAlways()) return absentFrom(holder);
  const origin = originOf(making);
  const items = flatMap(statements, ({ actions, on, when }): readonly Element[] => {
    const resources = canonicalValue(on, holder, making);
    const present = bothTruths(writtenWhen(resources), when ? meets(when, holder) : TRUE);
    if (present.no.isAlways()) return [];
    const value: Value = {
      state: 'object',
      origin: { ...resources.origin, edit: 'none' },
      open: false,
      entries: [
        ...Object.entries({ Effect: 'Allow', Action: actions }).map(([key, json]): Member => ({
          key,
          keyAt: making.nameAt,
          when: TRUE,
          value: jsonValue(json, origin),
        })),
        { key: 'Resource', keyAt: making.nameAt, when: TRUE, value: resources },
      ],
    };
    return [{ when: present, value }];
  });
  const present = items.map(({ when }) => when).reduce(eitherTruth, FALSE);
  const document: Value = {
    state: 'object',
    origin,
    open: false,
    entries: [
      ...(version === undefined
        ? []
        : [{ key: 'Version', keyAt: making.nameAt, when: TRUE, value: jsonValue(version, origin) }]),
      { key: 'Statement', keyAt: making.nameAt, when: TRUE, value: { state: 'list', origin, open: false, items } },
    ],
  };
  return either(
    present,
    policy === undefined ? document : inlinePolicy(making.id(policy), origin, document),
    absentFrom(holder),
  );
}

function managedOf({ managed, always = [] }: ManagedBinding, holder: Leaf, making: Making): Value {
  const element = ({ arn, when, unless }: SamManagedPolicy): readonly Element[] => {
    const present = isMade({ ...(when ? { when } : {}), ...(unless ? { unless } : {}) }, holder);
    return present.no.isAlways() ? [] : [{ when: present, value: jsonValue(arn, originOf(making)) }];
  };
  const before = flatMap(always, element);
  const after = new Map<string, Element>();
  for (const { managed: policy, making: event } of making.grants) {
    const present = policy && isMade(policy, event.native);
    if (present && !present.no.isAlways() && !after.has(policy.arn))
      after.set(policy.arn, { when: present, value: jsonValue(policy.arn, originOf(event)) });
  }
  return managedPolicies(samValueAt(holder, managed), before, [...after.values()], making.policies, originOf(making));
}

function unreadOf(unread: true | readonly string[], holder: Leaf, making: Making): Value {
  if (unread === true) return unknown(originOf(making), 'transform');
  return unread
    .map((path) => samValueAt(holder, path))
    .reduceRight<Value>(
      (rest, value) =>
        mapLeaves(value, (leaf) => {
          if (isUnset(leaf)) return rest;
          return leaf.state === 'absent' ? leaf : unknown({ ...leaf.origin, edit: 'none' }, 'transform');
        }),
      absentFrom(holder, holder.state === 'absent' && holder.open),
    );
}
