import { inert } from '../base/inert.ts';
import type { Term } from '../base/guard.ts';

/** A scenario in words, `when IsProd is false and Stage is "prod"`; empty for all scenarios. */
export function scenario(terms: readonly Term[]): string {
  return terms.length === 0 ? '' : `when ${terms.map(circumstance).map(inert).join(' and ')}`;
}

function circumstance({ kind, name, value }: Term): string {
  switch (kind) {
    case 'condition':
      return `${name} is ${value}`;
    case 'parameter':
      return SPOKEN.has(value) ? `${name} has ${String(value)}` : `${name} is ${shortened(JSON.stringify(value))}`;
    case 'deployment':
      return `it is deployed with ${String(value)}`;
    case 'exists':
      return `${name} ${value === false ? 'does not exist' : 'exists'}`;
  }
}

/** What stands for a value that has no text, or must not show it. */
const SPOKEN: ReadonlySet<Term['value']> = new Set([
  'another value',
  'its default',
  'its given value',
  'a secret value',
]);

/** The most characters that are shown of a value: a whole policy can be one. */
const LONGEST = 60;

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 2)}…"` : text;
}
