/**
 * The conditions that limit an Allow statement. A condition does not limit it if every principal can meet the
 * condition, or if it tests only sent values and not the resource.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
import { flatMap } from '../../base/flat-map.ts';
import { memoizeText } from '../../base/memoize.ts';
import { all, any, exists, is, isPresent, judgement, NO, not, YES, type Judgement } from '../../model/judgement.ts';
import { itemsOf } from '../../model/navigate.ts';
import type { Condition, Statement } from '../../model/policy.ts';
import { isFalse, isTrue } from '../../model/predicate.ts';
import { actionPattern, isEverything, isWholeService, type Action } from '../data/action.ts';
import { withAnyValue, withoutKey, type RequestContext } from '../condition/condition-holds.ts';
import type { KeyData } from '../condition/condition-keys.ts';
import { readOperator, type Operator } from '../text/condition-operator.ts';
import { isEmpty } from '../condition/conditions.ts';
import { writtenIn } from '../statement/written.ts';
import { countsForNone, coveredActions, PER_ACTION, supports, type CoveredActions } from '../condition/key-support.ts';
import { isAboutRequestAlone } from '../data/key-subject.ts';
import { listsEveryValue } from '../condition/open-value.ts';
import { isAboutOwner, listsOwnAccount } from '../condition/resource-owner.ts';
import { hasBegun } from '../condition/time-condition.ts';
import { withConditions } from '../statement/with-conditions.ts';

/**
 * A statement without the conditions that do not limit it. A condition that limits it only in some scenarios is kept
 * for those.
 * @param actions The actions to consider; by default all actions of the statement. A condition is omitted only if it
 * limits none of them.
 */
export function limiting(statement: Statement, data: KeyData, actions?: readonly string[]): Statement {
  return statement.conditions.length === 0 ? statement : judged(statement, actions?.join(' ') ?? '', data, actions);
}

const judged = memoizeText(
  (statement: Statement, _: string, data: KeyData, actions: readonly string[] | undefined): Statement =>
    without(statement, data, actions ?? actionsIn(statement)),
);

/**
 * The limited statement, plus the conditions on known facts about a request. A condition that excludes only some values
 * does not limit the statement in general, but it excludes a request with one of these values.
 */
export function limitingFor(statement: Statement, limited: Statement, request: RequestContext | undefined): Statement {
  if (!request || limited === statement) return limited;
  const isKnown = ({ key }: Condition): boolean => request.has(key.toLowerCase());
  const known = statement.conditions.filter(isKnown);
  return known.length === 0
    ? limited
    : withConditions(limited, [...limited.conditions.filter((one) => !isKnown(one)), ...known]);
}

function without(statement: Statement, data: KeyData, actions: readonly string[] | undefined): Statement {
  const conditions = flatMap(statement.conditions, (condition): readonly Condition[] => {
    const idle = isIdle(condition, actions, data);
    if (!idle.yes.satisfiable()) return [condition];
    return idle.yes.isAlways() ? [] : [{ ...condition, when: all(judgement(condition.when), not(idle)) }];
  });
  return conditions.length === statement.conditions.length &&
    conditions.every((condition, index) => condition === statement.conditions[index])
    ? statement
    : withConditions(statement, conditions);
}

/** The maximum number of actions of a statement that conditions are compared with. */
const MOST_ACTIONS = 100;

/**
 * The action entries of a statement; undefined if some are unknown or NotAction is used, which matches almost all
 * actions.
 */
function actionsIn({ actions, notActions }: Statement): readonly string[] | undefined {
  if (isPresent(notActions).yes.satisfiable()) return ['*'];
  const { items, complete } = itemsOf(actions, true);
  const texts = items.map(({ value }) => writtenIn(value));
  if (
    !complete.yes.isAlways() ||
    items.length === 0 ||
    items.length > MOST_ACTIONS ||
    texts.some((text) => text.length === 0)
  )
    return undefined;
  return texts.flat();
}

