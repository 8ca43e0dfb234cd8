/** The options of rules that a configuration sets. */
import type { Uri } from '../base/span.ts';
import { ownEntry } from '../base/table.ts';
import type { Configuration, RuleOptionValue, RuleSetting } from '../config/configuration.ts';
import { didYouMean } from '../config/nearest-name.ts';
import { matchesPatterns } from '../config/path-patterns.ts';
import type { Problem } from '../model/finding.ts';
import { selectedBy } from './configured-rules.ts';

/** The value of an option of a rule for a document; undefined if it is not set. */
export function optionOf(
  { rules, overrides }: Configuration,
  doc: Uri,
  rule: string,
  option: string,
): RuleOptionValue | undefined {
  if (rules.length === 0 && overrides.length === 0) return undefined;
  const settings = [...rules, ...overrides.flatMap((one) => (matchesPatterns(one.paths, doc) ? one.rules : []))];
  const setting = settings.findLast(
    ({ selector, options }) =>
      ownEntry(options, option) !== undefined && selectedBy(selector).some(({ id }) => id === rule),
  );
  return setting && ownEntry(setting.options, option);
}

/** A list of ports. Other values are reported when the configuration is read, and ignored. */
export function portsOf(value: RuleOptionValue | undefined): readonly number[] {
  return texts(value).filter(isPort).map(Number);
}

/** The options that no rule of their setting has, and those with invalid values. */
export function optionProblems({ selector, options, at }: RuleSetting): readonly Problem[] {
  const rules = selectedBy(selector);
  if (rules.length === 0) return [];
  return Object.entries(options).flatMap(([name, value]): readonly Problem[] => {
    const known = [...new Set(rules.flatMap((rule) => Object.keys(rule.options ?? {})))];
    if (!known.includes(name))
      return [
        {
          at,
          kind: 'document',
          message:
            known.length === 0
              ? `"${selector}" has no options.`
              : `Unknown option "${name}" of "${selector}".${didYouMean(name, known)} Supported: ${known.join(', ')}.`,
        },
      ];
    const isValid = texts(value).length > 0 && texts(value).every(isPort);
    return isValid
      ? []
      : [{ at, kind: 'document', message: `Expected "${name}" to be a list of port numbers from 0 to 65535.` }];
  });
}

function texts(value: RuleOptionValue | undefined): readonly string[] {
  return value === undefined ? [] : Array.isArray(value) ? (value as readonly string[]) : [String(value)];
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535;
}
