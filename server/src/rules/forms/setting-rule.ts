import { flatMap } from '../../base/flat-map.ts';
import { TRUE, type Truth } from '../../base/guard.ts';
import type { Edit, Impact } from '../../model/edit.ts';
import {
  all,
  any,
  isAbsent,
  isPresent,
  judgement,
  NO,
  not,
  UNKNOWABLE,
  YES,
  type Judgement,
} from '../../model/judgement.ts';
import { isTerraform } from '../../model/format.ts';
import { isMissing } from '../../model/leaf.ts';
import { always, never, unlessUnknown } from '../../model/quantified.ts';
import type { Resource } from '../../model/resource.ts';
import { NOT_SET } from '../../model/shown.ts';
import type { Value } from '../../model/value.ts';
import { defineRule, type AnyRule, type Assumption, type Context, type Report } from '../rule.ts';
import type { ResourcePaths, ResourceType } from '../resource-paths.ts';
import { absenceAt, wordsFor, ownWords, type Absence, type Variant } from './absence.ts';
import { itemsAt, listsOn, nameOfItem } from './items.ts';
import { allowedFrom, atLeast, isTooSmall, minimumOf, withLimit, type Minimum } from './limit.ts';
import { coveredAt, coveredBy, metadataOf, type FormFacts } from './metadata.ts';
import { countsIn, firstPath, placesByType, readsIn, scopePaths, type Place } from './place.ts';
import { isLimitedByPolicy, readsOfRelated, relatedMeets, type PolicyLimit, type RelatedTests } from './related.ts';
import { goodValue, isBad, isUnwritten, meets, type WrongValue, type Scalar } from './test.ts';
import {
  adviceOf,
  formFix,
  listed,
  sentences,
  settingName,
  type FixCost,
  type FormFix,
  type Words,
  withProblem,
  type TitledWords,
} from './words.ts';

/** The path of a setting in one resource type, and where it counts. */
export interface SettingPlace<Path extends string = string> extends Place<Path>, Variant {
  /**
   * Where a related resource meets these tests, the setting does not count; where that is not known, neither is whether
   * it counts.
   */
  readonly unlessRelated?: RelatedTests;
  /** The property of the items of a list that says in messages where an item is: `Region`. */
  readonly itemIn?: string;
  /** A related resource whose policy can admit known parties only, and the report about the setting there. */
  readonly limitedBy?: PolicyLimit;
  /** Native types that make such a resource and cannot set the property: `AWS::Serverless::SimpleTable`. */
  readonly exceptFor?: readonly string[];
  /** Properties that name the source of the resource, whose unknown setting it inherits. */
  readonly inheritedFrom?: readonly Path[];
  /** Replaces that of the rule. */
  readonly absent?: Absence<Path>;
  /** Replaces that of the rule. */
  readonly fixCost?: string;
  /** Set if `fixCost` is that the resource is replaced or interrupted. */
  readonly fixImpact?: Impact;
  /** The value that a fix writes, if it is not that of the rule. */
  readonly write?: Scalar | WriteBy<Path>;
  /** Other properties that AWS requires with the setting; a fix writes those that are absent. */
  readonly alsoWrite?: Readonly<Partial<Record<Path, Scalar>>>;
  /** Properties that AWS does not allow beside the new value; a fix removes them. */
  readonly alsoRemove?: readonly Path[];
}

/**
 * A value to write that depends on another property, such as the engine. Without an entry for its value, there is no
 * fix.
 */
export interface WriteBy<Path extends string = string> {
  readonly by: Path;
  readonly values: Readonly<Record<string, Scalar | readonly Scalar[]>>;
}

/** A setting of one or several types that must, or must not, have some values. */
export type SettingRule<T extends ResourceType> = FormFacts &
  TitledWords &
  WrongValue & {
    /**
     * The path of the setting in each type, with `[]` after every list on it; several where its value matters more in
     * some scope than in another, the most severe first.
     */
    readonly settings: {
      readonly [K in T]: ResourcePaths[K] | SettingPlace<ResourcePaths[K]> | readonly SettingPlace<ResourcePaths[K]>[];
    };
    readonly absent: Absence;
    /** Set when only Terraform has the forbidden value, and AWS rejects it. */
    readonly forbiddenIn?: 'terraform';
    /**
     * The option with the number that `forbidden` is below or above. `{limit}` in the problem and the advice is
     * replaced by it.
     */
    readonly limit?: string;
    /** A minimum that counts only if an option sets it. */
    readonly minimum?: Minimum;
    /** The account setting that makes a wrong value have no effect. */
    readonly overriddenBy?: Assumption;
  };