/** Where a condition limits none of the actions. */
function isIdle(condition: Condition, actions: readonly string[] | undefined, data: KeyData): Judgement {
  const operator = readOperator(condition.operator);
  if (!operator || data.iam === undefined) return NO;
  const key = condition.key.toLowerCase();
  const missing = withoutKey(operator, condition.values);
  const met = any(
    all(missing, takesAnything(operator, condition)),
    hasBegun(condition),
    isMetByHolder(operator, key, condition),
  );
  if (met.yes.isAlways() || actions === undefined || actions.length === 0) return met;
  // An external list is assumed not to be empty.
  const never = all(isEmpty(condition), not(missing));
  const perAction = (holds: (action: string) => boolean): Judgement =>
    !actions.every(holds) ? NO : never.yes.satisfiable() ? not(never) : YES;
  return any(
    met,
    all(
      missing,
      perAction(
        (action) => sendsNot(key, action, data) || canLackTags(key, action, data) || canLeaveOut(key, action, data),
      ),
    ),
    LEFT_OUT_AT_WILL.has(key) && !((operator.negated || operator.family === 'Null') && ORGANIZATION.has(key))
      ? missing
      : NO,
    key === PASSED_TO ? passesToAny(operator, condition, actions, data) : NO,
    perAction((action) => isOfRequest(key, action, data)),
    isSentByAll(key, actions, data) ? listsEveryValue(operator, key, condition.values) : NO,
  );
}

/**
 * Keys that every request of a signed-in principal has, unless an AWS service makes the request. A wildcard as the
 * value excludes no one. Requests over the internet have the address.
 */
const IN_EVERY_REQUEST: ReadonlySet<string> = new Set([
  'aws:currenttime',
  'aws:epochtime',
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalisawsservice',
  'aws:principaltype',
  'aws:requestedregion',
  'aws:securetransport',
  'aws:sourceip',
  'aws:useragent',
  'aws:userid',
  'aws:viaawsservice',
]);

/**
 * Keys that depend on choices of the principal: the VPC endpoint of a request, and the session attributes of an assumed
 * role. A wildcard as the value excludes no principal that can make the choice. A wildcard for an organization excludes
 * no organization.
 */
const CHOSEN: ReadonlySet<string> = new Set([
  'aws:principalorgid',
  'aws:principalorgpaths',
  // Every resource has an owner.
  'aws:resourceaccount',
  'aws:resourceorgid',
  'aws:resourceorgpaths',
  's3:resourceaccount',
  'aws:sourcevpc',
  'aws:sourcevpcarn',
  'aws:sourcevpce',
  'aws:vpcsourceip',
  'aws:vpceaccount',
  'aws:vpceorgid',
  'aws:vpceorgpaths',
  'aws:referer',
  // Any alias of a key can match.
  // https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-request-alias
  'kms:requestalias',
  'sts:externalid',
  'sts:rolesessionname',
  'sts:sourceidentity',
]);

/**
 * Keys that some requests lack: direct requests over the internet without a referer, and, for the key of the
 * organization, requests of principals outside any organization. An operator that matches a missing key (`IfExists`,
 * `ForAllValues`, a negated operator) then limits nothing.
 */
const LEFT_OUT_AT_WILL: ReadonlySet<string> = new Set([
  'aws:calledvia',
  'aws:calledviafirst',
  'aws:calledvialast',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:referer',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:vpcsourceip',
  'aws:vpceaccount',
  'aws:vpceorgid',
  'aws:vpceorgpaths',
  'sts:externalid',
  'sts:sourceidentity',
]);

/** Keys that the principal cannot choose. A condition that excludes an organization limits its members. */
const ORGANIZATION: ReadonlySet<string> = new Set(['aws:principalorgid', 'aws:principalorgpaths']);

/**
 * Boolean keys with the value that every principal can produce: TLS, or a direct request instead of one by a service.
 */
const OF_EVERY_CALLER: ReadonlyMap<string, typeof isTrue> = new Map([
  ['aws:securetransport', isTrue],
  ['aws:viaawsservice', isFalse],
  ['aws:principalisawsservice', isFalse],
]);

