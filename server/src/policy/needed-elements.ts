/** Which elements a statement needs, by the kind of its policy, and which of them it lacks. */
import { sameSpan } from '../base/span.ts';
import { all, isAbsent, type Judgement } from '../model/judgement.ts';
import { absentFrom, mapLeaves, member } from '../model/navigate.ts';
import type { PolicyDocument, Statement } from '../model/policy.ts';
import type { Value } from '../model/value.ts';
import { isEmptyList, isMisspelt, isShaped, STATEMENT_ELEMENTS } from './elements.ts';

export interface Needed {
  /** One of these; the first is the usual one. */
  readonly names: readonly ['Effect' | 'Action' | 'Resource' | 'Principal', ...string[]];
  /** What a statement leaves open without it. */
  readonly says: string;
}

const ALWAYS: readonly Needed[] = [
  { names: ['Effect'], says: 'Allow or Deny' },
  { names: ['Action', 'NotAction'], says: 'its actions' },
];
const RESOURCE: Needed = { names: ['Resource', 'NotResource'], says: 'its resources' };
const PRINCIPAL: Needed = { names: ['Principal', 'NotPrincipal'], says: 'its principals' };

/** Services whose policies of resources name resources. Those of others are about the resource that has them, and need not say it. */
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
 * The elements that each statement of a policy needs. Access Analyzer asks for Resource everywhere but in trust policies; policies of
 * repositories do without it, so that of resources it is asked for only where the service is known to want it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
 * An endpoint policy must contain a principal: https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
 */
function neededIn({ kind, service }: PolicyDocument): readonly Needed[] {
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

export interface Lacked {
  readonly needed: Needed;
  /** Where the statement has none of the names. */
  readonly lacking: Judgement;
}

/** What a statement lacks in some scenario. An element whose name is misspelt is not lacked. */
export function lackedBy(policy: PolicyDocument, statement: Statement): readonly Lacked[] {
  const isObject = isShaped(statement.value, 'object');
  return neededIn(policy).flatMap((needed): readonly Lacked[] => {
    const lacking = all(isObject, ...needed.names.map((name) => isAbsent(member(statement.value, name))));
    return !lacking.yes.satisfiable() || isMisspelt(statement.value, STATEMENT_ELEMENTS, ...needed.names)
      ? []
      : [{ needed, lacking }];
  });
}

/** Whether a statement lacks something in every scenario: somebody is still writing it, and what it lacks is to be said before trifles. */
export function lacksSomething(policy: PolicyDocument, statement: Statement): boolean {
  return lackedBy(policy, statement).some(({ lacking }) => lacking.yes.isAlways());
}

/** Whether a statement lacks something, or names no action or resource under their names. */
export function isUnfinished(policy: PolicyDocument, statement: Statement): boolean {
  return (
    lacksSomething(policy, statement) ||
    [statement.actions, statement.resources].some((list) => isEmptyList(list).yes.isAlways())
  );
}

/** The place of what is missing in a statement of a list: its name, or else its effect and so on, in whatever order they are written. */
export function gapInStatement(statement: Value): Value {
  return mapLeaves(statement, (leaf) => {
    if (leaf.state !== 'object') return leaf;
    const order = (key: string): number => [...(STATEMENT_ELEMENTS as readonly string[]), key].indexOf(key);
    // An effect that a block leaves out stands where the block does.
    const entries = leaf.entries.filter(({ keyAt }) => !sameSpan(keyAt, leaf.origin.use));
    return absentFrom({
      ...leaf,
      entries: (entries.length > 0 ? entries : leaf.entries).toSorted(
        (one, other) => order(one.key) - order(other.key),
      ),
    });
  });
}
