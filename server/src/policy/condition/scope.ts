/** The scope of the conditions of an Allow statement. */
import { all, among, any, judgement, NO, not, UNKNOWABLE, YES, type Judgement } from '../../model/judgement.ts';
import type { Condition, Statement } from '../../model/policy.ts';
import { conditionsHold, withoutKey, type RequestContext } from './condition-holds.ts';
import { readOperator } from '../text/condition-operator.ts';
import { isAboutOwner, mayListOwn } from './resource-owner.ts';
import { listsEveryValue } from './open-value.ts';
import { withConditions } from '../statement/with-conditions.ts';

/**
 * Whether a condition restricts a statement to some of its resources, by their tags, their account or service-specific
 * keys.
 * @param known The known keys of a request. Conditions on them are evaluated elsewhere.
 */
export function restrictsResources(statement: Statement, known?: RequestContext): Judgement {
  const relevant = known
    ? statement.conditions.filter(({ key }) => !known.has(key.toLowerCase()))
    : statement.conditions;
  return among(
    any(...relevant.map((condition) => all(judgement(condition.when), scopes(condition)))),
    statement.conditionsComplete,
  );
}

/**
 * Whether the conditions of a Deny statement exempt only some resources, for example those with a tag or a boundary.
 */
export function exemptsOnlyScoped(statement: Statement, known: RequestContext = new Map()): Judgement {
  const { conditions, conditionsComplete } = statement;
  const relevant = conditions.filter(({ key }) => !known.has(key.toLowerCase()));
  if (relevant.length === 0) return NO;
  const met = conditionsHold(
    withConditions(
      statement,
      conditions.filter((condition) => !relevant.includes(condition)),
    ),
    known,
  );
  return all(
    judgement(conditionsComplete),
    met,
    ...relevant.map((condition) => any(not(judgement(condition.when)), exemptsSome(condition))),
  );
}

function exemptsSome(condition: Condition): Judgement {
  const operator = readOperator(condition.operator);
  if (!operator) return UNKNOWABLE;
  if (!operator.negated || !operator.holdsWithoutKey) return NO;
  return isAboutOwner(condition) ? not(mayListOwn(condition)) : isAboutResources(condition) ? YES : NO;
}

/** Whether a statement has any condition. */
export function conditional(statement: Statement): Judgement {
  return among(
    any(...statement.conditions.map((condition) => judgement(condition.when))),
    statement.conditionsComplete,
  );
}

/**
 * Global condition keys about resources. The others are about the principal, the network, the time and the method, and
 * do not restrict the resources. A tag in a request describes a new resource.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const ABOUT_RESOURCES = /^aws:(resourcetag\/.+|requesttag\/.+|tagkeys)$/;

/**
 * Service-specific condition keys that do not distinguish resources: how a request was signed, the source of a service
 * request, or the service that a role is passed to.
 */
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
  // Such a condition also matches untagged resources, because their requests lack the key.
  if (operator.holdsWithoutKey && !operator.negated) return NO;
  if (isAboutOwner(condition) && operator.family !== 'Null')
    return operator.negated ? mayListOwn(condition) : not(mayListOwn(condition));
  return isAboutResources(condition) ? YES : NO;
}

function isAboutResources(condition: Condition): boolean {
  const key = condition.key.toLowerCase();
  if (isAboutOwner(condition)) return false;
  return key.startsWith('aws:') ? ABOUT_RESOURCES.test(key) : key.includes(':') && !ABOUT_REQUESTS.has(key);
}

/**
 * Where a condition restricts a key to services, if every request for the action has that key, such as the service that
 * a role is passed to. The result for requests without the key is then irrelevant. A pattern that matches every service
 * does not restrict the key, and neither does the exclusion of some services.
 */
export function namesService({ key, operator: written, values, when }: Condition, of: string): Judgement {
  const operator = readOperator(written);
  if (key.toLowerCase() !== of) return NO;
  // Every request for the action has the key, so no request meets a test for a missing key.
  if (operator?.family === 'Null') return all(judgement(when), withoutKey(operator, values));
  if (operator?.family !== 'String') return NO;
  const every = listsEveryValue({ ...operator, negated: false }, key, values);
  // A condition that excludes every service matches no request.
  return all(judgement(when), operator.negated ? every : not(every));
}
