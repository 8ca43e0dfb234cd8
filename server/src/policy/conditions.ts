/** The conditions of a policy one by one, and what can be asked of one of them. */
import {
  all,
  any,
  exists,
  is,
  judge,
  judgement,
  NO,
  not,
  YES,
  type Judgement,
  type Predicate,
} from '../model/judgement.ts';
import { itemsOf, leaves, soleItem } from '../model/navigate.ts';
import type { Condition, PolicyDocument, Statement } from '../model/policy.ts';
import { isFalse } from '../model/predicate.ts';
import type { Element, Leaf, Value } from '../model/value.ts';
import { readOperator, type Operator } from './condition-operator.ts';
import { placeholderInValue } from './placeholder.ts';

/** A condition in its place. */
export interface PlacedCondition {
  readonly statement: Statement;
  readonly condition: Condition;
  /** Undefined where no operator has that name. */
  readonly operator: Operator | undefined;
  /** The key in lower case. */
  readonly key: string;
  /** Where the policy, the statement and the condition are there. */
  readonly there: Judgement;
}

const placed = new WeakMap<PolicyDocument, readonly PlacedCondition[]>();

/** All conditions of a policy. They are put together once, for many rules ask. */
export function conditionsOf(policy: PolicyDocument): readonly PlacedCondition[] {
  let found = placed.get(policy);
  if (!found)
    placed.set(
      policy,
      (found = policy.statements.flatMap((statement) =>
        statement.conditions.map((condition) => ({
          statement,
          condition,
          operator: readOperator(condition.operator),
          key: condition.key.toLowerCase(),
          there: isThere(policy, statement, condition),
        })),
      )),
    );
  return found;
}

/** Where a condition is there, and its statement and its policy with it. */
export function isThere(policy: PolicyDocument, statement: Statement, condition: Condition): Judgement {
  return all(judgement(policy.exists), judgement(statement.when), judgement(condition.when));
}

/** The values of a condition that can be judged, each with where it is there. Placeholders are left out: nothing is known of what replaces them. */
export function listed({ values, key, operator }: Condition): readonly Element[] {
  const family = readOperator(operator)?.family;
  return itemsOf(values, true).items.filter(
    ({ value }) => value.state !== 'known' || placeholderInValue(value.raw, key.toLowerCase(), family) === undefined,
  );
}

/** A text for which something does not hold. One with something put into it, or a variable, can become one for which it does. */
export function unless(holds: (text: string) => boolean): Predicate {
  return { known: ({ raw }) => !raw.includes('${') && !holds(raw), text: () => false, reference: () => false };
}

/** Whether a value that the document says meets a predicate. Of one that comes from outside, a parameter or a lookup, nothing is said. */
export function says(value: Value, what: Predicate): Judgement {
  return all(
    is(value, what),
    judge(value, (leaf) => leaf.state !== 'unknown'),
  );
}

/** Where a condition lists no value at all. A list that comes from outside can be empty, and what AWS itself gives is no list. */
export function isEmpty({ values }: Condition): Judgement {
  const isList = judge(values, (leaf) =>
    leaf.state === 'unknown' ? (leaf.input?.includes('AWS::') ? false : undefined) : leaf.state === 'list',
  );
  return all(isList, not(exists(itemsOf(values), () => YES)));
}

/** The texts that a condition lists, where all of them are known. */
export function textsOf({ values }: Condition): readonly string[] | undefined {
  return textsOfValue(values);
}

/** The texts of one or several values, where all of them are known. */
export function textsOfValue(values: Value): readonly string[] | undefined {
  const { items, complete } = itemsOf(values, true);
  if (!complete.yes.isAlways()) return undefined;
  const texts = items.map(({ value, when }) =>
    when.yes.isAlways() && value.state === 'known' && value.value !== null ? value.raw : undefined,
  );
  return texts.includes(undefined) ? undefined : (texts as readonly string[]);
}

/** The text of a leaf where all of it is known and it is no secret. */
export function knownText(leaf: Leaf): string | undefined {
  return leaf.state === 'known' && leaf.value !== null && !leaf.origin.secret ? leaf.raw : undefined;
}

/** The texts that a value can turn out to be, as far as they are known. */
export function knownTexts(value: Value): readonly string[] {
  return leaves(value).flatMap(({ value: leaf }) => (leaf.state === 'known' && leaf.value !== null ? [leaf.raw] : []));
}

/** Where a condition holds for no request that lacks its key. One that asks whether the key is missing holds just then. */
export function needsKey({ operator, values }: Condition): Judgement {
  const read = readOperator(operator);
  if (!read) return NO;
  return read.family === 'Null' ? is(soleItem(values), isFalse) : read.holdsWithoutKey ? NO : YES;
}

/** Where a condition holds for every request that lacks its key although nobody asked for that: it says that the value is another one. */
export function sparesMissing({ operator }: Condition): Judgement {
  const read = readOperator(operator);
  return read?.negated && !read.ifExists && read.qualifier === undefined ? YES : NO;
}

/** Where a condition lists two values or more. */
export function listsSeveral({ values }: Condition): Judgement {
  const { items } = itemsOf(values);
  const [first, ...others] = items.slice(0, 16).map(({ when }) => judgement(when));
  let seen = first ?? NO;
  return any(
    ...others.map((there) => {
      const both = all(seen, there);
      seen = any(seen, there);
      return both;
    }),
  );
}

/** Where the values of a condition have different types in JSON. What is interpolated is a string. */
export function mixesTypes({ values }: Condition): Judgement {
  return judge(values, (leaf) => {
    if (leaf.state !== 'list') return false;
    return new Set(leaf.items.flatMap(({ value }) => typesOf(value))).size > 1;
  });
}

function typesOf(value: Value): readonly string[] {
  return leaves(value).flatMap(({ value: leaf }) =>
    leaf.state === 'known' && leaf.value !== null
      ? [typeof leaf.value]
      : leaf.state === 'text' || leaf.state === 'reference'
        ? ['string']
        : [],
  );
}

/** A variable of IAM has the name of a condition key, with a colon in it. */
const VARIABLE = /\$\{\s*[\w.-]+:[^{}]+\}/;

/** Where a value has a policy variable in it. What comes from outside has none as far as anybody sees. */
export function hasVariable(value: Value): Judgement {
  return judge(value, (leaf) => {
    if (leaf.state === 'known') return leaf.value !== null && VARIABLE.test(leaf.raw);
    return leaf.state === 'text' && leaf.pieces.some((piece) => typeof piece === 'string' && VARIABLE.test(piece));
  });
}
