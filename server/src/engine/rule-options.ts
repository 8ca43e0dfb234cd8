/** The options of rules that a configuration sets. */
import { flatMap } from '../base/flat-map.ts';
import type { Span, Uri } from '../base/span.ts';
import { ownEntry } from '../base/table.ts';
import type { Configuration, RuleOptionValue, RuleSetting } from '../config/configuration.ts';
import { didYouMean, nearestName } from '../config/nearest-name.ts';
import { matchesPatterns } from '../config/path-patterns.ts';
import { changeTo } from '../config/repair.ts';
import type { Problem } from '../model/finding.ts';
import type { RuleOption } from '../model/rule-option.ts';
import { selectedBy } from './configured-rules.ts';
import { ruleNamed } from './related-rules.ts';

/** The value of an option of a rule for a document; undefined if it is not set. */
export function optionOf(
  { rules, overrides }: Configuration,
  doc: Uri,
  rule: string,
  option: string,
): RuleOptionValue | undefined {
  if (rules.length === 0 && overrides.length === 0) return undefined;
  const settings = [...rules, ...flatMap(overrides, (one) => (matchesPatterns(one.paths, doc) ? one.rules : []))];
  const setting = settings.findLast(
    ({ selector, options }) =>
      ownEntry(options, option) !== undefined && selectedBy(selector).some(({ id }) => id === rule),
  );
  return setting && ownEntry(setting.options, option);
}

/** A list of ports. Other values are reported when the configuration is read, and ignored. */
export function portsOf(value: RuleOptionValue | undefined): readonly number[] {
  return optionTexts(value).filter(isPort).map(Number);
}

/** A number within the bounds of an option. Other values are reported when the configuration is read, and ignored. */
export function optionNumber(value: RuleOptionValue | undefined, rule: string, option: string): number | undefined {
  const options = value === undefined ? {} : (ruleNamed(rule).options ?? {});
  const declared = ownEntry(options, option);
  return declared?.type === 'number' && isWithin(value, declared) ? Number(value) : undefined;
}

/** A list of strings. */
export function optionTexts(value: RuleOptionValue | undefined): readonly string[] {
  return value === undefined ? [] : Array.isArray(value) ? (value as readonly string[]) : [String(value)];
}

/** The options that no rule of their setting has, and those with invalid values, each at its place. */
export function optionProblems({ selector, options, optionsAt, at }: RuleSetting): readonly Problem[] {
  const rules = selectedBy(selector);
  if (rules.length === 0) return [];
  const known = [...new Set(flatMap(rules, (rule) => Object.keys(rule.options ?? {})))];
  return flatMap(Object.entries(options), ([name, value]): readonly Problem[] => {
    const place = ownEntry(optionsAt ?? {}, name) ?? { name: at, value: at };
    if (!known.includes(name)) return [unknownOption(name, selector, known, place.name, Object.keys(options))];
    // A pattern can select rules with options of one name.
    const declared = flatMap(rules, (rule) => ownEntry(rule.options ?? {}, name) ?? []);
    const wrong = declared.find((option) => !isValid(value, option));
    return wrong
      ? [{ at: place.value, kind: 'document', message: `Expected "${name}" to be ${expectationOf(wrong)}.` }]
      : [];
  });
}

function unknownOption(
  name: string,
  selector: string,
  known: readonly string[],
  at: Span,
  beside: readonly string[],
): Problem {
  const nearest = nearestName(name, known);
  return {
    at,
    kind: 'document',
    message:
      known.length === 0
        ? `"${selector}" has no options.`
        : `Unknown option "${name}" of "${selector}".${didYouMean(name, known)} Supported: ${known.join(', ')}.`,
    ...(nearest === undefined || beside.includes(nearest) ? {} : { repairs: () => [changeTo(at, at, nearest)] }),
  };
}

function isValid(value: RuleOptionValue, option: RuleOption): boolean {
  switch (option.type) {
    case 'ports':
      return optionTexts(value).length > 0 && optionTexts(value).every(isPort);
    case 'number':
      return isWithin(value, option);
    case 'texts':
      return (
        typeof value !== 'boolean' && optionTexts(value).length > 0 && optionTexts(value).every((text) => text !== '')
      );
  }
}

function expectationOf(option: RuleOption): string {
  switch (option.type) {
    case 'ports':
      return 'a list of port numbers from 0 to 65535';
    case 'number':
      return `a number from ${option.minimum} to ${option.maximum}`;
    case 'texts':
      return 'a list of strings';
  }
}

function isWithin(
  value: RuleOptionValue | undefined,
  { minimum, maximum }: Extract<RuleOption, { readonly type: 'number' }>,
): boolean {
  return typeof value === 'number' && minimum <= value && value <= maximum;
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535;
}
