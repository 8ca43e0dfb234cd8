/** The form of rules about the four Block Public Access settings of accounts and access points. */
import { all, is, type Judgement } from '../../model/judgement.ts';
import { isFalse } from '../../model/predicate.ts';
import type { Resource } from '../../model/resource.ts';
import { metadataOf, type FormFacts } from '../forms/metadata.ts';
import { countsIn, scopePaths, type PlaceScope } from '../forms/place.ts';
import { fixTitleOf, listed, settingName, type FormFix } from '../forms/words.ts';
import { defineRule, type AnyRule } from '../rule.ts';
import type { ResourcePaths, ResourceType } from '../resource-paths.ts';

const BLOCK = 'Block Public Access';

/** The most settings that a message names. */
const MOST_NAMED = 2;

/** The four settings of something that has them. */
export type AccessBlockRule<T extends ResourceType> = Omit<FormFacts, 'fix'> & {
  readonly of: T;
  readonly settings: readonly ResourcePaths[T][];
  readonly scope?: PlaceScope<ResourcePaths[T]>;
  /** What the settings protect, as a sentence: `A public policy could open it to anyone.` */
  readonly consequence: string;
  readonly fix: Exclude<FormFix, 'none'>;
};

/** A rule against settings that are off. All that are off are one finding. */
export function accessBlockRule<T extends ResourceType>(data: AccessBlockRule<T>): AnyRule {
  const { of, settings, scope = {}, consequence, fix } = data;
  const advice = 'Set all four settings to true.';
  return defineRule<T>({
    ...metadataOf(data, { advice, fixable: true }),
    on: 'resource',
    reads: { [of]: [...settings, ...scopePaths(scope)] } as never,
    *check(subject) {
      const resource = subject as Resource;
      const counts: Judgement = countsIn((path) => resource.get(path), scope);
      const flags = settings.map((path) => ({ path, value: resource.get(path) }));
      const isOff = (path: string): Judgement => is(resource.get(path), isFalse);
      const names = (paths: readonly string[]): string => listed(paths.map((path) => settingName(resource, path)));
      yield {
        violations: flags.map(({ path, value }) => ({ wrong: all(counts, isOff(path)), at: value })),
        message: (_shown, _leaf, violation, others) => {
          const off = [violation, ...others()].map(({ at }) => flags.find(({ value }) => value === at)!.path);
          const many = off.length === settings.length ? BLOCK : `${off.length} settings of ${BLOCK}`;
          const what = off.length > MOST_NAMED ? many : names(off);
          return `${resource.displayName} turns off ${what}. ${consequence.replace(/\.$/, '')}; set all four to true.`;
        },
        fixes: () => [
          {
            title: fixTitleOf(fix, 'Turn on all Block Public Access settings'),
            safe: false,
            ...(fix.impact ? { impact: fix.impact } : {}),
            edits: flags.map(({ path }) => ({ op: 'set', resource, path, value: true })),
          },
        ],
      };
    },
  });
}
