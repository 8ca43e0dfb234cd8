/** The settings with which claims apply, in words, for lists of claims without a document. */
import { flatMap } from '../base/flat-map.ts';
import type { Claim, PropertyConditions, Expected } from './ownership.ts';

/** The maximum number of values of a property that are named. */
const MOST_VALUES = 3;

/** A claim with the settings with which it applies. */
export interface StatedClaim extends Claim {
  /** `Engine is mysql or postgres`; undefined if it applies always. */
  readonly settings?: string;
}

/** Claims with their settings; those with the same text as one. `nameOf` is the name of a property in the format. */
export function statedClaims(
  claims: readonly Claim[],
  nameOf: (path: string) => string = (path) => path,
): readonly StatedClaim[] {
  const groups = new Map<string, Claim[]>();
  for (const claim of claims) {
    const key = `${claim.owner} ${claim.layer} ${claim.text}`;
    groups.set(key, [...(groups.get(key) ?? []), claim]);
  }
  return [...groups.values()].map((group): StatedClaim => {
    const settings = settingsOf(
      group.map(({ when }) => when),
      nameOf,
    );
    return {
      ...group[0]!,
      cite: [...new Set(flatMap(group, ({ cite }) => cite))],
      ...(settings === undefined ? {} : { settings }),
    };
  });
}

/** The words for any of several conditions; undefined if one of them always holds. */
function settingsOf(
  all: readonly (PropertyConditions | undefined)[],
  nameOf: (path: string) => string,
): string | undefined {
  const conditions = all.filter((one) => one !== undefined);
  if (conditions.length < all.length) return undefined;
  return [...new Set(merged(conditions).map((one) => wordsOf(one, nameOf)))].join(', or ');
}

/** Conditions on the values of one property as one. */
function merged(conditions: readonly PropertyConditions[]): readonly PropertyConditions[] {
  const [first] = conditions;
  const paths = new Set(flatMap(conditions, (one) => Object.keys(one)));
  const lists = flatMap(conditions, (one) => Object.values(one)).filter((values) => values !== 'set');
  return first !== undefined && paths.size === 1 && lists.length === conditions.length
    ? [{ [[...paths][0]!]: [...new Set(lists.flat())] }]
    : conditions;
}

function wordsOf(conditions: PropertyConditions, nameOf: (path: string) => string): string {
  return Object.entries(conditions)
    .map(([path, expected]) => `${nameOf(path)} is ${expected === 'set' ? 'set' : valuesOf(expected)}`)
    .join(' and ');
}

function valuesOf(expected: readonly Expected[]): string {
  // That it is not set follows the values.
  const values = expected.toSorted((a, b) => Number(a === null) - Number(b === null));
  const words = values.map((value) => (value === null ? 'not set' : String(value)));
  const shown = words.length > MOST_VALUES + 1 ? words.slice(0, MOST_VALUES) : words.slice(0, -1);
  const last = words.length > MOST_VALUES + 1 ? `${words.length - MOST_VALUES} others` : words.at(-1)!;
  return shown.length === 0 ? last : `${shown.join(', ')} or ${last}`;
}
