/** The locations of the parts of a condition, and edits that change its operator or key, or remove it. */
import type { Edit, NewValue } from '../../model/edit.ts';
import { leaves, member } from '../../model/navigate.ts';
import type { Condition, PolicyDocument, Statement } from '../../model/policy.ts';
import type { Absent, Member, Origin, Value } from '../../model/value.ts';

/** The location of a condition's key, which messages show. */
export function keyPlace({ key, keyAt, values }: Condition): Value {
  return { state: 'known', origin: placedAt(values, keyAt), raw: key, quoted: true, value: key };
}

/** The location of a condition's operator. */
export function operatorPlace(statement: Statement, condition: Condition): Value {
  const block = blockOf(statement, condition);
  return block ? placeOf(block.value, block.keyAt) : keyPlace(condition);
}

/** A location without a value. */
function placeOf(value: Value, use: Condition['keyAt']): Absent {
  return { state: 'absent', open: false, origin: placedAt(value, use) };
}

/** The origin of the parent of a value: editable and not secret. */
function placedAt({ origin: { steps, edit } }: Value, use: Condition['keyAt']): Origin {
  return { use, steps, edit };
}

/** The other conditions under the same operator. */
function siblings({ conditions }: Statement, condition: Condition): readonly Condition[] {
  return conditions.filter((other) => other !== condition && other.operator === condition.operator);
}

/** The object under the operator of a condition, in the scenario of the condition. */
function blockOf({ value }: Statement, condition: Condition): Member | undefined {
  for (const { value: operators } of leaves(member(value, 'Condition'))) {
    const found =
      operators.state === 'object'
        ? operators.entries.find((entry) => entry.key === condition.operator && holds(entry.value, condition))
        : undefined;
    if (found) return found;
  }
  return undefined;
}

/** The same object for edits; none if the operator occurs twice, because the other occurrence would stay. */
function onlyBlockOf(statement: Statement, condition: Condition): Member | undefined {
  const twice = leaves(member(statement.value, 'Condition')).some(
    ({ value }) =>
      value.state === 'object' &&
      value.entries.filter(({ key, when }) => key === condition.operator && when.yes.isAlways()).length > 1,
  );
  return twice ? undefined : blockOf(statement, condition);
}

function holds(block: Value, { key, keyAt }: Condition): boolean {
  return (
    block.state === 'object' &&
    block.entries.some(
      (entry) => entry.key === key && entry.keyAt.start === keyAt.start && entry.keyAt.doc === keyAt.doc,
    )
  );
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/**
 * The edits that change the operator of a condition, and its value if one is given. The operator is renamed if the
 * condition is its only one, or if the new operator also fits the others (`together`). Otherwise the condition moves.
 * Undefined if the new location is taken, or if a value cannot be copied.
 */
export function withOperator(
  { host: resource }: PolicyDocument,
  statement: Statement,
  condition: Condition,
  operator: string,
  anew?: NewValue,
  together = false,
): readonly Edit[] | undefined {
  const block = onlyBlockOf(statement, condition)?.value;
  if (!block) return undefined;
  const underOperator = statement.conditions.filter((other) => same(other.operator, operator));
  if (underOperator.some(({ key }) => same(key, condition.key))) return undefined;
  const alone = siblings(statement, condition).length === 0;
  if ((alone || (together && anew === undefined)) && underOperator.length === 0)
    return [
      { op: 'renameKey', resource, target: block, name: operator },
      ...(anew === undefined ? [] : [{ op: 'replace', resource, target: condition.values, value: anew } as const]),
    ];
  // A condition cannot be removed from an object that is generated from nested blocks.
  const values = block.origin.edit === 'here' ? (anew ?? writtenAnew(condition.values)) : undefined;
  return values === undefined
    ? undefined
    : [
        { op: 'remove', resource, target: alone ? block : condition.values },
        {
          op: 'mergeCondition',
          resource,
          target: statement.value,
          operator: underOperator[0]?.operator ?? operator,
          key: condition.key,
          value: values,
        },
      ];
}

/** The edits that rename the operator of all conditions under it; undefined if the new operator already exists. */
export function withOperatorForAll(
  { host: resource }: PolicyDocument,
  statement: Statement,
  condition: Condition,
  operator: string,
): readonly Edit[] | undefined {
  const block = onlyBlockOf(statement, condition)?.value;
  const taken = statement.conditions.some(
    (other) => other.operator !== condition.operator && same(other.operator, operator),
  );
  return !block || taken ? undefined : [{ op: 'renameKey', resource, target: block, name: operator }];
}

/** The edits that change the key of a condition; undefined if the operator already has the new key. */
export function withKey(
  { host: resource }: PolicyDocument,
  statement: Statement,
  condition: Condition,
  key: string,
): readonly Edit[] | undefined {
  return siblings(statement, condition).some((other) => same(other.key, key))
    ? undefined
    : [{ op: 'renameKey', resource, target: condition.values, name: key }];
}

/** The edits that remove a condition, with its parent if that becomes empty. */
export function withoutCondition(
  policy: PolicyDocument,
  { value, conditions }: Statement,
  condition: Condition,
): readonly Edit[] {
  const block = member(value, 'Condition');
  const alone = conditions.filter((other) => other.operator === condition.operator).length === 1;
  const target = conditions.length === 1 ? block : alone ? member(block, condition.operator) : condition.values;
  return [{ op: 'remove', resource: policy.host, target }];
}

/** A value that can be copied to another location: a string, number or Boolean. Undefined for others. */
export function writtenAnew(value: Value): NewValue | undefined {
  if (value.state === 'known')
    return value.origin.secret || value.origin.def || value.value === null ? undefined : value.value;
  if (value.state !== 'list' || value.open) return undefined;
  const items = value.items.map((item) => (item.when.yes.isAlways() ? writtenAnew(item.value) : undefined));
  return items.includes(undefined) ? undefined : (items as readonly NewValue[]);
}
