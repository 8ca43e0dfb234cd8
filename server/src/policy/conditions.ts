/** The conditions of a policy one by one, and what can be done to one of them. */
import { all, exists, is, judge, judgement, not, YES, type Judgement, type Predicate } from '../model/judgement.ts';
import type { Edit, NewValue } from '../model/edit.ts';
import { itemsOf, member } from '../model/navigate.ts';
import type { Condition, PolicyDocument, Statement } from '../model/policy.ts';
import { oneOf } from '../model/predicate.ts';
import type { Element, Leaf, Value } from '../model/value.ts';
import { readOperator, type Operator } from './condition-operator.ts';

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
  if (!found) placed.set(policy, found = policy.statements.flatMap((statement) => statement.conditions.map((condition) => ({
    statement, condition, operator: readOperator(condition.operator), key: condition.key.toLowerCase(),
    there: all(judgement(policy.exists), judgement(statement.when), judgement(condition.when)),
  }))));
  return found;
}

/** The values of a condition, each with where it is there. */
export function listed({ values }: Condition): readonly Element[] {
  return itemsOf(values, true).items;
}

/** Whether a value that the document says meets a predicate. Of one that comes from outside, a parameter or a lookup, nothing is said. */
export function says(value: Value, what: Predicate): Judgement {
  return all(is(value, what), judge(value, (leaf) => leaf.state !== 'unknown'));
}

/** Where a statement allows something. */
export function isAllow({ effect }: Statement): Judgement {
  return is(effect, ALLOW);
}

/** Where a statement denies something. */
export function isDeny({ effect }: Statement): Judgement {
  return is(effect, DENY);
}

const ALLOW = oneOf('Allow');
const DENY = oneOf('Deny');

/** Where a condition lists no value at all. A list that comes from outside can be empty, and what AWS itself gives is no list. */
export function isEmpty({ values }: Condition): Judgement {
  const isList = judge(values, (leaf) => leaf.state === 'unknown' ? (leaf.input?.includes('AWS::') ? false : undefined) : leaf.state === 'list');
  return all(isList, not(exists(itemsOf(values), () => YES)));
}

/** The edits that take a condition out: with what holds it, where it is alone in that. */
export function withoutCondition(policy: PolicyDocument, { value, conditions }: Statement, condition: Condition): readonly Edit[] {
  const block = member(value, 'Condition');
  const alone = conditions.filter((other) => other.operator === condition.operator).length === 1;
  const target = conditions.length === 1 ? block : alone ? member(block, condition.operator) : condition.values;
  return [{ op: 'remove', resource: policy.host, target }];
}

/**
 * The edits that let a condition compare by another operator, and with another value if that is given. The operator is renamed where the
 * condition is alone under it, or what stands there too may be compared so (`together`), else the condition moves; undefined where what it
 * lists cannot be written anew, or the place is taken.
 */
export function byOperator(policy: PolicyDocument, { value, conditions }: Statement, condition: Condition, name: string, anew?: NewValue, together = false): readonly Edit[] | undefined {
  const block = member(value, 'Condition');
  const { host: resource } = policy;
  const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
  const there = conditions.filter(({ operator }) => same(operator, name));
  if (there.some(({ key }) => same(key, condition.key))) return undefined;
  const alone = conditions.filter(({ operator }) => operator === condition.operator).length === 1;
  if ((alone || together && anew === undefined) && there.length === 0) return [
    { op: 'renameKey', resource, target: member(block, condition.operator), name },
    ...anew === undefined ? [] : [{ op: 'replace', resource, target: condition.values, value: anew } as const],
  ];
  const moved = anew ?? writtenAnew(condition.values);
  if (moved === undefined) return undefined;
  return [
    { op: 'remove', resource, target: alone ? member(block, condition.operator) : condition.values },
    { op: 'mergeCondition', resource, target: value, operator: there[0]?.operator ?? name, key: condition.key, value: moved },
  ];
}

/** A value that can be written in another place as well: texts, numbers, booleans. */
function writtenAnew(value: Value): NewValue | undefined {
  if (value.state === 'known') return value.origin.secret || value.origin.def ? undefined : value.value;
  if (value.state !== 'list' || value.open) return undefined;
  const items = value.items.map((item) => item.when.yes.isAlways() ? writtenAnew(item.value) : undefined);
  return items.some((item) => item === undefined) ? undefined : items as readonly NewValue[];
}

/** The texts that a condition lists, where all of them are known. */
export function textsOf({ values }: Condition): readonly string[] | undefined {
  return textsOfValue(values);
}

/** The texts of one or several values, where all of them are known. */
export function textsOfValue(values: Value): readonly string[] | undefined {
  const { items, complete } = itemsOf(values, true);
  if (!complete.yes.isAlways()) return undefined;
  const texts = items.map(({ value, when }) => when.yes.isAlways() && value.state === 'known' && value.value !== null ? value.raw : undefined);
  return texts.includes(undefined) ? undefined : texts as readonly string[];
}

/** The text of a leaf where all of it is known and it is no secret. */
export function knownText(leaf: Leaf): string | undefined {
  return leaf.state === 'known' && leaf.value !== null && !leaf.origin.secret ? leaf.raw : undefined;
}
