/** A resource as the subject of the question who has access: its actions, and its own policies. */
import { flatMap } from '../../base/flat-map.ts';
import { TRUE, type Truth } from '../../base/guard.ts';
import { memoize } from '../../base/memoize.ts';
import { all, any, isAbsent, judgement, NO, not, UNKNOWABLE, YES, type Judgement } from '../../model/judgement.ts';
import type { PolicyDocument, Statement } from '../../model/policy.ts';
import type { RelationKind } from '../../model/relation.ts';
import type { Resource, Stack } from '../../model/resource.ts';
import type { IdentityContext } from '../allowance/identity-access.ts';
import { actionEntriesIn } from '../allowance/granted.ts';
import { ANY_REQUEST, type RequestContext } from '../condition/condition-holds.ts';
import { holdForEvery } from '../condition/every-request.ts';
import { addressingOf, type Addressing } from './addressing.ts';
import { allowedPrincipals, denies } from './allowed-principals.ts';
import { arnFormOf } from './arn-forms.ts';
import { ASSUMING, KEY_USES, resourceActions, type ResourceAction, type ResourceActions } from './capabilities.ts';
import type { AccessPrincipal } from './access.ts';
import { requestThrough } from './via-service.ts';

/** A policy of a resource, its own or that of a companion, such as a bucket policy. */
export interface OwnPolicy {
  readonly policy: PolicyDocument;
  readonly when: Judgement;
}

/** Actions on a resource, with the policies of the resource that apply to them. */
export interface AccessQuery extends ResourceActions {
  readonly resource: Resource;
  readonly stack: Stack;
  readonly addressing: Addressing;
  /** The resource-based policies, the trust policy of a role, or the key policy. */
  readonly policies: readonly OwnPolicy[];
  /** Whether they are all known. */
  readonly isComplete: boolean;
  /**
   * Where the policy of the resource gives effect to identity-based policies. Only those of keys and roles must do so.
   * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
   * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#key-policy-default-allow-root-enable-iam
   */
  delegates(action: string): Delegating;
  /** What is known about its requests regardless of the principal. */
  readonly request: RequestContext;
}

/** What gives effect to identity-based policies. */
export interface Delegating {
  /** Where no statement is needed for it. */
  readonly byDefault: Judgement;
  readonly statements: readonly {
    readonly statement: Statement;
    readonly policy: PolicyDocument;
    readonly when: Judgement;
  }[];
  /** Where all statements are known. */
  readonly complete: Truth;
}

const KEYS: ReadonlySet<string> = new Set(['AWS::KMS::Key', 'AWS::KMS::ReplicaKey']);

/** Whether a resource is a KMS key. */
export function isKey({ type }: Pick<Resource, 'type'>): boolean {
  return KEYS.has(type);
}

/** The actions on a resource to evaluate, by the policies that apply to them; none for a type that is not evaluated. */
export function accessQueriesOf(
  resource: Resource,
  stack: Stack,
  lookup: Pick<IdentityContext, 'actions'>,
): readonly AccessQuery[] {
  const form = arnFormOf(resource.type);
  const service = form && lookup.actions(form.service);
  const addressing = addressingOf(resource, stack);
  if (!service || !addressing) return [];
  const own: Own = { resource, stack, addressing, request: ANY_REQUEST };
  const actions = resourceActions(service, form);
  if (KEYS.has(resource.type)) return [keyQuery(own, actions)];
  const found = policiesOf(resource);
  const always = (): Delegating => ({ byDefault: YES, statements: [], complete: TRUE });
  return resource.type === 'AWS::IAM::Role'
    ? [
        { ...own, ...ASSUMING, ...found, delegates: delegating(own, found, ASSUMING, NO) },
        { ...own, ...actions, policies: [], isComplete: true, delegates: always },
      ]
    : [{ ...own, ...actions, ...found, delegates: always }];
}

/** The use of a key for a resource. */
export function keyQueryFor(key: Resource, of: Resource, stack: Stack): AccessQuery | undefined {
  const addressing = KEYS.has(key.type) && !key.external ? addressingOf(key, stack) : undefined;
  return addressing && keyQuery({ resource: key, stack, addressing, request: requestThrough(of) }, KEY_USES);
}

type Own = Pick<AccessQuery, 'resource' | 'stack' | 'addressing' | 'request'>;