/** Makes a rule from its data: the paths it reads, the judgement, the message, and the fix that sets the setting. */
export function settingRule<T extends ResourceType>(facts: SettingRule<T>): AnyRule {
  const written = withProblem(facts);
  const data = withLimit(written);
  const good = goodValue(data);
  const advice = adviceOf(data, good);
  const places = placesByType<SettingPlace>(data.settings);
  return defineRule<T>({
    ...metadataOf(
      { ...data, ...coveredBy(data, [...places.values()].flat()) },
      { advice, path: firstPath(places), fixable: good !== undefined || isWritten(places, data.fix) },
    ),
    on: 'resource',
    unset: unsetIn(places, data.absent),
    reads: {
      ...readsOfRelated([...places.values()].flat()),
      ...readsIn(places, (place) => readsOf(place, place.absent ?? data.absent)),
    } as never,
    *check(subject, context) {
      const resource = subject as Resource;
      const configured = configuredBy(written, context) ?? data;
      const usual = goodValue(configured);
      // The types of related resources are read too, but are not checked.
      for (const place of places.get(resource.type) ?? []) {
        for (const found of foundIn(resource, place))
          yield* reports(resource, place, found, configured, valueFor(resource, place) ?? usual, context);
        yield* tooSmall(resource, place, configured, context);
      }
    },
  });
}

type Data = FormFacts &
  Words &
  WrongValue &
  Pick<SettingRule<never>, 'absent' | 'forbiddenIn' | 'overriddenBy' | 'limit' | 'minimum'>;

/** The data with the numbers that the configuration sets; undefined if it sets none. */
function configuredBy<D extends Data>(data: D, context: Context): D | undefined {
  const limit = data.limit === undefined ? undefined : context.number(data.id, data.limit);
  if (limit !== undefined) return withLimit(data, limit);
  const minimum = minimumOf(data, context);
  return data.minimum && minimum !== undefined ? atLeast(data, data.minimum, minimum) : undefined;
}

/** The report about a value below the minimum that the configuration sets. */
function* tooSmall(resource: Resource, place: SettingPlace, data: Data, context: Context): Iterable<Report> {
  const { minimum, fix } = data;
  const limit = minimumOf(data, context);
  if (!minimum || limit === undefined) return;
  const value = resource.get(place.path);
  const setting = settingName(resource, place.path);
  const good = allowedFrom(minimum, limit);
  yield {
    // The checks of other tools accept every period.
    violations: [
      { wrong: all(isTooSmall(value, limit), countsAt(resource, place)), at: value, aliases: {}, controls: {} },
    ],
    message: sentences(
      resource.displayName,
      { problem: minimum.problem.replaceAll('{limit}', String(limit)), advice: adviceOf({}, good) },
      setting,
    ),
    fixes: () =>
      good === undefined
        ? []
        : formFix(fix, `Set ${setting} to ${good}`, [{ op: 'set', resource, path: place.path, value: good }], {
            cost: minimum.cost,
          }),
  };
}

function* reports(
  resource: Resource,
  place: SettingPlace,
  { value, when, item, location }: FoundSetting,
  data: Data,
  good: Scalar | readonly Scalar[] | undefined,
  context: Context,
): Iterable<Report> {
  const absent = place.absent ?? data.absent;
  const { overriddenBy, forbiddenIn } = data;
  const counts = all(
    judgement(when),
    countsAt(resource, place),
    overriddenBy === undefined ? YES : not(context.assume(overriddenBy, false)),
  );
  const applies = forbiddenIn === undefined || !resource.nativeType.startsWith('AWS::');
  const wrong = applies ? all(isBad(value, data), counts) : NO;
  const unset = all(
    absenceAt((path) => resource.get(path), absent, context),
    isUnwritten(value),
    counts,
  );
  // Most settings are compliant and need no words.
  const setting = (): string => settingName(resource, place.path);
  const report = (is: Judgement, { severity, profile }: Variant = place, words: Variant = place): Report => ({
    violations: [{ wrong: is, at: value, ...coveredAt(data, place) }],
    message: (shown) =>
      sentences(
        nameOfItem(resource, location),
        wordsFor(
          { ...data, advice: adviceOf(data, textOf(good)), ...ownWords(words) },
          shown === NOT_SET ? absent : undefined,
        ),
        setting(),
      ),
    fixes: (leaf) => {
      if (removes(data.fix))
        // In Terraform, a resource of its own can be the setting.
        return leaf.origin.edit === 'none'
          ? []
          : formFix(
              data.fix,
              `Remove ${setting()}`,
              [{ op: 'remove', resource, target: value, unlessCommented: true }],
              costOf(place, resource, data.fix),
            );
      if (good === undefined) return [];
      const edits = [
        item && !isMissing(leaf) && typeof good !== 'object'
          ? ({ op: 'replace', resource, target: leaf, value: good } as const)
          : ({ op: 'set', resource, path: place.path, value: good, ...(item ? { item } : {}) } as const),
        ...changesBeside(resource, place),
      ];
      return formFix(data.fix, `Set ${setting()} to ${textOf(good)!}`, edits, costOf(place, resource, data.fix));
    },
    ...(severity === undefined ? {} : { severity }),
    ...(profile === undefined ? {} : { profile }),
  });
  if (typeof absent === 'string' || (absent.profile === undefined && absent.severity === undefined)) {
    const limit = place.limitedBy;
    const limited = limit ? isLimitedByPolicy(resource, limit) : NO;
    yield report(all(any(wrong, unset), not(unlessUnknown(limited))));
    if (limit) yield report(all(any(wrong, unset), limited), limit, { ...place, ...limit });
    return;
  }
  // Of two findings at one place the first is kept: where neither is certain, the one with the lower severity.
  yield report(unset, absent);
  yield report(wrong);
}

