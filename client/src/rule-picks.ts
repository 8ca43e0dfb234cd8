/** Rules as quick pick entries. */
import { l10n } from './l10n.ts';

/** A rule; without a server, only its id is known. */
export interface ListedRule {
  readonly id: string;
  readonly title?: string;
  readonly severity?: string;
  readonly profile?: string;
  /** What the configuration of the active document states about it. */
  readonly configured?: 'severity' | 'on' | 'off';
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
 * The entries for a search. Without words, the rules of the findings in the active document come first; with words, the
 * best match does. When nothing matches, the nearest search is suggested.
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

function pickOf(rule: ListedRule): RulePick {
  const { id, title } = rule;
  const detail = detailOf(rule);
  return {
    label: id,
    ...(title === undefined ? {} : { description: title }),
    ...(detail === undefined ? {} : { detail }),
    rule: id,
  };
}

function detailOf({ severity, profile, configured }: ListedRule): string | undefined {
  if (severity === undefined || profile === undefined) return undefined;
  switch (configured) {
    case 'severity':
      return l10n.t('{0} severity (set by the configuration), profile {1}', severity, profile);
    case 'on':
      return l10n.t('{0} severity, profile {1} (on in the configuration)', severity, profile);
    case 'off':
      return l10n.t('{0} severity, profile {1} (off in the configuration)', severity, profile);
    case undefined:
      return l10n.t('{0} severity, profile {1}', severity, profile);
  }
}
