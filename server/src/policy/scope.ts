/** What the conditions of a statement that allows something limit. */
import { all, among, any, judgement, NO, not, UNKNOWABLE, YES, type Judgement } from '../model/judgement.ts';
import type { Condition, Statement } from '../model/policy.ts';
import { conditionsHold, type RequestContext } from './condition-holds.ts';
import { readOperator } from './condition-operator.ts';
import { listsEveryValue } from './open-value.ts';

/**
 * Whether a condition leaves only some of the resources that the statement names, by their tags, their account or what a service says of them.
 * @param known What is known of a request: whether its conditions hold is another question then.
 */
export function scoped(statement: Statement, known?: RequestContext): Judgement {
  const asked = known ? statement.conditions.filter(({ key }) => !known.has(key.toLowerCase())) : statement.conditions;
  return among(
    any(...asked.map((condition) => all(judgement(condition.when), scopes(condition)))),
    statement.conditionsComplete,
  );
}

/**
 * Whether what the conditions of a statement that denies something leave is only some of the resources: all but those with a tag, a boundary or whatever else is named
 * are denied. Of what is known of a request it is another question whether the conditions hold.
 */
export function leavesScoped(statement: Statement, known: RequestContext = new Map()): Judgement {
  const { conditions, conditionsComplete } = statement;
  const asked = conditions.filter(({ key }) => !known.has(key.toLowerCase()));
  if (asked.length === 0) return NO;
  const met = conditionsHold(
    { ...statement, conditions: conditions.filter((condition) => !asked.includes(condition)) },
    known,
  );
  return all(
    judgement(conditionsComplete),
    met,
    ...asked.map((condition) => any(not(judgement(condition.when)), sparesSome(condition))),
  );
}

function sparesSome(condition: Condition): Judgement {
  const operator = readOperator(condition.operator);
  if (!operator) return UNKNOWABLE;
  return isAboutResources(condition) && operator.negated && operator.holdsWithoutKey ? YES : NO;
}

/** Whether a statement has any condition. */
export function conditional(statement: Statement): Judgement {
  return among(
    any(...statement.conditions.map((condition) => judgement(condition.when))),
    statement.conditionsComplete,
  );
}

/**
 * Keys about resources, of those that all services share. The others say who asks, from where, when and how: with them every resource is
 * within reach of the caller. A tag that is sent with a request says what a new resource is like.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const ABOUT_RESOURCES = /^aws:(resourcetag\/.+|resourceaccount|resourceorgid|resourceorgpaths|requesttag\/.+|tagkeys)$/;

/** Keys of services that do not tell resources apart: how a request was signed, for whom a service asks, what a role is passed to. */
const ABOUT_REQUESTS: ReadonlySet<string> = new Set([
  'iam:passedtoservice',
  'kms:calleraccount',
  'kms:grantisforawsresource',
  'kms:viaservice',
  'sts:externalid',
  'sts:rolesessionname',
  'sts:sourceidentity',
  'ec2:region',
  's3:prefix',
  's3:delimiter',
  's3:max-keys',
  's3:authtype',
  's3:signatureage',
  's3:signatureversion',
  's3:tlsversion',
  's3:x-amz-content-sha256',
]);

function scopes(condition: Condition): Judgement {
  const operator = readOperator(condition.operator);
  if (!operator) return UNKNOWABLE;
  // Without the key such a condition holds, and what has no tag lacks the key.
  return isAboutResources(condition) && (!operator.holdsWithoutKey || operator.negated) ? YES : any();
}

function isAboutResources(condition: Condition): boolean {
  const key = condition.key.toLowerCase();
  return key.startsWith('aws:') ? ABOUT_RESOURCES.test(key) : key.includes(':') && !ABOUT_REQUESTS.has(key);
}

/**
 * Where a condition names services under a key that every request for its action has, such as those that a role is passed to, whatever it makes of requests without the key. A
 * pattern that every service matches names none, and nor does what leaves out some of them.
 */
export function namesService({ key, operator: written, values, when }: Condition, of: string): Judgement {
  const operator = readOperator(written);
  if (key.toLowerCase() !== of || operator?.family !== 'String') return NO;
  const every = listsEveryValue({ ...operator, negated: false }, key, values);
  // What leaves out every service is met by none.
  return all(judgement(when), operator.negated ? every : not(every));
}
