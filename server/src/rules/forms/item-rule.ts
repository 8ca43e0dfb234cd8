import { flatMap } from '../../base/flat-map.ts';
import { ownEntry } from '../../base/table.ts';
import type { WrittenCovered } from '../../model/covered.ts';
import type { Edit, Impact } from '../../model/edit.ts';
import { all, any, isPresent, judgement, not, NO, UNKNOWABLE, YES, type Judgement } from '../../model/judgement.ts';
import { isMissing, isUnknown } from '../../model/leaf.ts';
import type { Resource } from '../../model/resource.ts';
import { never } from '../../model/quantified.ts';
import { NOT_SET } from '../../model/shown.ts';
import type { Leaf, Value } from '../../model/value.ts';
import { defineRule, type AnyRule, type Assumption, type Report } from '../rule.ts';
import type { ResourcePaths, ResourceType } from '../resource-paths.ts';
import { itemsAt, listsOn, type PropertyItem, type ListPath } from './items.ts';
import { coveredAt, coveredBy, metadataOf, type FormFacts } from './metadata.ts';
import { countsIn, scopePaths, type PlaceScope } from './place.ts';
import { absenceAt, wordsFor, type Absence } from './absence.ts';
import {
  goodValue,
  isBad,
  isUnwritten,
  meetsAll,
  meetsAny,
  pathsIn,
  type WrongValue,
  type Scalar,
  type Tests,
} from './test.ts';
import { adviceOf, formFix, sentences, settingName, withProblem, type FixCost, type TitledWords } from './words.ts';

/**
 * A setting of every item of a list that must, or must not, have some values. It counts by other properties of the
 * item, by paths below it.
 */
export type ItemRule<T extends ResourceType> = FormFacts &
  TitledWords &
  WrongValue &
  PlaceScope & {
    /**
     * The paths of the items in each type, with `[]` after every list: `Listeners[]`. A path without lists is one more
     * item.
     */
    readonly items: {
      readonly [K in T]: ItemPlace<ListPath<ResourcePaths[K]>> | readonly ItemPlace<ListPath<ResourcePaths[K]>>[];
    };
    /** The setting, below the item. */
    readonly setting: string;
    /** What AWS does if an item lacks the setting. Its scope refers to properties of the item. */
    readonly absent: Absence;
    /** Properties of the item that name its source, whose unknown setting it inherits. */
    readonly inheritedFrom?: readonly string[];
    /** Properties of the item that AWS does not allow beside the new value; a fix removes them. */
    readonly alsoRemove?: readonly string[];
    /** The account setting that makes a wrong value have no effect. */
    readonly overriddenBy?: Assumption;
    /**
     * If the resource meets one of these tests, its items do not count: `{ RequiresCompatibilities: { contains:
     * 'FARGATE' } }`.
     */
    readonly exemptIf?: { readonly [K in T]?: Tests<ResourcePaths[K]> };
    /** If the resource meets these tests, a finding has low severity and is for `strict`: `{ Scheme: 'internal' }`. */
    readonly milderIf?: { readonly [K in T]?: Tests<ResourcePaths[K]> };
  };

/**
 * The path of items, with what the rule covers there alone, and with the setting and the value that a fix writes, if
 * they differ from those of the rule.
 */
export type ItemPlace<Path extends string = string> = Path | ItemSetting<Path>;

interface ItemSetting<Path extends string = string> extends WrittenCovered {
  readonly path: Path;
  readonly setting?: string;
  readonly write?: Scalar;
  /** Replaces that of the rule. */
  readonly fixCost?: string;
  /** Set if `fixCost` is that the resource is replaced or interrupted. */
  readonly fixImpact?: Impact;
}

type Setting = ItemSetting & { readonly setting: string };

/**
 * Makes a rule from its data: the paths it reads, the judgement, the message, and the fix that sets the setting of the
 * item.
 */
