import { Guard, OTHER, type ScenarioVariable } from '../base/guard.ts';
import { memoize } from '../base/memoize.ts';
import { choice, MAX_BRANCHES, unknown } from '../model/navigate.ts';
import type { Origin, Unknown, Value } from '../model/value.ts';

/** The known values of a parameter or a variable. */
export interface Domain {
  readonly variable: ScenarioVariable;
  /** The value at each index of the domain, as defined; undefined for `OTHER`. */
  readonly values: readonly (Value | undefined)[];
  /** Whether a string can be one of the unnamed values; by default every string can. */
  readonly limit?: (text: string) => boolean;
  /** Identifies `limit`, as `admitsAs` of an unknown value. */
  readonly limitedAs?: string;
  /** Whether a string can be a part of one of the unnamed values; by default every string can. */
  readonly limitOfParts?: (text: string) => boolean;
  /** Whether a value is a string or a number, and never a list. */
  readonly single?: true;
}

export interface DomainSource {
  readonly id: string;
  readonly kind: ScenarioVariable['kind'];
  readonly name: string;
  /** Whether its values must not be shown. */
  readonly secret?: boolean;
  /** The given value, which replaces everything else. */
  readonly pinned?: { readonly text: string; readonly value: Value };
  /** Whether a string is an allowed value, if the values are restricted other than by a list. */
  readonly limit?: (text: string) => boolean;
  readonly limitedAs?: string;
  readonly limitOfParts?: (text: string) => boolean;
  /** Whether a value is a string or a number, and never a list. */
  readonly single?: true;
  /** All allowed values, if they are restricted to a list. */
  readonly allowed?: readonly { readonly text: string; readonly value: Value }[];
  readonly fallback?: { readonly text: string; readonly value: Value };
  /** The strings that the document compares it with, in document order. */
  readonly compared: readonly { readonly text: string; readonly value: Value }[];
}

/** The maximum number of named values of a domain. The others are one value. */
const MAX_VALUES = MAX_BRANCHES - 1;

/**
 * The domain of a parameter: its allowed values; otherwise its default, every literal that it is compared with, and one
 * value that represents all others. A given value is the only one.
 */
export function domainOf(source: DomainSource): Domain {
  const named = source.pinned
    ? [source.pinned]
    : unique([...(source.fallback ? [source.fallback] : []), ...(source.allowed ?? source.compared)]).slice(
        0,
        MAX_VALUES,
      );
  const closed =
    source.pinned !== undefined ||
    (source.allowed !== undefined && source.allowed.length > 0 && source.allowed.length <= MAX_VALUES);
  const labels = named.map((n) => (source.secret && !isNothing(n.value) ? 'a secret value' : n.text));
  const domain = closed ? labels : [...labels, OTHER];
  const preferred = source.pinned || source.fallback ? { preferred: 0 } : {};
  return {
    variable: { id: source.id, kind: source.kind, name: source.name, domain, ...preferred },
    values: closed ? named.map((n) => n.value) : [...named.map((n) => n.value), undefined],
    ...(source.limit ? { limit: source.limit } : {}),
    ...(source.limitedAs === undefined ? {} : { limitedAs: source.limitedAs }),
    ...(source.limitOfParts ? { limitOfParts: source.limitOfParts } : {}),
    ...(source.single ? { single: true } : {}),
  };
}

/** Whether a value has no content to hide. */
function isNothing(value: Value): boolean {
  return value.state === 'absent' || (value.state === 'known' && value.value === null);
}

function unique<T extends { readonly text: string }>(values: readonly T[]): T[] {
  const seen = new Set<string>();
  return values.filter(({ text }) => !seen.has(text) && seen.add(text));
}

/** The scenarios of each value. All uses of a parameter share them. */
const guardsOf = memoize(({ variable, values }: Domain): readonly Guard[] =>
  values.map((_, index) => {
    const text = variable.domain[index]!;
    const guard = Guard.of(variable, [index]).named({
      kind: 'parameter',
      name: variable.name,
      value: text === OTHER ? 'another value' : text,
    });
    return index === variable.preferred || guard.isAlways() ? guard : guard.assumed();
  }),
);

/** How the remaining value is restricted, which excludes the distinguished ones. */
const admittedBy = memoize(({ variable, values, limit, limitedAs }: Domain): Pick<Unknown, 'admits' | 'admitsAs'> =>
  limit || values.length > 1
    ? {
        admits: (text) => (limit?.(text) ?? true) && !variable.domain.includes(text),
        ...(limitedAs !== undefined && values.length === 1 ? { admitsAs: limitedAs } : {}),
      }
    : {},
);

/**
 * The value of a parameter at its use. Values other than the default are assumed: nothing in the document selects them,
 * so findings about them are possible and not certain.
 */
export function valueOfDomain(domain: Domain, origin: Origin, place: (value: Value) => Value): Value {
  const { variable, values, single } = domain;
  const guards = guardsOf(domain);
  return choice(
    origin,
    values.map((value, index) => ({
      guard: guards[index]!,
      value: value
        ? place(value)
        : unknown(origin, 'parameter', [], {
            input: variable.id,
            ...(variable.preferred === undefined ? {} : { byCaller: true }),
            ...(single ? { single } : {}),
            ...admittedBy(domain),
            ...(domain.limitOfParts ? { admitsPart: domain.limitOfParts } : {}),
          }),
    })),
  );
}

/**
 * The value of a parameter as one placeholder in all scenarios, whatever the document compares it with. A value that is
 * restricted to named ones has no placeholder.
 */
export function placeholderOfDomain(domain: Domain, origin: Origin): Value | undefined {
  if (domain.values.at(-1) !== undefined) return undefined;
  return valueOfDomain(unnamed(domain), origin, (value) => value);
}

/** A domain without named values. */
const unnamed = memoize((domain: Domain): Domain => ({
  ...domain,
  variable: { ...domain.variable, domain: [OTHER] },
  values: [undefined],
}));
