/** The rules that a configuration and the options of a run select for a document. */
import { memoize, memoizeText } from '../base/memoize.ts';
import type { Uri } from '../base/span.ts';
import type { RuleSetting } from '../config/configuration.ts';
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

/** The rules for a document. Documents with the same overrides share them. */
export function documentRules(options: RuleOptions, doc: Uri): DocumentRules {
  const { overrides } = options.configuration;
  const indexes = overrides.flatMap(({ paths }, index) => (matchesPatterns(paths, doc) ? [index] : []));
  const known = byOverrides(options);
  const key = indexes.join(' ');
  const before = known.get(key);
  if (before) return before;
  const rules = rulesWith(options, new Set(indexes));
  known.set(key, rules);
  return rules;
}

const byOverrides = memoize((_: RuleOptions) => new Map<string, DocumentRules>());

function rulesWith(
  { profile, certainty, rules, configuration }: RuleOptions,
  indexes: ReadonlySet<number>,
): DocumentRules {
  const overrides = configuration.overrides.filter((_, index) => indexes.has(index));
  const levels = levelsOf([...configuration.rules, ...overrides.flatMap((one) => one.rules)]);
  const effective = overrides.findLast((one) => one.profile !== undefined)?.profile ?? profile;
  const isForced = (id: string): boolean => {
    const level = levels.get(id);
    return level !== undefined && level !== 'off';
  };
  return {
    profile: effective,
    certainty: overrides.findLast((one) => one.certainty !== undefined)?.certainty ?? certainty,
    isOn: ({ id, profile: own }) =>
      (rules?.has(id) ?? true) && levels.get(id) !== 'off' && (isForced(id) || includesProfile(effective, own)),
    isOff: (id) => levels.get(id) === 'off',
    isForced,
    severityOf: (id) => {
      const level = levels.get(id);
      return level === 'on' || level === 'off' ? undefined : level;
    },
  };
}

/** The level of each rule that is named; of several settings of a rule, the last. */
function levelsOf(settings: readonly RuleSetting[]): ReadonlyMap<string, NonNullable<RuleSetting['level']>> {
  const levels = new Map<string, NonNullable<RuleSetting['level']>>();
  for (const { selector, level } of settings)
    if (level !== undefined) for (const { id } of selectedBy(selector)) levels.set(id, level);
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
  const ids = RULES.map(({ id }) => id);
  const begun = ids.filter((id) => id.startsWith(`${name}-`));
  return begun.length === 1 ? begun[0] : nearestName(name, ids);
}