export function itemRule<T extends ResourceType>(written: ItemRule<T>): AnyRule {
  const data = withProblem(written);
  const { absent, overriddenBy, inheritedFrom = [] } = data;
  const good = goodValue(data);
  const advice = adviceOf(data, good);
  const places = placesOf(data);
  const others = [
    ...scopePaths(data),
    ...inheritedFrom,
    ...(data.alsoRemove ?? []),
    ...(typeof absent === 'string' ? [] : scopePaths(absent)),
  ];
  return defineRule<T>({
    ...metadataOf(
      { ...data, ...coveredBy(data, [...places.values()].flat()) },
      { advice, path: data.setting, fixable: good !== undefined || isWritten(places) },
    ),
    on: 'resource',
    reads: Object.fromEntries(
      [...places].map(([type, each]) => [
        type,
        [...readsOf(each, others), ...pathsIn(testsOf(data.milderIf, type), testsOf(data.exemptIf, type))],
      ]),
    ) as never,
    *check(subject, context) {
      const resource = subject as Resource;
      const milder = testsOf(data.milderIf, resource.type);
      const exempt = meetsAny((one) => resource.get(one), testsOf(data.exemptIf, resource.type));
      const effective = overriddenBy === undefined ? YES : not(context.assume(overriddenBy, false));
      for (const place of places.get(resource.type)!) {
        const { path, setting, write = good } = place;
        for (const item of itemsAt(resource, path)) {
          const get = (inner: string): Value => item.properties.get(inner);
          const value = get(setting);
          const counts = all(
            judgement(item.when),
            effective,
            not(exempt),
            countsIn(get, data),
            ...inheritedFrom.map((source) => not(all(isPresent(get(source)), UNKNOWABLE))),
          );
          const unset: Judgement = absent === 'safe' ? NO : all(absenceAt(get, absent, context), isUnwritten(value));
          const name = settingName(resource, `${item.path}.${setting}`);
          const report = (mild: Judgement): Report => ({
            violations: [
              { wrong: all(counts, mild, any(isBad(value, data), unset)), at: value, ...coveredAt(data, place) },
            ],
            message: (shown) =>
              sentences(
                resource.displayName,
                wordsFor({ ...data, advice }, shown === NOT_SET ? absent : undefined),
                name,
              ),
            fixes: (leaf) =>
              write === undefined || isUnknown(leaf)
                ? []
                : formFix(
                    data.fix,
                    `Set ${name} to ${String(write)}`,
                    [
                      editOf(resource, item, leaf, setting, write),
                      ...flatMap((data.alsoRemove ?? []).map(get), (target): readonly Edit[] => {
                        return never(isPresent(target))
                          ? []
                          : [{ op: 'remove', resource, target, unlessCommented: true }];
                      }),
                    ],
                    costAt(place),
                  ),
          });
          // Of two findings at one place the first is kept.
          if (milder)
            yield { ...report(meetsAll((one) => resource.get(one), milder)), severity: 'low', profile: 'strict' };
          yield report(YES);
        }
      }
    },
  });
}

/** The tests of a resource type. */
function testsOf(tests: object | undefined, type: string): Tests | undefined {
  return ownEntry(tests as Readonly<Record<string, Tests>> | undefined, type);
}

/** The places of the items in each type, each with its setting. */
function placesOf<T extends ResourceType>(data: ItemRule<T>): ReadonlyMap<string, readonly Setting[]> {
  return new Map(
    Object.entries<ItemPlace | readonly ItemPlace[]>(data.items).map(([type, places]) => [
      type,
      (Array.isArray(places) ? (places as readonly ItemPlace[]) : [places as ItemPlace]).map((place) =>
        typeof place === 'string' ? { path: place, setting: data.setting } : { setting: data.setting, ...place },
      ),
    ]),
  );
}

/** Whether there is a fix although the rule names no correct value. */
function isWritten(places: ReadonlyMap<string, readonly Setting[]>): boolean {
  return [...places.values()].flat().some(({ write }) => write !== undefined);
}

/** The cost of the fix at a place, if it is not that of the rule. */
function costAt({ fixCost: cost, fixImpact: impact }: Setting): FixCost | undefined {
  return cost === undefined ? undefined : { cost, ...(impact ? { impact } : {}) };
}

function editOf(resource: Resource, item: PropertyItem, leaf: Leaf, setting: string, value: Scalar): Edit {
  if (!isMissing(leaf)) return { op: 'replace', resource, target: leaf, value };
  return { op: 'set', resource, path: `${item.path}.${setting}`, value, ...(item.value ? { item: item.value } : {}) };
}

/** All paths that are read: the lists on the way, and the settings of the items. */
function readsOf(places: readonly Setting[], others: readonly string[]): readonly string[] {
  return [
    ...new Set(
      flatMap(places, ({ path, setting }) => [
        ...listsOn(path),
        ...[setting, ...others].map((inner) => `${path}.${inner}`),
      ]),
    ),
  ];
}
