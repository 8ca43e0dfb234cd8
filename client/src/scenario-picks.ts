import { l10n } from './l10n.ts';
import { plainLabel } from './plain-label.ts';
import type { ScenarioSubject } from './scenario.ts';

/** The label of a condition or parameter without a chosen value. */
export function anyValue(kind: ScenarioSubject['kind']): string {
  return kind === 'condition' ? l10n.t('Either') : l10n.t('Any value');
}

/** A condition or parameter as a quick pick entry. */
export function subjectPick(subject: ScenarioSubject): {
  readonly label: string;
  readonly description: string;
  readonly subject: ScenarioSubject;
} {
  return {
    label: plainLabel(subject.name),
    description: plainLabel(subject.value ?? anyValue(subject.kind).toLowerCase()),
    subject,
  };
}

/** A value as a quick pick entry. `current` is the chosen value. */
export function valuePick(
  text: string,
  current: string | undefined,
): { readonly label: string; readonly description?: string; readonly text: string } {
  return {
    label: text === '' ? '""' : plainLabel(text),
    ...(text === current ? { description: l10n.t('current') } : {}),
    text,
  };
}

/** The prompt for the value of a condition or parameter. */
export function valueQuestion({ name }: Pick<ScenarioSubject, 'name'>): string {
  return l10n.t('Select a value for {0}', plainLabel(name));
}
