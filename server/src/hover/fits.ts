import {
  all,
  any,
  is,
  isAbsent,
  isPresent,
  judgement,
  YES,
  type Judgement,
  type Predicate,
} from '../model/judgement.ts';
import type { Properties, Resource } from '../model/resource.ts';
import type { Known, Leaf, Value } from '../model/value.ts';
import type { Case, PropertyConditions, Expected } from './ownership.ts';

/**
 * Whether the conditions hold for a resource. Unknown counts as not holding, so that a card never claims anything
 * false.
 */
export function holds(conditions: PropertyConditions | undefined, resource: Properties): boolean {
  return judged(conditions, resource).yes.holdsByDefault();
}

/**
 * Whether the conditions hold for a resource where it exists: by default, or in all scenarios if it does not exist by
 * default.
 */
export function holdsHere(conditions: PropertyConditions | undefined, resource: Resource): boolean {
  const { yes } = judged(conditions, resource);
  const exists = resource.when.yes;
  return exists.holdsByDefault() || !exists.satisfiable() ? yes.holdsByDefault() : exists.coveredBy(yes);
}

function judged(conditions: PropertyConditions | undefined, resource: Properties): Judgement {
  return conditions
    ? all(
        ...Object.entries(conditions).map(([path, expected]) =>
          any(meets(resource.get(path), expected), hasOne(resource, path, expected)),
        ),
      )
    : YES;
}

/** Whether a list contains an expected item: `[EC2, FARGATE]` meets both EC2 and FARGATE. */
function hasOne(resource: Properties, path: string, expected: readonly Expected[] | 'set'): Judgement {
  return any(...resource.each(path).items.map((item) => all(judgement(item.when), meets(item.value, expected))));
}

function meets(value: Value, expected: readonly Expected[] | 'set'): Judgement {
  if (expected === 'set') return isPresent(value);
  return any(
    ...expected.map((one) => (one === null ? isAbsent(value) : all(isPresent(value), is(value, literal(one))))),
  );
}

/**
 * The case that matches a value; undefined if none is known to. An unknown value is described by its reason, unless it
 * is secret.
 */
export function caseFor(leaf: Leaf, cases: readonly Case[]): Case | undefined {
  if (leaf.state === 'unknown' && (!leaf.origin.secret || leaf.origin.secretByName)) return undefined;
  return cases.find(({ is: expected }) => meets(leaf, expected).yes.isAlways());
}

/** Compares strings as CloudFormation and Terraform convert them: `"true"` is true, `"5"` is 5. */
function literal(expected: string | number | boolean): Predicate {
  const text = String(expected).toLowerCase();
  return { known: (scalar: Known) => scalar.raw.toLowerCase() === text, collection: false };
}
