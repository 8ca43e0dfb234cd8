import { all, any, isPresent, NO, not } from '../../model/judgement.ts';
import { knownString } from '../../model/leaf.ts';
import type { Resource } from '../../model/resource.ts';
import { NOT_SET } from '../../model/shown.ts';
import { defineRule, type AnyRule, type Report } from '../rule.ts';
import type { ResourcePaths, ResourceType } from '../resource-paths.ts';
import type { PathOutsideLists } from './items.ts';
import { coveredAt, coveredBy, metadataOf, type FormFacts } from './metadata.ts';
import { countsIn, firstPath, placesByType, readsIn, scopePaths, type Place } from './place.ts';
import { isUnwritten, meets } from './test.ts';
import { formFix, sentences, settingName, type FormFix, type Words } from './words.ts';

/** Wrong values with a note on each, as an AWS page lists them. */
export interface ValueTable {
  readonly source: string;
  /** The day on which the page was read. */
  readonly date: string;
  /** The note on each value, which replaces `{note}`. */
  readonly values: ReadonlyMap<string, string>;
}

/** The path of a setting in one resource type, and where it counts. */
export interface TablePlace<Path extends string = string> extends Place<Path> {
  /** The value that a fix writes, if it is not that of the rule. */
  readonly write?: string;
}

/** Values that an option of the configuration lists: all others are wrong, and these are right. */
export interface Allowed {
  readonly option: string;
  /** AWS's value where nothing is written. */
  readonly byDefault: string;
  /** Completes the name of the resource, with `{value}`: `uses {value}, which the configuration does not allow`. */
  readonly problem: string;
  /** The same where the value cannot be resolved. */
  readonly unresolvedProblem: string;
}

/**
 * A setting whose wrong values are in a table. `{value}` in the problem, and `{note}` in the problem or consequence,
 * are replaced by the value and its note.
 */
export type TableRule<T extends ResourceType> = FormFacts &
  Words & {
    readonly settings: {
      readonly [K in T]: PathOutsideLists<ResourcePaths[K]> | TablePlace<PathOutsideLists<ResourcePaths[K]>>;
    };
    readonly table: ValueTable;
    readonly absent: 'safe' | 'unsafe';
    /**
     * Completes the name of the resource where the value is absent or cannot be resolved: `may use a deprecated
     * runtime`.
     */
    readonly unresolvedProblem: string;
    /**
     * Completes the name of the resource where the value is absent, if AWS has a wrong default: `uses the default
     * policy`.
     */
    readonly absentProblem?: string;
    /** Set if an option can list the only values that are right. */
    readonly allowed?: Allowed;
    /** The value that a fix writes, or one for each wrong value that has a successor. */
    readonly write?: string | ReadonlyMap<string, string>;
  };

/**
 * Makes a rule from its data. A value that is not in the table is not wrong, because it may be newer than the table.
 */
export function tableRule<T extends ResourceType>(data: TableRule<T>): AnyRule {
  const { table } = data;
  const places = placesByType<TablePlace>(data.settings);
  const wrongValues = [...table.values.keys()];
  return defineRule<T>({
    ...metadataOf(
      { ...data, ...coveredBy(data, [...places.values()].flat()) },
      {
        advice: adviceFor(data, typeof data.write === 'string' ? data.write : undefined),
        path: firstPath(places),
        fixable: data.write !== undefined,
      },
    ),
    sources: {
      ...data.sources,
      ...(Object.hasOwn(data.sources, table.source)
        ? {}
        : { [table.source]: { claim: 'The values of the table.', seen: table.date } }),
    },
    on: 'resource',
    reads: readsIn(places, (place) => [place.path, ...scopePaths(place)]) as never,
    *check(subject, context) {
      const resource = subject as Resource;
      const allowed = data.allowed ? context.texts(data.id, data.allowed.option) : [];
      for (const place of places.get(resource.type)!) {
        const value = resource.get(place.path);
        const setting = settingName(resource, place.path);
        const { write = allowed[0] ?? data.write } = place;
        const advice = adviceFor(data, typeof write === 'string' ? write : undefined);
        const wrong = any(
          meets(
            value,
            wrongValues.filter((one) => !allowed.includes(one)),
          ),
          data.absent === 'unsafe' && !allowed.includes(data.allowed?.byDefault ?? '') ? isUnwritten(value) : NO,
        );
        if (data.allowed && allowed.length > 0)
          yield notAllowed(resource, place, data, data.allowed, [...allowed, ...wrongValues], allowed[0]!);
        yield {
          violations: [
            {
              wrong: all(
                wrong,
                countsIn((path) => resource.get(path), place),
              ),
              at: value,
              ...coveredAt(data, place),
            },
          ],
          message: (shown, leaf) =>
            sentences(
              resource.displayName,
              wordsFor({ ...data, advice }, shown, table.values.get(knownString(leaf) ?? '')),
              setting,
            ),
          fixes: (leaf) => {
            const good = typeof write === 'object' ? write.get(knownString(leaf) ?? '') : write;
            return good === undefined
              ? []
              : formFix(data.fix, `Set ${setting} to ${good}`, [
                  { op: 'set', resource, path: place.path, value: good },
                ]);
          },
        };
      }
    },
  });
}

/** The report about a value that is neither allowed nor in the table. */
function notAllowed(
  resource: Resource,
  place: TablePlace,
  { fix }: FormFacts,
  { problem, unresolvedProblem }: Allowed,
  others: readonly string[],
  good: string,
): Report {
  const value = resource.get(place.path);
  const setting = settingName(resource, place.path);
  return {
    violations: [
      {
        wrong: all(
          isPresent(value),
          not(meets(value, others)),
          countsIn((path) => resource.get(path), place),
        ),
        at: value,
        // The checks of other tools accept it.
        aliases: {},
        controls: {},
      },
    ],
    message: (shown, leaf) =>
      sentences(
        resource.displayName,
        {
          problem: knownString(leaf) === undefined ? unresolvedProblem : problem.replaceAll('{value}', shown),
          advice: `Set {setting} to ${good}.`,
        },
        setting,
      ),
    fixes: () =>
      formFix(costOf(fix), `Set ${setting} to ${good}`, [{ op: 'set', resource, path: place.path, value: good }]),
  };
}

/** The fix of a rule without its title, which is about the values of the table. */
function costOf(fix: FormFix | undefined): FormFix | undefined {
  return typeof fix !== 'object' || fix.cost === undefined ? fix : { cost: fix.cost };
}

function adviceFor({ advice }: Partial<Words>, write: string | undefined): string {
  return advice ?? (write === undefined ? 'Set {setting} to a current value.' : `Set {setting} to ${write}.`);
}

/** The words about a value with a note, or about one that cannot be resolved. */
function wordsFor(
  {
    problem,
    consequence,
    advice,
    unresolvedProblem,
    absentProblem = unresolvedProblem,
  }: Words & { readonly advice: string; readonly unresolvedProblem: string; readonly absentProblem?: string },
  shown: string,
  note: string | undefined,
): Words {
  if (note === undefined) return { problem: shown === NOT_SET ? absentProblem : unresolvedProblem, advice };
  return {
    problem: problem.replaceAll('{value}', shown).replaceAll('{note}', note),
    ...(consequence === undefined ? {} : { consequence: consequence.replaceAll('{note}', note) }),
    advice,
  };
}
