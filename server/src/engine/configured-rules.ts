/** The rules that a configuration and the options of a run select for a document. */
import { flatMap } from '../base/flat-map.ts';
import { memoize, memoizeText } from '../base/memoize.ts';
import type { Uri } from '../base/span.ts';
import type { Override, RuleLevel } from '../config/configuration.ts';
import { nearestName } from '../config/nearest-name.ts';
import { matchesPatterns } from '../config/path-patterns.ts';
import type { Certainty, Profile, Severity } from '../model/finding.ts';
import { includesProfile } from '../model/profile.ts';
import { RULES } from '../rules/index.ts';
import type { AnyRule } from '../rules/rule.ts';
import type { AnalysisOptions } from './analysis.ts';
import { rulesSelectedBy } from './rule-selection.ts';

/** What applies to the findings in a document. */
export interface DocumentRules {
  readonly profile: Profile;
  readonly certainty: Certainty;
  /** Whether a rule is checked. */
  isOn(rule: AnyRule): boolean;
  /** Whether the configuration turns a rule off. */
  isOff(rule: string): boolean;
  /** Whether a rule is checked regardless of the profile. */
  isForced(rule: string): boolean;
  /** The severity that replaces that of the findings of a rule. */
  severityOf(rule: string): Severity | undefined;
}

/** The options that decide which rules are checked. */
export type RuleOptions = Pick<
  AnalysisOptions,
  'profile' | 'certainty' | 'rules' | 'configuration' | 'coversConfiguration'
>;

/** The rules for a document. Documents with the same settings share them, in all versions of a configuration. */
export function documentRules(options: RuleOptions, doc: Uri): DocumentRules {
  const { overrides } = options.configuration;
  const indexes = flatMap(overrides, ({ paths }, index) => (matchesPatterns(paths, doc) ? [index] : []));
  const known = byOverrides(options);
  const key = indexes.join(' ');
  const before = known.get(key);
  if (before) return before;
  const settings = settingsWith(
    options,
    indexes.map((index) => overrides[index]!),
  );
  const { rules, ...others } = settings;
  const applied = rulesWith(RULES, JSON.stringify([others, rules && [...rules]]), settings);
  known.set(key, applied);
  return applied;
}

const byOverrides = memoize((_: RuleOptions) => new Map<string, DocumentRules>());

/** What decides which rules are checked in a document. */
interface RuleSettings extends Pick<DocumentRules, 'profile' | 'certainty'> {
  /** The rules to which a run is limited. */
  readonly rules: ReadonlySet<string> | undefined;
  /** The levels of selectors. The last one that selects a rule applies. */
  readonly levels: readonly (readonly [selector: string, level: RuleLevel])[];
}

function settingsWith(
  { profile, certainty, rules, configuration }: RuleOptions,
  overrides: readonly Override[],
): RuleSettings {
  return {
    profile: overrides.findLast((one) => one.profile !== undefined)?.profile ?? profile,
    certainty: overrides.findLast((one) => one.certainty !== undefined)?.certainty ?? certainty,
    rules,
    levels: flatMap([...configuration.rules, ...flatMap(overrides, (one) => one.rules)], ({ selector, level }) =>
      level === undefined ? [] : [[selector, level] as const],
    ),
  };
}

/** The maximum number of settings whose rules are kept. They come from documents. */
const MOST_SETTINGS = 64;

/**
 * The rules by some settings, memoized by the content of these: options are made again with each edit, and what follows
 * from all rules must not be.
 */
const rulesWith = memoizeText(
  (_all: readonly AnyRule[], _content: string, { profile, certainty, rules, levels: stated }: RuleSettings) => {
    const levels = levelsOf(stated);
    const isForced = (id: string): boolean => {
      const level = levels.get(id);
      return level !== undefined && level !== 'off';
    };
    return {
      profile,
      certainty,
      isOn: ({ id, profile: own }: AnyRule) =>
        (rules?.has(id) ?? true) && levels.get(id) !== 'off' && (isForced(id) || includesProfile(profile, own)),
      isOff: (id: string) => levels.get(id) === 'off',
      isForced,
      severityOf: (id: string) => {
        const level = levels.get(id);
        return level === 'on' || level === 'off' ? undefined : level;
      },
    };
  },
  MOST_SETTINGS,
);

/** The level of each rule that is selected; of several settings of a rule, the last. */
function levelsOf(settings: RuleSettings['levels']): ReadonlyMap<string, RuleLevel> {
  const levels = new Map<string, RuleLevel>();
  for (const [selector, level] of settings) for (const { id } of selectedBy(selector)) levels.set(id, level);
  return levels;
}

/** The maximum number of selectors that are kept. They come from documents. */
const MOST_SELECTORS = 1000;

const selection = memoizeText(
  (rules: readonly AnyRule[], selector: string): readonly AnyRule[] => rulesSelectedBy(selector, rules),
  MOST_SELECTORS,
);

/** The rules of a selector, memoized: configurations are read again and again, and have the same selectors. */
export function selectedBy(selector: string): readonly AnyRule[] {
  return selection(RULES, selector);
}

/** The id of the rule that a misspelled name means, if one is near: the only one that it begins, else the nearest. */
export function nearestRule(name: string): string | undefined {
  return nearestOf(RULES, name);
}

const nearestOf = memoizeText((rules: readonly AnyRule[], name: string): string | undefined => {
  const ids = rules.map(({ id }) => id);
  const begun = ids.filter((id) => id.startsWith(`${name}-`));
  return begun.length === 1 ? begun[0] : nearestName(name, ids);
}, MOST_SELECTORS);
