import { plainLabel } from './plain-label.ts';
import type { Subject } from './scenario.ts';

/** What stands for a condition or parameter that may be anything. */
export const ANY = { condition: 'Either', parameter: 'Any value' } as const;

/** A condition or parameter as an entry of a list to choose from. */
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

/** A value as an entry of a list to choose from. `current` is the value in the scenario that is looked at. */
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

/** The question for the value of a condition or parameter. */
export function valueQuestion({ name }: Pick<Subject, 'name'>): string {
  return `Select a value for ${plainLabel(name)}`;
}