/** A setting, when it exists, and the item of a list that has it. */
interface FoundSetting {
  readonly value: Value;
  readonly when: Truth;
  readonly item?: Value;
  readonly location?: Value;
}

/** The setting at a place, of each item of the lists on its path. */
function foundIn(resource: Resource, { path, itemIn }: SettingPlace): readonly FoundSetting[] {
  const end = path.lastIndexOf('[]');
  if (end < 0) return [{ value: resource.get(path), when: TRUE }];
  return itemsAt(resource, path.slice(0, end + 2)).map(({ properties, when, value: item }) => ({
    value: properties.get(path.slice(end + 3)),
    when,
    ...(item ? { item } : {}),
    ...(itemIn === undefined ? {} : { location: properties.get(itemIn) }),
  }));
}

/** The cost of the fix at a place, where it is not that of the rule. */
function costOf(
  { fixCost: cost, fixImpact: impact }: SettingPlace,
  { format }: Resource,
  fix: FormFix | undefined,
): FixCost | undefined {
  if (cost !== undefined) return { cost, ...(impact ? { impact } : {}) };
  return fix === undefined || fix === 'none' || !isTerraform(format) ? undefined : fix.terraform;
}

/** The value to write in one resource, if the place defines it. */
function valueFor(resource: Resource, { write }: SettingPlace): Scalar | readonly Scalar[] | undefined {
  if (typeof write !== 'object') return write;
  const by = resource.get(write.by);
  return Object.entries(write.values).find(([name]) => always(meets(by, { knownToBe: [name] })))?.[1];
}

/** Whether there is a fix although the rule names no correct value. */
function isWritten(places: ReadonlyMap<string, readonly SettingPlace[]>, fix: FormFix | undefined): boolean {
  return removes(fix) || [...places.values()].flat().some(({ write }) => write !== undefined);
}

function removes(fix: FormFix | undefined): boolean {
  return fix !== undefined && fix !== 'none' && fix.remove === true;
}

function textOf(value: Scalar | readonly Scalar[] | undefined): string | undefined {
  return value === undefined ? undefined : typeof value === 'object' ? listed(value) : String(value);
}

/** The edits that write the properties that belong to a setting and are absent, and remove those that exclude it. */
function changesBeside(resource: Resource, { alsoWrite = {}, alsoRemove = [] }: SettingPlace): readonly Edit[] {
  return [
    ...flatMap(Object.entries(alsoWrite), ([path, value]) =>
      value !== undefined && always(isAbsent(resource.get(path)))
        ? [{ op: 'set' as const, resource, path, value }]
        : [],
    ),
    ...flatMap(
      alsoRemove.map((path) => resource.get(path)),
      (target): readonly Edit[] =>
        never(isPresent(target)) ? [] : [{ op: 'remove', resource, target, unlessCommented: true }],
    ),
  ];
}

function readsOf(place: SettingPlace, absent: Absence): readonly string[] {
  return [
    ...listsOn(place.path),
    place.path,
    ...Object.keys(place.alsoWrite ?? {}),
    ...(place.alsoRemove ?? []),
    ...(typeof place.write === 'object' ? [place.write.by] : []),
    ...(place.itemIn === undefined ? [] : [place.path.slice(0, place.path.lastIndexOf('[]') + 3) + place.itemIn]),
    ...scopePaths(place),
    ...(typeof absent === 'string' ? [] : scopePaths(absent)),
    ...(place.inheritedFrom ?? []),
  ];
}

/** What applies where a setting is not set. Where a type has it at several places, the first one counts. */
function unsetIn(
  places: ReadonlyMap<string, readonly SettingPlace[]>,
  usual: Absence,
): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const absenceText = (absent: Absence): string =>
    typeof absent === 'string' ? absent : (absent.decidedBy ?? 'unsafe');
  return Object.fromEntries(
    [...places].map(([type, list]) => [
      type,
      Object.fromEntries(list.map(({ path, absent = usual }) => [path, absenceText(absent)] as const).reverse()),
    ]),
  );
}

/** Whether the setting counts. */
function countsAt(resource: Resource, place: SettingPlace): Judgement {
  const get = (path: string): Value => resource.get(path);
  const { unlessRelated, inheritedFrom = [], exceptFor = [] } = place;
  if (exceptFor.includes(resource.nativeType)) return NO;
  return all(
    countsIn(get, place),
    unlessRelated ? not(relatedMeets(resource, unlessRelated)) : YES,
    ...inheritedFrom.map((path) => not(all(isPresent(get(path)), UNKNOWABLE))),
  );
}
