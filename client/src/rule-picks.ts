/** Rules as quick pick entries. */

/** The result of `stackwarden/rules`. */
export interface FoundRules {
  readonly rules: readonly { readonly id: string; readonly title: string }[];
  readonly nearest?: string;
}

/** An entry: a heading, a rule, or a suggested search. */
export interface RulePick {
  readonly label: string;
  readonly description?: string;
  readonly heading?: true;
  readonly rule?: string;
  readonly search?: string;
}

const HERE = 'Findings in this document';
const ALL = 'All rules';

/**
 * The entries for a search. Without words, the rules of the findings in the active document come first; with words, the best
 * match does. When nothing matches, the nearest search is suggested.
 */
export function rulePicks(words: string, { rules, nearest }: FoundRules, here: readonly string[]): readonly RulePick[] {
  const pick = ({ id, title }: FoundRules['rules'][number]): RulePick => ({
    label: id,
    ...(title === '' ? {} : { description: title }),
    rule: id,
  });
  if (words.trim() !== '')
    return [
      ...rules.map(pick),
      ...(rules.length === 0 && nearest !== undefined ? [{ label: `Search for "${nearest}"`, search: nearest }] : []),
    ];
  const first = here.map((id) => rules.find((rule) => rule.id === id) ?? { id, title: '' });
  const others = rules.filter(({ id }) => !here.includes(id));
  return [
    ...(first.length > 0 ? [{ label: HERE, heading: true } as const, ...first.map(pick)] : []),
    ...(others.length > 0 ? [{ label: ALL, heading: true } as const, ...others.map(pick)] : []),
  ];
}
