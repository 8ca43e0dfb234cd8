import type { Edit, Fix } from '../../model/edit.ts';
import { all, any, exists, judgement, not, NO, type Judgement } from '../../model/judgement.ts';
import { isMissing } from '../../model/leaf.ts';
import { member } from '../../model/navigate.ts';
import type { Resource } from '../../model/resource.ts';
import type { Value } from '../../model/value.ts';
import { defineRule, type AnyRule, type Report, type RuleMetadata } from '../rule.ts';
import type { ResourcePaths, ResourceType } from '../resource-paths.ts';
import { metadataOf } from './metadata.ts';
import {
  goodValue,
  isBad,
  isUnset,
  meets,
  meetsAll,
  meetsAny,
  pathsIn,
  type Bad,
  type Scalar,
  type Tests,
} from './test.ts';
import { messageOf, titleOf, type Words } from './words.ts';

/** The place of the attributes in one type: a list of names and values, or an object whose keys are the names. */
export type AttributesPlace<Path extends string = string> = {
  readonly onlyIf?: Tests<Path>;
  readonly unless?: Tests<Path>;
} & ({ readonly list: Path; readonly name: string; readonly value: string } | { readonly map: Path });

/** An attribute by name and value, as load balancers and parameter groups have them. */
export type AttributeRule<T extends ResourceType> = RuleMetadata &
  Words &
  Bad & {
    readonly attributes: { readonly [K in T]: AttributesPlace<ResourcePaths[K]> };
    /** The name of the attribute: `deletion_protection.enabled`. */
    readonly attribute: string;
    /** Whether the default of AWS is safe where the attribute is absent. */
    readonly absent: 'safe' | 'unsafe';
  };

/** Makes a rule from its data: the paths it reads, the judgement, the message, and the fix that writes the attribute. */
export function attributeRule<T extends ResourceType>(data: AttributeRule<T>): AnyRule {
  const places = new Map(Object.entries<AttributesPlace>(data.attributes as never));
  const good = goodValue(data);
  return defineRule<T>({
    ...metadataOf(data),
    on: 'resource',
    reads: Object.fromEntries([...places].map(([type, place]) => [type, readsOf(place)])) as never,
    *check(subject) {
      const resource = subject as Resource;
      const place = places.get(resource.type)!;
      const get = (path: string): Value => resource.get(path);
      const counts = all(meetsAll(get, place.onlyIf), not(meetsAny(get, place.unless)));
      const message = messageOf(
        resource.displayName,
        { ...data, advice: data.advice ?? `Set {setting} to ${String(good)}.` },
        data.attribute,
      );
      const fix = (edit: Edit | undefined): readonly Fix[] =>
        data.fix === 'none' || edit === undefined
          ? []
          : [
              {
                title: titleOf(`Set ${data.attribute} to ${String(good)}`, data.fixCost),
                safe: data.fix === 'safe',
                edits: [edit],
              },
            ];
      const report = (wrong: Judgement, at: Value): Report => ({
        violations: [{ wrong: all(wrong, counts), at }],
        message,
        fixes: (leaf) => fix(editOf(resource, place, leaf, data.attribute, good)),
      });
      if ('map' in place) {
        const value = member(resource.get(place.map), data.attribute);
        yield report(any(isBad(value, data), data.absent === 'unsafe' ? isUnset(value) : NO), value);
        return;
      }
      const { items, complete } = resource.each(place.list);
      for (const item of items) {
        const value = item.get(place.value);
        yield report(all(judgement(item.when), meets(item.get(place.name), data.attribute), isBad(value, data)), value);
      }
      if (data.absent === 'safe') return;
      const named = exists({ items, complete }, (item) =>
        meets(items.find((one) => one.value === item.value)!.get(place.name), data.attribute),
      );
      yield report(not(named), resource.get(place.list));
    },
  });
}

/** The edit that writes the attribute: it replaces the value, or adds the attribute. */
function editOf(
  resource: Resource,
  place: AttributesPlace,
  leaf: Value,
  attribute: string,
  value: Scalar | undefined,
): Edit | undefined {
  if (value === undefined) return undefined;
  if ('map' in place) {
    const map = resource.get(place.map);
    if (!isMissing(leaf)) return { op: 'replace', resource, target: leaf, value };
    return isMissing(map)
      ? { op: 'set', resource, path: place.map, value: { [attribute]: value } }
      : { op: 'addMember', resource, target: map, key: attribute, value };
  }
  const list = resource.get(place.list);
  if (leaf !== list && !isMissing(leaf)) return { op: 'replace', resource, target: leaf, value };
  return {
    op: 'insertItem',
    resource,
    path: place.list,
    list,
    value: { [place.name]: attribute, [place.value]: value },
  };
}

function readsOf(place: AttributesPlace): readonly string[] {
  const own =
    'map' in place ? [place.map] : [place.list, `${place.list}[].${place.name}`, `${place.list}[].${place.value}`];
  return [...own, ...pathsIn(place.onlyIf, place.unless)];
}
