/** Where the parts of a condition stand, and the changes that give one another operator or key. */
import type { Edit, NewValue } from '../model/edit.ts';
import { all, any, is, judge, judgement, NO, YES, type Judgement } from '../model/judgement.ts';
import { itemsOf, leaves, member } from '../model/navigate.ts';
import type { Condition, PolicyDocument, Statement } from '../model/policy.ts';
import { isFalse } from '../model/predicate.ts';
import type { Absent, Member, Value } from '../model/value.ts';
import { readOperator } from './condition-operator.ts';

/** Where a condition is there, and its statement and its policy with it. */
export function isThere(policy: PolicyDocument, statement: Statement, condition: Condition): Judgement {
  return all(judgement(policy.exists), judgement(statement.when), judgement(condition.when));
}

/** The place of a condition's key. */
export function keyPlace({ values, keyAt }: Condition): Value {
  return placeOf(values, keyAt);
}

/** The place of a condition's operator. */
export function operatorPlace(statement: Statement, condition: Condition): Value {
  const block = blockOf(statement, condition);
  return block ? placeOf(block.value, block.keyAt) : keyPlace(condition);
}

/** A place by itself, at which nothing is said of any value. */
function placeOf({ origin }: Value, use: Condition['keyAt']): Absent {
  return { state: 'absent', open: false, origin: { ...origin, use } };
}

/** The other conditions under the same operator. */
function siblings({ conditions }: Statement, condition: Condition): readonly Condition[] {
  return conditions.filter((other) => other !== condition && other.operator === condition.operator);
}

/** What stands under the operator of a condition, in the scenario in which the condition is there. */
function blockOf({ value }: Statement, condition: Condition): Member | undefined {
  for (const { value: operators } of leaves(member(value, 'Condition'))) {
    const found = operators.state === 'object' ? operators.entries.find((entry) => entry.key === condition.operator && holds(entry.value, condition)) : undefined;
    if (found) return found;
  }
  return undefined;
}

function holds(block: Value, { key, keyAt }: Condition): boolean {
  return block.state === 'object' && block.entries.some((entry) => entry.key === key && entry.keyAt.start === keyAt.start && entry.keyAt.doc === keyAt.doc);
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/**
 * The edits that let a condition compare by another operator: it is renamed where the condition is alone under it, else the condition moves.
 * Undefined where the place is taken, or what it lists cannot be written anew.
 */
export function withOperator({ host: resource }: PolicyDocument, statement: Statement, condition: Condition, operator: string): readonly Edit[] | undefined {
  const block = blockOf(statement, condition)?.value;
  if (!block) return undefined;
  const there = statement.conditions.filter((other) => same(other.operator, operator));
  if (there.some(({ key }) => same(key, condition.key))) return undefined;
  const alone = siblings(statement, condition).length === 0;
  if (alone && there.length === 0) return [{ op: 'renameKey', resource, target: block, name: operator }];
  // Where blocks of another form make the object, there is nothing to take the condition out of.
  const values = block.origin.edit === 'here' ? writtenAnew(condition.values) : undefined;
  return values === undefined ? undefined : [
    { op: 'remove', resource, target: alone ? block : condition.values },
    { op: 'mergeCondition', resource, target: statement.value, operator: there[0]?.operator ?? operator, key: condition.key, value: values },
  ];
}

/** The edits that give all conditions under an operator another one; undefined where that one is there already. */
export function withOperatorForAll({ host: resource }: PolicyDocument, statement: Statement, condition: Condition, operator: string): readonly Edit[] | undefined {
  const block = blockOf(statement, condition)?.value;
  const taken = statement.conditions.some((other) => other.operator !== condition.operator && same(other.operator, operator));
  return !block || taken ? undefined : [{ op: 'renameKey', resource, target: block, name: operator }];
}

/** The edits that give a condition another key; undefined where that is there already under the operator. */
export function withKey({ host: resource }: PolicyDocument, statement: Statement, condition: Condition, key: string): readonly Edit[] | undefined {
  return siblings(statement, condition).some((other) => same(other.key, key)) ? undefined : [{ op: 'renameKey', resource, target: condition.values, name: key }];
}

/** A value that can be written in another place as well: texts, numbers, booleans. Undefined for anything else. */
export function writtenAnew(value: Value): NewValue | undefined {
  if (value.state === 'known') return value.origin.secret || value.origin.def || value.value === null ? undefined : value.value;
  if (value.state !== 'list' || value.open) return undefined;
  const items = value.items.map((item) => item.when.yes.isAlways() ? writtenAnew(item.value) : undefined);
  return items.includes(undefined) ? undefined : items as readonly NewValue[];
}

/** The texts that a value can turn out to be, as far as they are known. */
export function knownTexts(value: Value): readonly string[] {
  return leaves(value).flatMap(({ value: leaf }) => leaf.state === 'known' && leaf.value !== null ? [leaf.raw] : []);
}

/** All texts that a condition lists, where they are known; undefined where one is not. */
export function textsOf({ values }: Condition): readonly string[] | undefined {
  const { items, complete } = itemsOf(values, true);
  const texts = items.map(({ value, when }) => when.yes.isAlways() && value.state === 'known' && value.value !== null ? value.raw : undefined);
  return complete.yes.isAlways() && !texts.includes(undefined) ? texts as readonly string[] : undefined;
}

/** Where a condition holds for no request that lacks its key. One that asks whether the key is missing holds just then. */
export function needsKey({ operator, values }: Condition): Judgement {
  const read = readOperator(operator);
  if (!read) return NO;
  return read.family === 'Null' ? is(values, isFalse) : read.holdsWithoutKey ? NO : YES;
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
  return any(...others.map((there) => {
    const both = all(seen, there);
    seen = any(seen, there);
    return both;
  }));
}

/** Where the values of a condition have different types in JSON. What is put in is a text. */
export function mixesTypes({ values }: Condition): Judgement {
  return judge(values, (leaf) => {
    if (leaf.state !== 'list') return false;
    return new Set(leaf.items.flatMap(({ value }) => typesOf(value))).size > 1;
  });
}

function typesOf(value: Value): readonly string[] {
  return leaves(value).flatMap(({ value: leaf }) => leaf.state === 'known' && leaf.value !== null ? [typeof leaf.value] : leaf.state === 'text' || leaf.state === 'reference' ? ['string'] : []);
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
