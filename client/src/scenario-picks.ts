import { plainLabel } from './plain-label.ts';
import type { Subject } from './scenario.ts';

/** The labels of a condition or parameter without a chosen value. */
export const ANY = { condition: 'Either', parameter: 'Any value' } as const;

/** A condition or parameter as a quick pick entry. */
export function subjectPick(subject: Subject): {
  readonly label: string;
  readonly description: string;
  readonly subject: Subject;
} {
  return {
    label: plainLabel(subject.name),
    description: plainLabel(subject.value ?? ANY[subject.kind].toLowerCase()),
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
    ...(text === current ? { description: 'current' } : {}),
    text,
  };
}

/** The prompt for the value of a condition or parameter. */
export function valueQuestion({ name }: Pick<Subject, 'name'>): string {
  return `Select a value for ${plainLabel(name)}`;
}
