/** The comparisons of a form, as data, and their judgements. */
import { flatMap } from '../../base/flat-map.ts';
import {
  all,
  any,
  exists,
  is,
  isAbsent,
  isPresent,
  not,
  YES,
  type Judgement,
  type Predicate,
} from '../../model/judgement.ts';
import { itemsOfProperty } from '../../model/navigate.ts';
import { integer, isBlank, isFalse, isTrue, oneOf, oneOfIgnoringCase, text } from '../../model/predicate.ts';
import type { Value } from '../../model/value.ts';
import type { PathOutsideLists } from './items.ts';

/** A value as a document has it, by the type that the property has. */
export type Scalar = string | number | boolean;

/**
 * One of some values, or a property of the value. A value that cannot be resolved neither meets a test nor fails it.
 */
export type Test =
  | Scalar
  | readonly Scalar[]
  | { readonly ignoringCase: readonly string[] }
  /**
   * Certainly one of these values. A value that cannot be resolved does not count, because the author chose it
   * elsewhere.
   */
  | { readonly knownToBe: readonly string[] }
  | { readonly matches: RegExp }
  | { readonly below: number }
  | { readonly above: number }
  /** A list with this item, or one of these. */
  | { readonly contains: Scalar | readonly Scalar[] }
  /** Nothing is written, or one of these values. */
  | { readonly absentOr: readonly Scalar[] }
  | 'is present'
  | 'is absent'
  /** Written, and empty or white space, which AWS and Terraform take for nothing. */
  | 'is blank'
  | 'is not blank'
  /**
   * Present, and certainly empty or white space. A value that cannot be resolved does not count, because the author set
   * the property.
   */
  | 'is known to be blank'
  /** Written as a list without items. */
  | 'is empty'
  /** Written and not blank; a value that cannot be resolved counts as set, because the author set the property. */
  | 'is set';

/** Tests of properties, by their paths. */
export type Tests<Path extends string = string> = Readonly<Partial<Record<PathOutsideLists<Path>, Test>>>;

/** Once, because V8 makes a hidden class for each copy with another field. */
const isKnownBlank: Predicate = { ...isBlank, unknown: false };

/** Whether a value meets a test. */
export function meets(value: Value, test: Test): Judgement {
  if (test === 'is present') return isPresent(value);
  if (test === 'is absent') return isAbsent(value);
  if (test === 'is blank') return is(value, isBlank);
  if (test === 'is known to be blank') return is(value, isKnownBlank);
  if (test === 'is not blank') return all(isPresent(value), not(is(value, isBlank)));
  if (test === 'is empty') return all(isPresent(value), not(exists(itemsOfProperty(value), () => YES)));
  if (test === 'is set') return all(isPresent(value), not(meets(value, 'is known to be blank')));
  if (typeof test !== 'object') return is(value, equals(test));
  if (isList(test)) return any(...test.map((each) => is(value, equals(each))));
  if ('contains' in test)
    return all(
      isPresent(value),
      exists(itemsOfProperty(value), (item) => meets(item.value, test.contains)),
    );
  if ('absentOr' in test) return any(isAbsent(value), meets(value, test.absentOr));
  if ('knownToBe' in test)
    return is(value, { ...oneOf(...test.knownToBe), text: () => false, reference: () => false, unknown: false });
  if ('ignoringCase' in test) return is(value, oneOfIgnoringCase(...test.ignoringCase));
  if ('matches' in test)
    return is(
      value,
      text((raw) => test.matches.test(raw)),
    );
  if ('below' in test)
    return is(
      value,
      integer((number) => number < test.below),
    );
  return is(
    value,
    integer((number) => number > test.above),
  );
}

/** Whether all of some tests are met, each by the value at its path. */
export function meetsAll(get: (path: string) => Value, tests: Tests = {}): Judgement {
  return all(...each(tests).map(([path, test]) => meets(get(path), test)));
}

/** Whether one of some tests is met, each by the value at its path. */
export function meetsAny(get: (path: string) => Value, tests: Tests = {}): Judgement {
  return any(...each(tests).map(([path, test]) => meets(get(path), test)));
}

/** The paths that tests read. */
export function pathsIn(...tests: readonly (Tests | undefined)[]): readonly string[] {
  return flatMap(tests, (one) => Object.keys(one ?? {}));
}

function each(tests: Tests): readonly (readonly [string, Test])[] {
  return flatMap(Object.entries(tests), ([path, test]) => (test === undefined ? [] : [[path, test] as const]));
}

function equals(value: Scalar): Predicate {
  if (typeof value === 'boolean') return value ? isTrue : isFalse;
  return typeof value === 'number' ? integer((number) => number === value) : oneOf(value);
}

function isList(test: Test): test is readonly Scalar[] {
  return Array.isArray(test);
}

/** Whether a written value is wrong: it is forbidden, or not one of the allowed values. */
export type WrongValue =
  | { readonly forbidden: Exclude<Test, 'is absent' | 'is not blank' | 'is set'>; readonly write?: Scalar }
  /** The only value that is right. */
  | { readonly required: Scalar; readonly forbidden?: undefined }
  /** The right values; a fix writes the first. */
  | { readonly allowed: readonly [Scalar, ...Scalar[]]; readonly forbidden?: undefined };

/**
 * Whether a written value is wrong. An absent one is not, unless AWS or Terraform has a wrong value for it by default.
 */
export function isBad(value: Value, bad: WrongValue): Judgement {
  if (bad.forbidden !== undefined) return meets(value, bad.forbidden);
  const right = 'required' in bad ? [bad.required] : bad.allowed;
  if (right.length === 1 && typeof right[0] === 'boolean') return is(value, equals(!right[0]));
  return is(value, noneOf(right.map(equals)));
}

function noneOf(predicates: readonly Predicate[]): Predicate {
  return {
    known: (scalar) => {
      const answers = predicates.map((predicate) => predicate.known(scalar));
      return answers.includes(true) ? false : answers.includes(undefined) ? undefined : true;
    },
  };
}

/** Whether nothing is written and no default is known, so that what AWS does without the property counts. */
export function isUnwritten(value: Value): Judgement {
  return all(isAbsent(value), not(is(value, { known: () => true })));
}

/** The value that a fix writes in place of a wrong one; undefined if the author has to decide. */
export function goodValue(bad: WrongValue): Scalar | undefined {
  if (bad.forbidden !== undefined) return bad.write;
  return 'required' in bad ? bad.required : bad.allowed[0];
}