function keyQuery(own: Own, actions: ResourceActions): AccessQuery {
  const found = policiesOf(own.resource);
  // The default key policy gives effect to IAM policies.
  const byDefault = isAbsent(own.resource.get('KeyPolicy'));
  return { ...own, ...actions, ...found, delegates: delegating(own, found, actions, byDefault) };
}

/** The relations from a resource to the resources with its policies. */
const CARRIERS: readonly RelationKind[] = ['companions', 'event-bus-users', 'file-system-members'];

function policiesOf(resource: Resource): Pick<AccessQuery, 'policies' | 'isComplete'> {
  const carriers = new Map([[resource, YES]]);
  for (const kind of CARRIERS)
    for (const edge of resource.related(kind).edges)
      if (!carriers.has(edge.resource)) carriers.set(edge.resource, judgement(edge.when));
  const own = [...carriers].map(([carrier, when]) => ({
    ...carrier.policies(),
    when: all(when, judgement(carrier.when)),
  }));
  // Nothing is missing where the resource or the policy does not exist.
  const isKnown = (where: Judgement, ...known: readonly Truth[]): boolean => {
    const there = resource.when.yes.and(where.yes);
    return known.every(({ yes }) => there.coveredBy(yes));
  };
  const policies = flatMap(own, ({ documents, when }) =>
    documents
      .filter(({ kind }) => kind === 'resource' || kind === 'trust')
      .map((policy): OwnPolicy => ({ policy, when: all(when, judgement(policy.when)) })),
  );
  return {
    policies,
    isComplete:
      own.every(({ when, complete }) => isKnown(when, complete)) &&
      policies.every(({ when, policy: { seen, complete } }) => isKnown(when, seen, complete)),
  };
}

/** Where a policy allows an action to the account, whose identity-based policies then decide. */
function delegating(
  { resource, stack }: Own,
  { policies }: Pick<AccessQuery, 'policies'>,
  { index }: ResourceActions,
  byDefault: Judgement,
): AccessQuery['delegates'] {
  const unseen = policies.map(({ policy, when }) => all(when, not(judgement(policy.seen)), UNKNOWABLE));
  return (action) => ({
    byDefault: any(byDefault, ...unseen),
    statements: flatMap(policies, ({ policy, when }) =>
      (actionEntriesIn(policy, index).allowing.get(action) ?? [])
        .map(({ statement, named }) => ({ statement, policy, when: all(when, named, accountIn(statement, stack)) }))
        .filter((one) => !one.when.no.isAlways()),
    ),
    complete: resource.policies().complete,
  });
}

/** Where a statement names the account of the stack, or anyone. An account ID of unknown ownership can be its own. */
const accountIn = memoize((statement: Statement, stack: Stack): Judgement =>
  any(
    ...allowedPrincipals(statement, stack).map(({ principal: { kind }, when, isForeign, isAnyone }) => {
      // Members of an organization are anyone under a condition.
      if (kind === 'own-account' || kind === 'anyone' || kind === 'organization' || kind === 'restricted') return when;
      if (isAnyone && (kind === 'identity' || kind === 'principal')) return isForeign ? NO : when;
      return (kind === 'account' && isForeign === undefined) || kind === 'unknown' ? all(when, UNKNOWABLE) : NO;
    }),
  ),
);

/** A Deny statement of a policy of the resource. */
export interface ResourceDenial {
  readonly statement: Statement;
  readonly policy: PolicyDocument;
  /** Where it denies the action on all of the resource to every request of the principal. */
  readonly whole: Judgement;
  /** Where it denies the action on all of the resource to requests that meet its conditions. */
  readonly covers: Judgement;
}

/** The Deny statements of the policies of a resource that can apply to a principal and an action. */
export function resourceDenials(
  { policies, index, addressing, stack }: AccessQuery,
  { action, types }: ResourceAction,
  principal: AccessPrincipal,
  request: RequestContext,
): readonly ResourceDenial[] {
  return flatMap(policies, ({ policy, when }) =>
    flatMap(
      actionEntriesIn(policy, index).denying.get(action) ?? [],
      ({ statement, named }): readonly ResourceDenial[] => {
        const applies = all(when, named, denies(statement, principal, stack));
        if (applies.no.isAlways() || addressing.meets(statement, types).no.isAlways()) return [];
        const covers = all(applies, addressing.covers(statement, types));
        return [{ statement, policy, whole: all(covers, holdForEvery(statement, request)), covers }];
      },
    ),
  );
}
