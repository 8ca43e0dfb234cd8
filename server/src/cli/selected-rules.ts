/** The rules to check, according to `--select` and `--ignore`. */
import { flatMap } from '../base/flat-map.ts';
import { nearestRuleOrCheck } from '../engine/rule-search.ts';
import { rulesSelectedBy } from '../engine/rule-selection.ts';
import type { AnyRule } from '../rules/rule.ts';
import { UsageError } from './world.ts';

interface Selection {
  /** Selectors, in lists separated by commas. */
  readonly select?: readonly string[];
  readonly ignore?: readonly string[];
}

/** The ids of the rules to check; undefined for all. Throws a `UsageError` if a selector names no rule. */
export function selectedRules(
  { select, ignore }: Selection,
  rules: readonly AnyRule[],
): ReadonlySet<string> | undefined {
  if (!select && !ignore) return undefined;
  const ids = select ? named('--select', select, rules) : new Set(rules.map(({ id }) => id));
  if (ignore) for (const id of named('--ignore', ignore, rules)) ids.delete(id);
  return ids;
}

function named(option: string, lists: readonly string[], rules: readonly AnyRule[]): Set<string> {
  const selectors = flatMap(lists, (list) => list.split(','))
    .map((selector) => selector.trim())
    .filter((selector) => selector !== '');
  if (selectors.length === 0) throw new UsageError(`${option}: Expected rule IDs.`);
  return new Set(flatMap(selectors, (selector) => ruleIds(option, selector, rules)));
}

/** The ids of the rules that a selector names. Throws a `UsageError` about an option if it names none. */
export function ruleIds(option: string, selector: string, rules: readonly AnyRule[]): readonly string[] {
  const found = rulesSelectedBy(selector, rules);
  if (found.length === 0) throw new UsageError(`${option}: ${unknown(selector, rules)}`);
  return found.map(({ id }) => id);
}

function unknown(selector: string, rules: readonly AnyRule[]): string {
  const nearest = nearestRuleOrCheck(selector.slice(selector.indexOf(':') + 1), rules);
  return `No rule is named ${selector}.${nearest === undefined ? '' : ` Did you mean ${nearest}?`}`;
}