/** Where every principal with the permission can make requests that meet a condition. */
function isMetByHolder(operator: Operator, key: string, condition: Condition): Judgement {
  if ((!IN_EVERY_REQUEST.has(key) && !CHOSEN.has(key)) || operator.qualifier === 'ForAllValues') return NO;
  const wanted = OF_EVERY_CALLER.get(key);
  if (wanted && !operator.negated && (operator.family === 'Bool' || operator.family === 'String'))
    return exists(itemsOf(condition.values, true), ({ value }) => is(value, wanted));
  // A principal can use the resources of its own account.
  const own =
    isAboutOwner(condition) && !operator.negated && operator.family !== 'Null' ? listsOwnAccount(condition) : NO;
  return any(takesAnything(operator, condition), own);
}

/** Where a condition is met by every request that has its key, whatever the value. */
function takesAnything(operator: Operator, condition: Condition): Judgement {
  return operator.family === 'Null'
    ? withAnyValue(operator, condition)
    : listsEveryValue(operator, condition.key, condition.values);
}

/** Whether requests for an action can omit tags and so meet a condition on them. Tagging actions must send tags. */
function canLackTags(key: string, action: string, data: KeyData): boolean {
  if (!SET_TAGS.test(key)) return false;
  const covered = coveredActions(action, data);
  return covered !== undefined && covered.actions.some((one) => one.level !== 'tagging');
}

/** Whether requests for an action can omit a key because the key describes only the content of requests. */
function canLeaveOut(key: string, action: string, data: KeyData): boolean {
  const covered = coveredActions(action, data);
  return (
    covered !== undefined &&
    covered.actions.some((one) => supports(covered.service, one, key)) &&
    covered.actions.every(
      (one) => !supports(covered.service, one, key) || isAboutRequestAlone(covered.service, one, key),
    )
  );
}

const SET_TAGS = /^aws:(?:tagkeys$|requesttag\/)/;

/**
 * Whether requests for an action entry lack a key. For a whole service: whether requests for a permissions management
 * action do.
 */
function sendsNot(key: string, action: string, data: KeyData): boolean {
  if (key.startsWith('aws:') && !PER_ACTION.test(key)) return false;
  const pattern = actionPattern(action);
  if (!pattern) return false;
  if (isEverything(pattern)) return true;
  if (countsForNone(key, action, data) === true) return true;
  const covered = isWholeService(pattern) ? coveredActions(action, data) : undefined;
  return covered !== undefined && PER_ACTION.test(key) && sharesWithout(covered, key);
}

/** Whether a permissions management action of a service lacks a key. */
function sharesWithout({ service, actions }: CoveredActions, key: string): boolean {
  return actions.some(
    (action) =>
      action.level === 'permissions-management' &&
      /^(?:Add|Attach|Create|Put|Set|Update)/.test(action.name) &&
      !supports(service, action, key),
  );
}

/** Whether a key describes only sent values, and not the resource, for the actions of an entry. */
function isOfRequest(key: string, action: string, data: KeyData): boolean {
  const covered = coveredActions(action, data);
  return (
    covered !== undefined && covered.actions.every((one: Action) => isAboutRequestAlone(covered.service, one, key))
  );
}

/**
 * Whether requests for all of the actions can include a service-specific key, so that a principal can choose to send
 * it. Tags are excluded, because a resource can lack them.
 */
function isSentByAll(key: string, actions: readonly string[], data: KeyData): boolean {
  if (key.startsWith('aws:') || /tag/.test(key)) return false;
  return actions.every((action) => {
    const covered = coveredActions(action, data);
    return covered?.actions.every((one) => supports(covered.service, one, key)) ?? false;
  });
}

const PASSED_TO = 'iam:passedtoservice';

/**
 * Where a condition on the services that roles are passed to restricts none of them, or excludes only some. A role can
 * still be passed to the others.
 */
function passesToAny(operator: Operator, condition: Condition, actions: readonly string[], data: KeyData): Judgement {
  if (operator.family !== 'String' && operator.family !== 'Null') return NO;
  // A negated condition that no service meets excludes all services.
  if (operator.negated) return not(listsEveryValue({ ...operator, negated: false }, condition.key, condition.values));
  return actions.every((action) => coveredActions(action, data)?.actions.every(({ name }) => name === 'PassRole'))
    ? takesAnything(operator, condition)
    : NO;
}
