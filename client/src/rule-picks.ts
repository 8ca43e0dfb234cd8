/** Rules as quick pick entries. */
import { l10n } from './l10n.ts';

/** A rule; without a server, only its id is known. */
export interface ListedRule {
  readonly id: string;
  readonly title?: string;
  readonly severity?: string;
  readonly profile?: string;
}

/** The result of `stackwarden/rules`. */
export interface FoundRules {
  readonly rules: readonly ListedRule[];
  readonly nearest?: string;
}

/** An entry: a heading, a rule, or a suggested search. */
export interface RulePick {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly heading?: true;
  readonly rule?: string;
  readonly search?: string;
}

/**
 * The entries for a search. Without words, the rules of the findings in the active document come first; with words, the best
 * match does. When nothing matches, the nearest search is suggested.
 */
export function rulePicks(words: string, { rules, nearest }: FoundRules, here: readonly string[]): readonly RulePick[] {
  if (words.trim() !== '')
    return [
      ...rules.map(pickOf),
      ...(rules.length === 0 && nearest !== undefined
        ? [{ label: l10n.t('Search for "{0}"', nearest), search: nearest }]
        : []),
    ];
  const first = here.map((id) => rules.find((rule) => rule.id === id) ?? { id });
  const others = rules.filter(({ id }) => !here.includes(id));
  return [
    ...(first.length > 0 ? [heading(l10n.t('Findings in this document')), ...first.map(pickOf)] : []),
    ...(others.length > 0 ? [heading(l10n.t('All rules')), ...others.map(pickOf)] : []),
  ];
}

function heading(label: string): RulePick {
  return { label, heading: true };
}

function pickOf({ id, title, severity, profile }: ListedRule): RulePick {
  return {
    label: id,
    ...(title === undefined ? {} : { description: title }),
    ...(severity === undefined || profile === undefined
      ? {}
      : { detail: l10n.t('{0} severity, profile {1}', severity, profile) }),
    rule: id,
  };
}
