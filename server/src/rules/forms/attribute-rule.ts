import { flatMap } from '../../base/flat-map.ts';
import type { WrittenCovered } from '../../model/covered.ts';
import type { Edit } from '../../model/edit.ts';
import { all, any, exists, judgement, not, NO, type Judgement } from '../../model/judgement.ts';
import { isMissing, isUnknown } from '../../model/leaf.ts';
import { member } from '../../model/navigate.ts';
import type { RelationKind } from '../../model/relation.ts';
import type { Resource } from '../../model/resource.ts';
import { NOT_SET } from '../../model/shown.ts';
import type { Value } from '../../model/value.ts';
import { defineRule, type AnyRule, type Context, type Report } from '../rule.ts';
import type { ResourcePaths, ResourceType } from '../resource-paths.ts';
import { companionsOf } from './companion-rule.ts';
import { coveredAt, coveredBy, metadataOf, type FormFacts } from './metadata.ts';
import type { PathOutsideLists } from './items.ts';
import { countsIn, scopePaths, type PlaceScope } from './place.ts';
import { absenceAt, wordsFor, type Absence } from './absence.ts';
import { goodValue, isBad, isUnwritten, meets, pathsIn, type WrongValue, type Scalar, type Tests } from './test.ts';
import { adviceOf, formFix, sentences, type Words, withProblem, type TitledWords } from './words.ts';

/**
 * The place of the attributes in one type: a list of names and values, or an object whose keys are the names; with what
 * the rule covers there alone.
 */
export type AttributesPlace<Path extends string = string> = PlaceScope<Path> &
  WrittenCovered & {
    /** A related resource with the same effect. The attribute is not checked where one exists. */
    readonly unlessRelated?: { readonly relation: RelationKind; readonly type: ResourceType; readonly with: Tests };
  } & (
    | { readonly list: PathOutsideLists<Path>; readonly name: string; readonly value: string }
    /** `within` lists the names of the objects around the one with the attributes, in a JSON document. */
    | { readonly map: PathOutsideLists<Path>; readonly within?: readonly string[] }
  ) & {
    /** The name of the attribute, if it differs from that of the rule. */
    readonly attribute?: string;
    /** Replaces that of the rule. */
    readonly absent?: Absence<Path>;
    /** The value that a fix writes, if it is not that of the rule. */
    readonly write?: Scalar;
  };

/** An attribute by name and value, as load balancers and parameter groups have them. */
export type AttributeRule<T extends ResourceType> = FormFacts &
  TitledWords &
  WrongValue & {
    readonly attributes: {
      readonly [K in T]: AttributesPlace<ResourcePaths[K]> | readonly AttributesPlace<ResourcePaths[K]>[];
    };
    /** The name of the attribute: `deletion_protection.enabled`. */
    readonly attribute: string;
    /** What AWS does if the attribute is absent. */
    readonly absent: Absence;
    /** The relation to the resources that use the attributes: findings are about them too. */
    readonly users?: RelationKind;
  };

/**
 * Makes a rule from its data: the paths it reads, the judgement, the message, and the fix that writes the attribute.
 */
export function attributeRule<T extends ResourceType>(written: AttributeRule<T>): AnyRule {
  const data = withProblem(written);
  const places = new Map(
    Object.entries<AttributesPlace | readonly AttributesPlace[]>(data.attributes as never).map(([type, each]) => [
      type,
      Array.isArray(each) ? (each as readonly AttributesPlace[]) : [each as AttributesPlace],
    ]),
  );
  const good = goodValue(data);
  const advice = adviceOf(data, good);
  return defineRule<T>({
    ...metadataOf(
      { ...data, ...coveredBy(data, [...places.values()].flat()) },
      { advice: advice.replaceAll('{setting}', data.attribute), fixable: good !== undefined },
    ),
    on: 'resource',
    reads: Object.fromEntries(
      flatMap([...places], ([type, each]) => [
        [type, [...new Set(flatMap(each, (place) => readsOf(place, data.absent)))]],
        ...flatMap(each, relatedReads),
      ]),
    ) as never,
    *check(subject, context) {
      const resource = subject as Resource;
      // Related types are read too, but are not checked.
      for (const place of places.get(resource.type) ?? []) yield* reports(resource, place, data, context);
    },
  });
}

