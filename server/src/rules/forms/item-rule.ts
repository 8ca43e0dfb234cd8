import type { Edit } from '../../model/edit.ts';
import { all, any, judgement, NO, type Judgement } from '../../model/judgement.ts';
import { isMissing } from '../../model/leaf.ts';
import type { Resource } from '../../model/resource.ts';
import type { Leaf } from '../../model/value.ts';
import { defineRule, type AnyRule } from '../rule.ts';
import type { ResourcePaths, ResourceType } from '../resource-paths.ts';
import { itemsAt, listsOn, type Item, type ListPath } from './items.ts';
import { metadataOf, type FormFacts } from './metadata.ts';
import { countsIn, scopePaths, type Scope } from './place.ts';
import { goodValue, isBad, isUnset, type Bad, type Scalar } from './test.ts';
import { adviceOf, fixesOf, messageOf, settingName, type Words } from './words.ts';

/** A setting of every item of a list that must, or must not, have some values. It counts by other properties of the item, by paths below it. */
export type ItemRule<T extends ResourceType> = FormFacts &
  Words &
  Bad &
  Scope & {
    /** The paths of the items in each type, with `[]` after every list: `Listeners[]`. A path without lists is one more item. */
    readonly items: { readonly [K in T]: ListPath<ResourcePaths[K]> | readonly ListPath<ResourcePaths[K]>[] };
    /** The setting, below the item. */
    readonly setting: string;
    /** Whether the default of AWS is safe where an item lacks the setting. */
    readonly absent: 'safe' | 'unsafe';
  };

/** Makes a rule from its data: the paths it reads, the judgement, the message, and the fix that sets the setting of the item. */
export function itemRule<T extends ResourceType>(data: ItemRule<T>): AnyRule {
  const { setting, absent } = data;
  const good = goodValue(data);
  const advice = adviceOf(data, good);
  const places = new Map(
    Object.entries<string | readonly string[]>(data.items).map(([type, paths]) => [
      type,
      typeof paths === 'string' ? [paths] : paths,
    ]),
  );
  return defineRule<T>({
    ...metadataOf(data, { advice, path: setting, fixable: good !== undefined }),
    on: 'resource',
    reads: Object.fromEntries(
      [...places].map(([type, paths]) => [type, readsOf(paths, [setting, ...scopePaths(data)])]),
    ) as never,
    *check(subject) {
      const resource = subject as Resource;
      for (const item of places.get(resource.type)!.flatMap((path) => itemsAt(resource, path))) {
        const value = item.properties.get(setting);
        const counts = countsIn((path) => item.properties.get(path), data);
        const unset: Judgement = absent === 'unsafe' ? isUnset(value) : NO;
        const name = settingName(resource, `${item.path}.${setting}`);
        yield {
          violations: [{ wrong: all(judgement(item.when), any(isBad(value, data), unset), counts), at: value }],
          message: messageOf(resource.displayName, { ...data, advice }, name),
          fixes: (leaf) =>
            good === undefined
              ? []
              : fixesOf(data.fix, `Set ${name} to ${String(good)}`, [editOf(resource, item, leaf, setting, good)]),
        };
      }
    },
  });
}

function editOf(resource: Resource, item: Item, leaf: Leaf, setting: string, value: Scalar): Edit {
  if (!isMissing(leaf)) return { op: 'replace', resource, target: leaf, value };
  return { op: 'set', resource, path: `${item.path}.${setting}`, value, ...(item.value ? { item: item.value } : {}) };
}

/** All paths that are read: the lists on the way, and the settings of the items. */
function readsOf(paths: readonly string[], settings: readonly string[]): readonly string[] {
  return [
    ...new Set([
      ...paths.flatMap(listsOn),
      ...paths.flatMap((path) => settings.map((setting) => `${path}.${setting}`)),
    ]),
  ];
}
