import type { Edit, Fix } from '../../model/edit.ts';
import { all, any, exists, isPresent, judgement, not, type Judgement } from '../../model/judgement.ts';
import { isMissing } from '../../model/leaf.ts';
import { itemsOfProperty, member } from '../../model/navigate.ts';
import type { Resource } from '../../model/resource.ts';
import { shown } from '../../model/shown.ts';
import type { Value } from '../../model/value.ts';
import { defineRule, type AnyRule, type RuleMetadata } from '../rule.ts';
import type { ResourcePaths, ResourceType } from '../resource-paths.ts';
import { metadataOf } from './metadata.ts';
import { meets, meetsAll, meetsAny, pathsIn, type Scalar, type Test, type Tests } from './test.ts';
import { listed, messageOf, settingName, titleOf, type Words } from './words.ts';

/** The path of a list in one resource type, and where it counts. */
export interface ListPlace<Path extends string = string> {
  readonly path: Path;
  /** The property of each item that holds the value, where the items are objects. */
  readonly item?: string;
  readonly onlyIf?: Tests<Path>;
  readonly unless?: Tests<Path>;
}

/** The values that a list must, or must not, contain. */
export type ListContent =
  | {
      readonly mustContain: readonly [Scalar, ...Scalar[]];
      /** Whether the default of AWS is safe where the list is absent. */
      readonly absent: 'safe' | 'unsafe';
    }
  | { readonly mustNotContain: Test };

/** A list that must, or must not, contain some values. `{missing}` in the problem is replaced by the missing values. */
export type ListRule<T extends ResourceType> = RuleMetadata &
  Words &
  ListContent & { readonly lists: { readonly [K in T]: ResourcePaths[K] | ListPlace<ResourcePaths[K]> } };

/** Makes a rule from its data: the paths it reads, the judgement, the message, and the fix that adds or removes items. */
export function listRule<T extends ResourceType>(data: ListRule<T>): AnyRule {
  const places = new Map(
    Object.entries<string | ListPlace>(data.lists as never).map(([type, place]) => [
      type,
      typeof place === 'string' ? { path: place } : place,
    ]),
  );
  return defineRule<T>({
    ...metadataOf(data),
    on: 'resource',
    reads: Object.fromEntries(
      [...places].map(([type, { path, onlyIf, unless }]) => [type, [path, ...pathsIn(onlyIf, unless)]]),
    ) as never,
    *check(subject) {
      const resource = subject as Resource;
      const { path, item: property, onlyIf, unless } = places.get(resource.type)!;
      const list = resource.get(path);
      const setting = settingName(resource, path);
      const get = (inner: string): Value => resource.get(inner);
      const counts = all(meetsAll(get, onlyIf), not(meetsAny(get, unless)));
      if ('mustContain' in data) {
        const without = data.mustContain.map((value) => ({ value, wrong: lacks(list, value, property) }));
        yield {
          violations: [
            {
              wrong: all(
                any(...without.map(({ wrong }) => wrong)),
                data.absent === 'safe' ? isPresent(list) : all(),
                counts,
              ),
              at: list,
            },
          ],
          message: (_shown, leaf) => {
            const missing = missingIn(leaf, data.mustContain, property);
            const problem = data.problem.replaceAll('{missing}', listed(missing));
            return messageOf(
              resource.displayName,
              { ...data, problem, advice: data.advice ?? `Add ${listed(missing)} to {setting}.` },
              setting,
            );
          },
          fixes: (leaf) =>
            data.fix === 'none'
              ? []
              : adding(resource, { path, property }, leaf, missingIn(leaf, data.mustContain, property), setting, data),
        };
        return;
      }
      for (const item of itemsOfProperty(list).items)
        yield {
          violations: [
            {
              wrong: all(judgement(item.when), meets(valueIn(item.value, property), data.mustNotContain), counts),
              at: item.value,
            },
          ],
          message: (value) =>
            messageOf(
              resource.displayName,
              { ...data, advice: data.advice ?? `Remove ${value} from {setting}.` },
              setting,
            ),
          fixes: (leaf) =>
            data.fix === 'none'
              ? []
              : [
                  {
                    title: titleOf(`Remove ${shown(leaf)} from ${setting}`, data.fixCost),
                    safe: data.fix === 'safe',
                    edits: [{ op: 'removeItem', resource, target: leaf }],
                  },
                ],
        };
    },
  });
}

/** Whether a list does not have a value. */
function lacks(list: Value, value: Scalar, property: string | undefined): Judgement {
  return not(exists(itemsOfProperty(list), (item) => meets(valueIn(item.value, property), value)));
}

function valueIn(item: Value, property: string | undefined): Value {
  return property === undefined ? item : member(item, property);
}

/** The required values that a list is not known to have. */
function missingIn(list: Value, required: readonly Scalar[], property: string | undefined): readonly Scalar[] {
  const missing = required.filter((value) => !lacks(list, value, property).no.isAlways());
  return missing.length > 0 ? missing : required;
}

function adding(
  resource: Resource,
  { path, property }: { readonly path: string; readonly property: string | undefined },
  list: Value,
  values: readonly Scalar[],
  setting: string,
  { fix, fixCost }: RuleMetadata & Words,
): readonly Fix[] {
  const items = values.map((value) => (property === undefined ? value : { [property]: value }));
  const edits: readonly Edit[] = isMissing(list)
    ? [{ op: 'set', resource, path, value: items }]
    : items.map((value) => ({ op: 'insertItem', resource, path, list, value }));
  return [{ title: titleOf(`Add ${listed(values)} to ${setting}`, fixCost), safe: fix === 'safe', edits }];
}