type Data = FormFacts & Words & WrongValue & Pick<AttributeRule<never>, 'attribute' | 'absent' | 'users'>;

function* reports(resource: Resource, place: AttributesPlace, data: Data, context: Context): Iterable<Report> {
  const { attribute = data.attribute, absent = data.absent } = place;
  const get = (path: string): Value => resource.get(path);
  const counts = all(countsIn(get, place), not(hasRelated(resource, place)));
  const good = goodValue(data) === undefined ? undefined : (place.write ?? goodValue(data));
  const words = { ...data, advice: adviceOf(data, good) };
  const subjects = data.users ? resource.related(data.users).edges.map((edge) => edge.resource) : [];
  const report = (wrong: Judgement, at: Value): Report => ({
    violations: [{ wrong: all(wrong, counts), at, ...coveredAt(data, place) }],
    ...(subjects.length > 0 ? { subjects } : {}),
    message: (shown) =>
      sentences(resource.displayName, wordsFor(words, shown === NOT_SET ? absent : undefined), attribute),
    fixes: (leaf) =>
      good === undefined || isUnknown(leaf)
        ? []
        : formFix(data.fix, `Set ${attribute} to ${String(good)}`, [editOf(resource, place, leaf, attribute, good)]),
  });
  if ('map' in place) {
    const value = member(attributesIn(resource, place), attribute);
    const unset = absent === 'safe' ? NO : all(absenceAt(get, absent, context), isUnwritten(value));
    const variant = variantOf(absent);
    if (Object.keys(variant).length === 0) {
      yield report(any(isBad(value, data), unset), value);
      return;
    }
    // The first of two findings at one place is kept. If neither is certain, it is the one about the absence.
    yield { ...report(unset, value), ...variant };
    yield report(isBad(value, data), value);
    return;
  }
  const { items, complete } = resource.each(place.list);
  for (const item of items) {
    const value = item.get(place.value);
    yield report(all(judgement(item.when), meets(item.get(place.name), attribute), isBad(value, data)), value);
  }
  if (absent === 'safe') return;
  const named = exists({ items, complete }, (item) =>
    meets(items.find((one) => one.value === item.value)!.get(place.name), attribute),
  );
  yield { ...report(all(absenceAt(get, absent, context), not(named)), resource.get(place.list)), ...variantOf(absent) };
}

/** How the report of an absence differs. */
function variantOf(absent: Absence): Pick<Report, 'severity' | 'profile'> {
  if (typeof absent === 'string') return {};
  const { severity, profile } = absent;
  return { ...(severity === undefined ? {} : { severity }), ...(profile === undefined ? {} : { profile }) };
}

/** The object whose keys are the names of the attributes. */
function attributesIn(resource: Resource, { map, within = [] }: Extract<AttributesPlace, { map: string }>): Value {
  return within.reduce((object, name) => member(object, name), resource.get(map));
}

/** The edit that writes the attribute: it replaces the value, or adds the attribute. */
function editOf(resource: Resource, place: AttributesPlace, leaf: Value, attribute: string, value: Scalar): Edit {
  if ('map' in place) {
    const map = attributesIn(resource, place);
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

function readsOf(place: AttributesPlace, usual: Absence): readonly string[] {
  const own =
    'map' in place ? [place.map] : [place.list, `${place.list}[].${place.name}`, `${place.list}[].${place.value}`];
  const { absent = usual } = place;
  return [...own, ...scopePaths(place), ...(typeof absent === 'string' ? [] : scopePaths(absent))];
}

function relatedReads({ unlessRelated }: AttributesPlace): readonly (readonly [string, readonly string[]])[] {
  return unlessRelated === undefined ? [] : [[unlessRelated.type, pathsIn(unlessRelated.with)]];
}

function hasRelated(resource: Resource, { unlessRelated }: AttributesPlace): Judgement {
  if (unlessRelated === undefined) return NO;
  const { relation, type, with: tests } = unlessRelated;
  return companionsOf(resource, { relation }, new Map([[type, tests]])).there;
}
