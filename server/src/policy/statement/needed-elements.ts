/** The required elements of statements by kind of policy, and the missing ones. */
import { flatMap } from '../../base/flat-map.ts';
import { sameSpan } from '../../base/span.ts';
import { all, isAbsent, type Judgement } from '../../model/judgement.ts';
import { absentFrom, mapLeaves, member } from '../../model/navigate.ts';
import type { PolicyDocument, Statement } from '../../model/policy.ts';
import type { Value } from '../../model/value.ts';
import { isEmptyList, hasMisspelledElement, isShaped, STATEMENT_ELEMENTS } from './elements.ts';

export interface NeededElement {
  /** The alternatives; the first is the usual one. */
  readonly names: readonly ['Effect' | 'Action' | 'Resource' | 'Principal', ...string[]];
  /** The purpose of the element, in words. */
  readonly purpose: string;
}

const ALWAYS: readonly NeededElement[] = [
  { names: ['Effect'], purpose: 'Allow or Deny' },
  { names: ['Action', 'NotAction'], purpose: 'its actions' },
];
const RESOURCE: NeededElement = { names: ['Resource', 'NotResource'], purpose: 'its resources' };
const PRINCIPAL: NeededElement = { names: ['Principal', 'NotPrincipal'], purpose: 'its principals' };

/**
 * Services whose resource-based policies require a Resource element. Policies of other services apply to their own
 * resource without it.
 */
const NAMING_RESOURCES: ReadonlySet<string> = new Set([
  's3',
  's3express',
  'kms',
  'sns',
  'lambda',
  'secretsmanager',
  'dynamodb',
  'kinesis',
  'glue',
  'logs',
  'backup',
  'events',
  'execute-api',
]);

/**
 * The required elements of each statement of a policy. Access Analyzer requires Resource except in trust policies.
 * Repository policies have none, so in resource-based policies it is required only for known services. A VPC endpoint
 * policy must contain a principal.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
 * https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
 */
function neededIn({ kind, service }: PolicyDocument): readonly NeededElement[] {
  switch (kind) {
    case 'trust':
      return [...ALWAYS, PRINCIPAL];
    case 'resource':
      return [...ALWAYS, PRINCIPAL, ...(service !== undefined && NAMING_RESOURCES.has(service) ? [RESOURCE] : [])];
    case 'endpoint':
      return [...ALWAYS, PRINCIPAL];
    case 'unclear':
      return ALWAYS;
    default:
      return [...ALWAYS, RESOURCE];
  }
}

export interface MissingElement {
  readonly needed: NeededElement;
  /** Where the statement has none of the alternatives. */
  readonly lacking: Judgement;
}

/** The required elements that a statement lacks in some scenario, except for misspelled ones. */
export function missingElements(policy: PolicyDocument, statement: Statement): readonly MissingElement[] {
  const isObject = isShaped(statement.value, 'object');
  return flatMap(neededIn(policy), (needed): readonly MissingElement[] => {
    const lacking = all(isObject, ...needed.names.map((name) => isAbsent(member(statement.value, name))));
    return !lacking.yes.satisfiable() || hasMisspelledElement(statement.value, STATEMENT_ELEMENTS, ...needed.names)
      ? []
      : [{ needed, lacking }];
  });
}

/**
 * Whether a statement lacks a required element in every scenario. The author is then still writing it, and minor
 * findings can wait.
 */
export function lacksRequiredElement(policy: PolicyDocument, statement: Statement): boolean {
  return missingElements(policy, statement).some(({ lacking }) => lacking.yes.isAlways());
}

/** Whether a statement lacks a required element, or lists no action or resource. */
export function isUnfinished(policy: PolicyDocument, statement: Statement): boolean {
  return (
    lacksRequiredElement(policy, statement) ||
    [statement.actions, statement.resources].some((list) => isEmptyList(list).yes.isAlways())
  );
}

/**
 * The location for a missing element in a list of statements: the Sid, or otherwise Effect and so on, regardless of
 * their order.
 */
export function gapInStatement(statement: Value): Value {
  return mapLeaves(statement, (leaf) => {
    if (leaf.state !== 'object') return leaf;
    const order = (key: string): number => [...(STATEMENT_ELEMENTS as readonly string[]), key].indexOf(key);
    // The location of a default Effect is that of its block.
    const entries = leaf.entries.filter(({ keyAt }) => !sameSpan(keyAt, leaf.origin.use));
    return absentFrom({
      ...leaf,
      entries: (entries.length > 0 ? entries : leaf.entries).toSorted(
        (one, other) => order(one.key) - order(other.key),
      ),
    });
  });
}
