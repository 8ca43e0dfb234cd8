import { flatMap } from '../../base/flat-map.ts';
import type { WrittenCovered } from '../../model/covered.ts';
import type { Edit } from '../../model/edit.ts';
import { all, any, exists, isPresent, judgement, NO, not, YES, type Judgement } from '../../model/judgement.ts';
import { isMissing } from '../../model/leaf.ts';
import { itemsOfProperty, leaves, member } from '../../model/navigate.ts';
import { always, never } from '../../model/quantified.ts';
import type { Resource } from '../../model/resource.ts';
import { shown } from '../../model/shown.ts';
import type { Value } from '../../model/value.ts';
import { defineRule, type AnyRule, type Report, type Violation } from '../rule.ts';
import type { ResourcePaths, ResourceType } from '../resource-paths.ts';
import { itemsAt, listsOn } from './items.ts';
import { coveredAt, coveredBy, metadataOf, statedIn, type FormFacts } from './metadata.ts';
import { countsIn, firstPath, placesByType, readsIn, scopePaths, type Place, type PlaceScope } from './place.ts';
import { meets, type Scalar, type Test } from './test.ts';
import { formFix, listed, sentences, settingName, type Words, withProblem, type TitledWords } from './words.ts';

/**
 * The path of a list in one resource type, and where it counts. With `mustNotContain`, it can be a list in the items of
 * another list.
 */
export interface ListPlace<Path extends string = string> extends Place<Path> {
  /** The property of each item that holds the value, where the items are objects. */
  readonly item?: string;
  /** Where the list of an item counts, by properties of that item. */
  readonly inItem?: PlaceScope;
}

/** The values that a list must, or must not, contain. */
export type ListContent =
  | {
      readonly mustContain: readonly [Scalar, ...Scalar[]];
      /** Whether AWS's default is safe where the list is absent, or where its absence is wrong. */
      readonly absent: 'safe' | 'unsafe' | PlaceScope;
    }
  | { readonly mustNotContain: Test };

/**
 * A list that must, or must not, contain some values. `{missing}` in the problem and the title of the fix is replaced
 * by the missing values.
 */
export type ListRule<T extends ResourceType> = FormFacts &
  TitledWords &
  ListContent & {
    /** What the rule covers for one of the values alone; it covers that of all its values. */
    readonly ofValue?: Readonly<Record<string, WrittenCovered>>;
    readonly lists: {
      readonly [K in T]: ResourcePaths[K] | ListPlace<ResourcePaths[K]> | readonly ListPlace<ResourcePaths[K]>[];
    };
  };

/**
 * Makes a rule from its data: the paths it reads, the judgement, the message, and the fix that adds or removes items.
 */
export function listRule<T extends ResourceType>(written: ListRule<T>): AnyRule {
  const data = withProblem(written);
  const places = placesByType<ListPlace>(data.lists);
  const covered = coveredBy(data, [...[...places.values()].flat(), ...Object.values(data.ofValue ?? {})]);
  const advice =
    data.advice ??
    ('mustContain' in data
      ? `Add ${listed(data.mustContain)} to {setting}.`
      : `Remove ${nameOf(data.mustNotContain)} from {setting}.`);
  return defineRule<T>({
    ...metadataOf({ ...data, ...covered }, { advice, path: firstPath(places), fixable: true }),
    on: 'resource',
    reads: readsIn(places, (place) => [...readsOf(place), ...absenceReads(data)]) as never,
    *check(subject) {
      const resource = subject as Resource;
      for (const place of places.get(resource.type)!)
        if ('mustContain' in data) yield withoutRequired(resource, place, data);
        else yield* withForbidden(resource, place, data);
    },
  });
}

/** The values of a test in a text. */
function nameOf(test: Test): string {
  if (typeof test !== 'object') return String(test);
  return Array.isArray(test) ? listed(test as readonly Scalar[]) : 'it';
}

type Content<Key extends string> = FormFacts &
  Words &
  Pick<ListRule<never>, 'ofValue'> &
  Extract<ListContent, Readonly<Record<Key, unknown>>>;

function withoutRequired(resource: Resource, place: ListPlace, data: Content<'mustContain'>): Report {
  const { path, item } = place;
  const list = resource.get(path);
  const setting = settingName(resource, path);
  const missing = (at: Value): readonly Scalar[] => missingIn(at, data.mustContain, item);
  const wrong = all(
    any(...data.mustContain.map((value) => lacks(list, value, item))),
    any(isPresent(list), absenceCounts(resource, data.absent)),
    countsIn((inner) => resource.get(inner), place),
  );
  return {
    violations: violationsOf({ wrong, at: list, ...coveredAt(data, place) }, data, (value) => lacks(list, value, item)),
    message: (_shown, leaf) => {
      const values = listed(missing(leaf));
      const problem = data.problem.replaceAll('{missing}', values);
      const advice = data.advice ?? `Add ${values} to {setting}.`;
      return sentences(resource.displayName, { ...data, problem, advice }, setting);
    },
    fixes: (leaf) => {
      const values = missing(leaf);
      const fixes = formFix(data.fix, `Add ${listed(values)} to ${setting}`, adding(resource, place, leaf, values));
      return fixes.map((fix) => ({ ...fix, title: fix.title.replaceAll('{missing}', listed(values)) }));
    },
  };
}

