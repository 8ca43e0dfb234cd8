/** Edits of policy statements that leave everything else in place. */
import { flatMap } from '../../base/flat-map.ts';
import { NewCopy, type Edit, type NewObject, type NewValue } from '../../model/edit.ts';
import { isNothing, leaves, member } from '../../model/navigate.ts';
import type { PolicyDocument, Statement } from '../../model/policy.ts';
import type { Known, Value } from '../../model/value.ts';
import { sidBeside } from './split-statement.ts';

/**
 * The strings of an element of a statement, one or several, if all are literal and exist in every scenario; otherwise
 * undefined.
 */
export function textsOf(element: Value): readonly Known[] | undefined {
  if (element.state === 'known') return element.value === null ? undefined : [element];
  if (element.state !== 'list' || element.open) return undefined;
  const texts = flatMap(element.items, ({ value, when }) =>
    value.state === 'known' && value.value !== null && when.yes.isAlways() ? [value] : [],
  );
  return texts.length === element.items.length ? texts : undefined;
}

/**
 * Whether a statement allows actions on resources without NotAction and NotResource, so that removing entries narrows
 * it.
 */
export function isPlainStatement({ notActions, notResources, principals, notPrincipals, value }: Statement): boolean {
  return value.state === 'object' && [notActions, notResources, principals, notPrincipals].every(isNothing);
}

/**
 * Replaces a value, which is an entry of an element or the whole element, by several values. An empty list removes it.
 */
export function replacedBy(
  { host }: PolicyDocument,
  element: Value,
  at: Value,
  values: readonly NewValue[],
): readonly Edit[] {
  const [first, ...others] = values;
  const isItem = leaves(element).some(
    ({ value }) => value.state === 'list' && value.items.some((item) => item.value === at),
  );
  if (first === undefined) return [{ op: 'removeItem', resource: host, target: at }];
  if (!isItem) return [{ op: 'replace', resource: host, target: at, value: others.length === 0 ? first : values }];
  return [
    { op: 'replace', resource: host, target: at, value: first },
    ...others.map((value): Edit => ({ op: 'insertItem', resource: host, list: element, value, behind: at })),
  ];
}

/** Whether several values can replace a value: it is the whole element, or a literal entry of its list. */
export function takesSeveral(element: Value, at: Value): boolean {
  if (leaves(element).some(({ value }) => value === at)) return true;
  return element.state === 'list' && element.items.some(({ value }) => value === at && value.state !== 'choice');
}

/** The contents of a second statement. It has the same conditions as the first. */
export interface AddedStatement {
  readonly actions: readonly NewValue[];
  readonly resources: NewValue;
  /** The suffix of its Sid, if the first has a Sid. */
  readonly suffix: string;
}

/** A statement with the Sid, the conditions and the effect of another one. */
function statementBeside(
  policy: PolicyDocument,
  statement: Statement,
  { actions, resources, suffix }: AddedStatement,
): NewObject {
  const sid = sidOf(statement);
  const taken = new Set(flatMap(policy.statements, (one) => sidOf(one) ?? []));
  return statementOf(
    statement,
    sid === undefined || suffix === '' ? sid : sidBeside(sid, suffix, taken),
    actions,
    resources,
  );
}

function statementOf(
  statement: Statement,
  sid: string | undefined,
  actions: readonly NewValue[],
  resources: NewValue,
): NewObject {
  return {
    ...(sid === undefined ? {} : { Sid: sid }),
    Effect: 'Allow',
    Action: actions.length === 1 ? actions[0]! : actions,
    Resource: resources,
    ...(isNothing(member(statement.value, 'Condition'))
      ? {}
      : { Condition: new NewCopy(statement.value, 'Condition') }),
  };
}

function sidOf({ value }: Statement): string | undefined {
  const sid = member(value, 'Sid');
  return sid.state === 'known' && sid.raw !== '' ? sid.raw : undefined;
}

/** Whether another statement can follow a statement: in every scenario it is in a list, or is the only statement. */
export function canAddStatement(policy: PolicyDocument, statement: Statement): boolean {
  const statements = member(policy.value, 'Statement');
  return (
    statement.when.yes.isAlways() &&
    (statements === statement.value ||
      (statements.state === 'list' && statements.items.some(({ value }) => value === statement.value)))
  );
}

/** Inserts another statement after one in a list. */
export function insertedBeside(policy: PolicyDocument, statement: Statement, other: AddedStatement): Edit {
  return {
    op: 'insertItem',
    resource: policy.host,
    list: member(policy.value, 'Statement'),
    behind: statement.value,
    value: statementBeside(policy, statement, other),
  };
}

/** Replaces the only statement by two. */
export function splitOnlyStatement(
  policy: PolicyDocument,
  statement: Statement,
  own: AddedStatement,
  other: AddedStatement,
): Edit {
  return {
    op: 'splitStatement',
    resource: policy.host,
    target: statement.value,
    statements: [statementBeside(policy, statement, own), statementBeside(policy, statement, other)],
  };
}
