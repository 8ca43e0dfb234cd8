import type { Term } from '../base/guard.ts';

/** A scenario in words, `when IsProd is false and Stage is "prod"`; empty for all scenarios. */
export function scenario(terms: readonly Term[]): string {
  return terms.length === 0 ? '' : `when ${terms.map(circumstance).join(' and ')}`;
}

function circumstance({ kind, name, value }: Term): string {
  switch (kind) {
    case 'condition': return `${name} is ${value}`;
    case 'parameter': return value === 'another value' ? `${name} has another value` : `${name} is ${JSON.stringify(value)}`;
    case 'deployment': return `it is deployed with ${String(value)}`;
    case 'exists': return `${name} ${value === false ? 'does not exist' : 'exists'}`;
  }
}
