import { Guard, OTHER, type Variable } from '../base/guard.ts';
import { choice, MAX_BRANCHES, unknown } from '../model/navigate.ts';
import type { Origin, Value } from '../model/value.ts';

/** What is known of the values that a parameter or a variable can have. */
export interface Domain {
  readonly variable: Variable;
  /** The value at each index of the domain, as it is seen from its definition; undefined for `OTHER`. */
  readonly values: readonly (Value | undefined)[];
  /** Whether a text can be one of the values that are not named; without it every text can. */
  readonly limit?: (text: string) => boolean;
}

export interface DomainSource {
  readonly id: string;
  readonly kind: Variable['kind'];
  readonly name: string;
  /** Whether its values must not be shown. */
  readonly secret?: boolean;
  /** Replaces everything else. */
  readonly pinned?: { readonly text: string; readonly value: Value };
  /** Whether a text can be its value, where its author limits that otherwise than by a list. */
  readonly limit?: (text: string) => boolean;
  /** Every allowed value, when the author limits them. */
  readonly allowed?: readonly { readonly text: string; readonly value: Value }[];
  readonly fallback?: { readonly text: string; readonly value: Value };
  /** Texts that the document compares it with, in the order of the document. */
  readonly compared: readonly { readonly text: string; readonly value: Value }[];
}

/** The most values that a domain names one by one. With all others they are the branches of one value. */
const MAX_VALUES = MAX_BRANCHES - 1;

/**
 * The domain of a parameter: its allowed values; else its default, every literal it is compared with, and all others as
 * one. A pinned value is alone.
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
  const labels = named.map((n) => (source.secret ? 'a secret value' : n.text));
  const domain = closed ? labels : [...labels, OTHER];
  const preferred = source.pinned || source.fallback ? { preferred: 0 } : {};
  return {
    variable: { id: source.id, kind: source.kind, name: source.name, domain, ...preferred },
    values: closed ? named.map((n) => n.value) : [...named.map((n) => n.value), undefined],
    ...(source.limit ? { limit: source.limit } : {}),
  };
}

function unique<T extends { readonly text: string }>(values: readonly T[]): T[] {
  const seen = new Set<string>();
  return values.filter(({ text }) => !seen.has(text) && seen.add(text));
}

/**
 * The value of a parameter where it is used. Values other than the default are assumed ones: nothing in the document
 * selects them, so what is wrong through them alone is possible, not certain.
 */
export function valueOfDomain(domain: Domain, origin: Origin, place: (value: Value) => Value): Value {
  const { variable, values, limit } = domain;
  // What is distinguished is not what is left.
  const admits =
    limit || values.length > 1
      ? { admits: (text: string) => (limit?.(text) ?? true) && !variable.domain.includes(text) }
      : {};
  return choice(
    origin,
    values.map((value, index) => {
      const text = variable.domain[index]!;
      const guard = Guard.of(variable, [index]).named({
        kind: 'parameter',
        name: variable.name,
        value: text === OTHER ? 'another value' : text,
      });
      return {
        guard: index === variable.preferred || guard.isAlways() ? guard : guard.assumed(),
        value: value
          ? place(value)
          : {
              ...unknown(origin, 'parameter'),
              input: variable.id,
              ...(variable.preferred === undefined ? {} : { byCaller: true }),
              ...admits,
            },
      };
    }),
  );
}