/** Whether the absence of the list is wrong. */
function absenceCounts(resource: Resource, absent: Content<'mustContain'>['absent']): Judgement {
  if (absent === 'safe') return NO;
  return absent === 'unsafe' ? YES : countsIn((path) => resource.get(path), absent);
}

/** One report for all forbidden values of a list, because its author replaces them together. */
function* withForbidden(resource: Resource, place: ListPlace, data: Content<'mustNotContain'>): Iterable<Report> {
  const setting = settingName(resource, place.path);
  const counts = countsIn((inner) => resource.get(inner), place);
  for (const { list, there } of listsAt(resource, place)) {
    const forbidden = itemsOfProperty(list).items.map(({ value: item, when }) => {
      const value = valueIn(item, place.item);
      return { item, value, wrong: all(judgement(when), meets(value, data.mustNotContain), counts, there) };
    });
    yield {
      violations: flatMap(forbidden, ({ item, value, wrong }) =>
        violationsOf({ wrong, at: item, ...coveredAt(data, place) }, data, (name) => meets(value, name)),
      ),
      message: (value, _leaf, { at }, others) => {
        const values = listed([value, ...namesOf(others(), at)]);
        return sentences(
          resource.displayName,
          { ...data, advice: data.advice ?? `Remove ${values} from {setting}.` },
          setting,
        );
      },
      fixes: (leaf, at) => {
        const others = forbidden.filter(({ item, wrong }) => item !== at && always(wrong));
        const removed = [leaf, ...others.map(({ item }) => item)];
        return formFix(
          data.fix,
          `Remove ${listed(removed.map(shown))} from ${setting}`,
          removed.map((target) => ({ op: 'removeItem', resource, target })),
        );
      },
    };
  }
}

/** The values of other violations of a report, each once. */
function namesOf(others: readonly Violation[], at: Value): readonly string[] {
  const places = new Set(others.map((other) => other.at).filter((other) => other !== at));
  return flatMap([...places], (other) => {
    const [only, ...more] = leaves(other);
    return only && more.length === 0 ? shown(only.value) : [];
  });
}

/** The violation, which the finding is about, and one for each value that covers more, where that value is wrong. */
function violationsOf(
  violation: Violation,
  { ofValue = {} }: Pick<ListRule<never>, 'ofValue'>,
  isWrong: (value: string) => Judgement,
): readonly Violation[] {
  return [
    violation,
    ...Object.entries(ofValue).map(([value, covered]) => ({
      ...statedIn(covered),
      wrong: all(violation.wrong, isWrong(value)),
      at: violation.at,
    })),
  ];
}

/** The lists at a path, and where they count: one, or one for each item of the list that holds them. */
function listsAt(
  resource: Resource,
  { path, inItem = {} }: ListPlace,
): readonly { readonly list: Value; readonly there: Judgement }[] {
  const [holders, inner] = splitAtItems(path);
  if (holders === undefined) return [{ list: resource.get(inner), there: all() }];
  return itemsAt(resource, holders).map(({ properties, when }) => ({
    list: properties.get(inner),
    there: all(
      judgement(when),
      countsIn((below) => properties.get(below), inItem),
    ),
  }));
}

/** The path of the items that hold a list, if there are any, and the path of the list below. */
function splitAtItems(path: string): readonly [string | undefined, string] {
  const end = path.lastIndexOf('[].');
  return end < 0 ? [undefined, path] : [path.slice(0, end + '[]'.length), path.slice(end + '[].'.length)];
}

function readsOf(place: ListPlace): readonly string[] {
  const [holders] = splitAtItems(place.path);
  const inner = holders === undefined ? [] : scopePaths(place.inItem ?? {}).map((path) => `${holders}.${path}`);
  return [...listsOn(place.path), place.path, ...scopePaths(place), ...inner];
}

/** Whether a list does not have a value. */
function lacks(list: Value, value: Scalar, property: string | undefined): Judgement {
  return not(exists(itemsOfProperty(list), (item) => meets(valueIn(item.value, property), value)));
}

/** The paths that decide whether the absence of the list is wrong. */
function absenceReads(content: ListContent): readonly string[] {
  return 'absent' in content && typeof content.absent === 'object' ? scopePaths(content.absent) : [];
}

function valueIn(item: Value, property: string | undefined): Value {
  return property === undefined ? item : member(item, property);
}

/** The required values that a list is not known to have. */
function missingIn(list: Value, required: readonly Scalar[], property: string | undefined): readonly Scalar[] {
  const missing = required.filter((value) => !never(lacks(list, value, property)));
  return missing.length > 0 ? missing : required;
}

/** The edits that add values to a list. */
function adding(
  resource: Resource,
  { path, item }: ListPlace,
  list: Value,
  values: readonly Scalar[],
): readonly Edit[] {
  const items = values.map((value) => (item === undefined ? value : { [item]: value }));
  return isMissing(list)
    ? [{ op: 'set', resource, path, value: items }]
    : items.map((value) => ({ op: 'insertItem', resource, path, list, value }));
}
