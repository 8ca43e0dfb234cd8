/** Settings of the configuration that a command is given as options, which have priority over it. */
import { RULE_LEVELS, type PathPatterns, type RuleLevel, type RuleSetting } from '../config/configuration.ts';
import { didYouMean } from '../config/nearest-name.ts';
import { uriOf } from '../host/uri.ts';
import type { AnyRule } from '../rules/rule.ts';
import { ruleIds } from './selected-rules.ts';
import { UsageError, type World } from './world.ts';

const OPTION = '--rule-severity';

/**
 * The settings of `--rule-severity RULE=LEVEL`, where RULE selects rules as in `--select`. A later one has priority
 * over an earlier one. Throws a `UsageError` for an unknown rule or level.
 */
export function givenRules(given: readonly string[], rules: readonly AnyRule[]): readonly RuleSetting[] {
  return given.map((text) => {
    const [selector = '', written, ...more] = text.split('=').map((part) => part.trim());
    if (selector === '' || written === undefined || more.length > 0)
      throw new UsageError(`${OPTION}: Expected RULE=LEVEL, such as s3-bucket-versioning=low, but got "${text}".`);
    // Rejects a selector without rules.
    ruleIds(OPTION, selector, rules);
    return { selector, level: levelOf(written), options: {}, at: NOWHERE };
  });
}

/** Options are in no document. */
const NOWHERE: RuleSetting['at'] = { doc: '', start: 0, end: 0 };

function levelOf(written: string): RuleLevel {
  const level = RULE_LEVELS.find((known) => known === written.toLowerCase());
  if (level) return level;
  throw new UsageError(
    `${OPTION}: Unknown level "${written}".${didYouMean(written, RULE_LEVELS)} Supported: ${RULE_LEVELS.join(', ')}.`,
  );
}

/** The patterns of `--exclude`, relative to the current directory; undefined if there are none. */
export function givenExcludes(patterns: readonly string[], { cwd }: Pick<World, 'cwd'>): PathPatterns | undefined {
  if (patterns.some((pattern) => pattern.trim() === '')) throw new UsageError('--exclude: A pattern is empty.');
  return patterns.length === 0 ? undefined : { folder: uriOf(cwd).replace(/\/$/, ''), patterns };
}
