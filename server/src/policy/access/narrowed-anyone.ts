/**
 * The principals that a statement for anyone allows by its conditions: principals of an account, an organization or a
 * network.
 */
import { flatMap } from '../../base/flat-map.ts';
import type { Truth } from '../../base/guard.ts';
import { itemsOf, leaves } from '../../model/navigate.ts';
import type { Condition, Statement } from '../../model/policy.ts';
import { shown } from '../../model/shown.ts';
import type { Leaf, Value } from '../../model/value.ts';
import { listsEveryValue } from '../condition/open-value.ts';
import type { RequestContext } from '../condition/condition-holds.ts';
import { knownText } from '../condition/conditions.ts';
import { isMetOnlyByKnown } from '../principal/narrowing.ts';
import { readOperator } from '../text/condition-operator.ts';
import { hasWildcard, variablesOf } from '../text/condition-text.ts';
import type { AccessPrincipal, AccessScope, AccessPrincipalKind } from './access.ts';
import { withConditions } from '../statement/with-conditions.ts';

/**
 * The condition keys that identify the caller, the narrowest first. Only requests of AWS services have those about
 * their source.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const WHO: ReadonlyMap<string, AccessPrincipalKind> = new Map<string, AccessPrincipalKind>([
  ['aws:principalorgpaths', 'organization'],
  ['aws:principalorgid', 'organization'],
  ['aws:sourcearn', 'service'],
  ['aws:sourceaccount', 'service'],
  // An older key of Amazon SNS. Services set it to the account on whose behalf they publish, and requests of the
  // account itself have it too: the default policy of a topic limits access to its owner with it.
  // https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
  ['aws:sourceowner', 'restricted'],
  ['aws:sourceorgpaths', 'service'],
  ['aws:sourceorgid', 'service'],
  ['aws:principalarn', 'anyone'],
]);

/**
 * The condition keys that describe how a request is made: from a network, or through a service.
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html#access-points-delegating-control
 */
const HOW: ReadonlySet<string> = new Set([
  'aws:sourceip',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:vpceaccount',
  'aws:vpceorgid',
  'kms:viaservice',
  's3:dataaccesspointaccount',
  's3:dataaccesspointarn',
]);

/** A principal, and the statement with the conditions that its name does not express. */
export interface NarrowedAnyone {
  readonly principal: AccessPrincipal;
  readonly rest: Statement;
}

/** Anyone, as the conditions of a statement narrow that. */
export function narrowedAnyone(statement: Statement): NarrowedAnyone {
  const found = scopesOf(statement);
  const principal = anyoneWithin(found.map(({ scope }) => scope));
  const isRestricted = principal.kind === 'anyone' && found.some(({ isNarrow }) => isNarrow);
  return {
    principal: isRestricted ? { ...principal, kind: 'restricted' } : principal,
    rest: without(statement, found, principal),
  };
}

/**
 * The principals of the account of the stack, as a statement names them by their account, with its other conditions.
 */
export function narrowedMembers(statement: Statement): NarrowedAnyone {
  const found = scopesOf(statement).filter(({ scope }) => HOW.has(scope.key));
  const principal = anyoneWithin(found.map(({ scope }) => scope));
  return {
    principal: { ...principal, kind: 'own-account', name: `any ${principal.name}` },
    rest: without(statement, found, principal),
  };
}

/** Anyone within scopes; those that identify the caller less precisely than another one are omitted. */
export function anyoneWithin(scopes: readonly AccessScope[]): AccessPrincipal {
  const [key = '', kind = 'anyone'] = [...WHO].find(([one]) => scopes.some((scope) => scope.key === one)) ?? [];
  const own = scopes.filter((scope) => scope.key === key);
  const others = scopes.filter(
    (scope) => scope.key !== key && (HOW.has(scope.key) || (kind === 'service' && WHO.get(scope.key) === kind)),
  );
  const named = [...own, ...others];
  return {
    kind,
    name: named.map((scope) => `${scope.key} ${leavesIn(scope.values).map(shown).join()}`).join(' '),
    ...(named.length > 0 ? { scopes: named } : {}),
  };
}

