import type { Fix } from '../../model/edit.ts';
import { all, any, NO, not } from '../../model/judgement.ts';
import { textOf } from '../../model/leaf.ts';
import type { Resource } from '../../model/resource.ts';
import type { Value } from '../../model/value.ts';
import { defineRule, type AnyRule, type RuleMetadata } from '../rule.ts';
import type { ResourcePaths, ResourceType } from '../resource-paths.ts';
import { metadataOf } from './metadata.ts';
import { isUnset, meets, meetsAll, meetsAny, pathsIn, type Tests } from './test.ts';
import type { SettingPlace } from './setting-rule.ts';
import { messageOf, settingName, titleOf, type Words } from './words.ts';

/** Wrong values with a note on each, as a page of AWS lists them. */
export interface ValueTable {
  readonly source: string;
  /** The day on which the page was read. */
  readonly date: string;
  /** The note on each value, which replaces `{note}`. */
  readonly values: ReadonlyMap<string, string>;
}

/** A setting whose wrong values are in a table. `{value}` in the problem and `{note}` in the consequence are replaced by the value and its note. */
export type TableRule<T extends ResourceType> = RuleMetadata &
  Words & {
    readonly settings: {
      readonly [K in T]: ResourcePaths[K] | Omit<SettingPlace<ResourcePaths[K]>, 'absent' | 'inheritedFrom'>;
    };
    readonly table: ValueTable;
    readonly absent: 'safe' | 'unsafe';
    /** Completes the name of the resource where the value is absent or cannot be resolved: `may use a deprecated runtime`. */
    readonly unresolvedProblem: string;
    /** The value that a fix writes. */
    readonly write?: string;
  };

/** Makes a rule from its data. A value that is not in the table is not wrong, because it may be newer than the table. */
export function tableRule<T extends ResourceType>(data: TableRule<T>): AnyRule {
  const { table, write } = data;
  const places = new Map(
    Object.entries<string | SettingPlace>(data.settings as never).map(([type, place]) => [
      type,
      typeof place === 'string' ? { path: place } : place,
    ]),
  );
  const wrongValues = [...table.values.keys()];
  return defineRule<T>({
    ...metadataOf(data),
    sources: {
      ...data.sources,
      ...(Object.hasOwn(data.sources, table.source)
        ? {}
        : { [table.source]: { claim: 'The values of the table.', seen: table.date } }),
    },
    on: 'resource',
    reads: Object.fromEntries(
      [...places].map(([type, { path, onlyIf, unless }]) => [
        type,
        [path, ...pathsIn(onlyIf as Tests, unless as Tests)],
      ]),
    ) as never,
    *check(subject) {
      const resource = subject as Resource;
      const place = places.get(resource.type)!;
      const value = resource.get(place.path);
      const get = (path: string): Value => resource.get(path);
      const setting = settingName(resource, place.path);
      const advice = data.advice ?? (write === undefined ? undefined : `Set {setting} to ${write}.`);
      yield {
        violations: [
          {
            wrong: all(
              any(meets(value, wrongValues), data.absent === 'unsafe' ? isUnset(value) : NO),
              meetsAll(get, place.onlyIf),
              not(meetsAny(get, place.unless)),
            ),
            at: value,
          },
        ],
        message: (shown, leaf) => {
          const note = table.values.get(textOf(leaf) ?? '');
          const { consequence, ...words } = data;
          const told =
            note === undefined
              ? { ...words, problem: data.unresolvedProblem }
              : {
                  ...words,
                  problem: data.problem.replaceAll('{value}', shown),
                  ...(consequence === undefined ? {} : { consequence: consequence.replaceAll('{note}', note) }),
                };
          return messageOf(resource.displayName, advice === undefined ? told : { ...told, advice }, setting);
        },
        fixes: (): readonly Fix[] =>
          data.fix === 'none' || write === undefined
            ? []
            : [
                {
                  title: titleOf(`Set ${setting} to ${write}`, place.fixCost ?? data.fixCost),
                  safe: data.fix === 'safe',
                  edits: [{ op: 'set', resource, path: place.path, value: write }],
                },
              ],
      };
    },
  });
}
