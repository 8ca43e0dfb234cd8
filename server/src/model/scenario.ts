import { flatMap } from '../base/flat-map.ts';
import { inert } from '../base/inert.ts';
import type { Term } from '../base/guard.ts';

/**
 * One term of a scenario. Without a kind, the name is that of a condition, otherwise that of a parameter, depending on
 * the template.
 */
export interface ScenarioTerm {
  readonly kind?: 'condition' | 'parameter';
  readonly name: string;
  /** For a condition, `true` or `false`. */
  readonly value: string;
}

/** A scenario in words, `when IsProd is false and Stage is "prod"`; empty for all scenarios. */
export function scenario(terms: readonly Term[]): string {
  return terms.length === 0 ? '' : `when ${circumstances(terms).map(inert).join(' and ')}`;
}

/**
 * Each term in words. A condition of a Terraform module has one value for each instance of the module or resource, so
 * one with both values is stated once.
 */
function circumstances(terms: readonly Term[]): readonly string[] {
  const isOpposite = (a: Term, b: Term): boolean =>
    a.kind === 'condition' && b.kind === a.kind && b.name === a.name && b.value !== a.value;
  return flatMap(terms, (term, index) => {
    const other = terms.findIndex((one) => one !== term && isOpposite(term, one));
    if (other < 0) return [circumstance(term)];
    return index < other ? [`${term.name} is true for one instance and false for another`] : [];
  });
}

/** A message whose first sentence states its scenario: `OrdersDb is not encrypted when IsProd is false. Set …`. */
export function inScenario(message: string, terms: readonly Term[]): string {
  if (terms.length === 0) return message;
  const first = FIRST_SENTENCE.exec(message)?.[1] ?? message.replace(/\.$/, '');
  return `${first} ${scenario(terms)}${message.slice(first.length) || '.'}`;
}

/** The first sentence without its period. Periods within a name, a number or quotation marks do not end it. */
const FIRST_SENTENCE = /^((?:[^."]|"[^"]*"|\.(?!\s|$))*)\.(?=\s|$)/;

function circumstance({ kind, name, value }: Term): string {
  switch (kind) {
    case 'condition':
      return `${name} is ${value}`;
    case 'parameter':
      return DESCRIPTIONS.has(value)
        ? `${name} has ${String(value)}`
        : `${name} is ${shortened(JSON.stringify(value))}`;
    case 'deployment':
      return `it is deployed with ${String(value)}`;
    case 'exists':
      return `${name} ${value === false ? 'does not exist' : 'exists'}`;
  }
}

/** Descriptions of values that have no string or must not be shown. */
const DESCRIPTIONS: ReadonlySet<Term['value']> = new Set([
  'another value',
  'its default',
  'its given value',
  'a secret value',
]);

/** The maximum number of shown characters of a value, which can be a whole policy. */
const LONGEST = 60;

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 2)}…"` : text;
}