/** A statement without the conditions that a principal expresses. */
function without(statement: Statement, found: readonly Found[], { scopes }: AccessPrincipal): Statement {
  const expressed = new Set(flatMap(found, ({ scope, condition }) => (scopes?.includes(scope) ? [condition] : [])));
  return expressed.size === 0
    ? statement
    : withConditions(
        statement,
        statement.conditions.filter((one) => !expressed.has(one)),
      );
}

interface Found {
  readonly scope: AccessScope;
  readonly condition: Condition;
  /** Whether only requests of known parties meet it. */
  readonly isNarrow: boolean;
}

/** The conditions that a name can express. */
function scopesOf(statement: Statement): readonly Found[] {
  if (!holdsWithStatement(statement.conditionsComplete, statement)) return [];
  return flatMap(statement.conditions, (condition): readonly Found[] => {
    const key = condition.key.toLowerCase();
    if ((!WHO.has(key) && !HOW.has(key)) || !isRequired(condition, statement)) return [];
    const isNarrow = holdsWithStatement(isMetOnlyByKnown(condition), statement);
    // A list of organizations with one that is not fixed includes others.
    if (!isNarrow && WHO.get(key) === 'organization') return [];
    return [{ scope: { key, values: condition.values }, condition, isNarrow }];
  });
}

/** Whether something is true wherever a statement exists. */
export function holdsWithStatement(something: Truth, { when }: Pick<Statement, 'when'>): boolean {
  return when.yes.coveredBy(something.yes);
}

/**
 * Whether a condition exists wherever its statement does, and holds only for requests with one of some values, which
 * exclude others.
 */
function isRequired({ operator: written, key, values, when }: Condition, statement: Statement): boolean {
  const operator = readOperator(written);
  if (!operator || operator.negated || operator.holdsWithoutKey || operator.family === 'Null') return false;
  const listed = leavesIn(values);
  return (
    holdsWithStatement(when, statement) &&
    listed.length > 0 &&
    listed.every((leaf) => leaf.state !== 'absent' && !isVariable(leaf)) &&
    !listsEveryValue(operator, key, values).yes.satisfiable()
  );
}

/** Whether a value depends on the request. The owner of the resource does not. */
function isVariable(leaf: Leaf): boolean {
  return leaf.state === 'known' && variablesOf(leaf.raw).length > 0 && !isOwner(leaf);
}

/** Whether a value is the account or the organization of the resource, as a policy variable. */
function isOwner(leaf: Leaf): boolean {
  return leaf.state === 'known' && /^\$\{aws:Resource(?:Account|OrgID)\}$/i.test(leaf.raw);
}

/**
 * Whether a condition requires a principal of the account of the resource by a policy variable.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourceaccount
 */
export function requiresOwnAccount(condition: Condition, statement: Statement): boolean {
  const operator = readOperator(condition.operator);
  const key = condition.key.toLowerCase();
  if (!operator || operator.negated || operator.holdsWithoutKey || operator.family !== 'String') return false;
  const other =
    key === 'aws:principalaccount'
      ? 'aws:resourceaccount'
      : key === 'aws:resourceaccount'
        ? 'aws:principalaccount'
        : '';
  const listed = leavesIn(condition.values);
  return (
    holdsWithStatement(condition.when, statement) &&
    listed.length > 0 &&
    listed.every((leaf) => leaf.state === 'known' && leaf.raw.toLowerCase() === `\${${other}}`)
  );
}

function leavesIn(values: Value): readonly Leaf[] {
  return flatMap(itemsOf(values, true).items, ({ value }) => leaves(value).map((one) => one.value));
}

/**
 * What is known of the requests of a narrowed principal: the values that it has because it would not be allowed without
 * them.
 */
export function factsOfScopes({ scopes = [] }: AccessPrincipal): RequestContext {
  return new Map(
    flatMap(scopes, ({ key, values }) => {
      const [only, ...others] = leavesIn(values);
      const text = only && others.length === 0 ? knownText(only) : undefined;
      return text === undefined || hasWildcard(text) || key === 'aws:sourceip' ? [] : [[key, [text]] as const];
    }),
  );
}
