/** Access that the policies of an identity of the document allow. */
import { spend } from '../../base/budget.ts';
import { flatMap } from '../../base/flat-map.ts';
import { memoize2, memoizeName, memoizeText } from '../../base/memoize.ts';
import { once } from '../../base/once.ts';
import { bothTruths } from '../../base/guard.ts';
import { all, any, isAbsent, judgement, NO, not, UNKNOWABLE, YES, type Judgement } from '../../model/judgement.ts';
import { itemsOf, leaves } from '../../model/navigate.ts';
import type { PolicyDocument, Statement } from '../../model/policy.ts';
import type { Resource } from '../../model/resource.ts';
import type { Value } from '../../model/value.ts';
import type { Truth } from '../../base/guard.ts';
import { isBounded } from '../allowance/boundary.ts';
import { arnFormsOf } from '../allowance/denial.ts';
import { grantsToIdentity } from '../allowance/grant.ts';
import { actionEntriesIn } from '../allowance/granted.ts';
import { managedOf, type IdentityContext, type AttachedManagedPolicy } from '../allowance/identity-access.ts';
import { limitsOf } from '../allowance/identity-limits.ts';
import type { Identity } from '../allowance/identity.ts';
import { ANY_REQUEST, conditionsCanHold } from '../condition/condition-holds.ts';
import { isAllow } from '../condition/in-force.ts';
import { canNameAction } from '../data/action.ts';
import type { ManagedPolicy } from '../data/iam-data.ts';
import { admitsAction } from '../data/managed-policy.ts';
import { fits } from '../text/wildcard.ts';
import type { AccessLimit, AccessPrincipal, AccessUnknown, GrantSource } from './access.ts';
import { resourceDenials, type AccessQuery } from './access-query.ts';
import type { ResourceAction } from './capabilities.ts';
import { type Collected } from './collected.ts';
import { conditionsMet, isTrivial, NO_CONDITIONS, type ConditionResult } from './conditions-met.ts';
import { delegationOf, factsFor, type Delegation } from './delegation.ts';

/** A policy of an identity, or of one of its groups. */
interface Given {
  readonly policy: PolicyDocument;
  readonly when: Truth;
  readonly through?: Resource;
}

/** Adds what the policies of an identity allow. */
export function collectFromIdentity(
  identity: Identity,
  query: AccessQuery,
  lookup: IdentityContext,
  into: Collected,
): void {
  const limits = limitsFor(identity, query, lookup, into);
  for (const { policy, when, through } of policiesOf(identity)) {
    const holds = all(judgement(when), grantsToIdentity(policy));
    if (holds.no.isAlways() || !mayMeet(policy, query)) continue;
    for (const [action, entries] of actionEntriesIn(policy, query.index, lookup.beside(policy), lookup).allowing) {
      const of = query.actions.get(action)!;
      for (const { statement, named } of entries) {
        spend(1);
        // A statement of an identity-based policy without resources is invalid.
        const isOfAny = all(isAbsent(statement.resources), isAbsent(statement.notResources));
        const meets = query.addressing.meets(statement, of.types);
        const applies = all(holds, named, not(isOfAny), meets);
        if (applies.no.isAlways()) continue;
        const source: GrantSource = {
          kind: 'statement',
          statement,
          policy,
          isOfResource: false,
          ...(through ? { through } : {}),
        };
        const met = conditionsMet(statement, action, factsFor(identity, query), lookup, true);
        limits.add(source, of, applies, met, {
          statement,
          isCapped: true,
          isDelegated: true,
          isPartial: !meets.yes.coveredBy(query.addressing.covers(statement, of.types).yes),
        });
      }
    }
  }
  for (const { policy, when, through } of managedPolicies(identity, lookup))
    for (const { action, allowed } of allowedAmong(policy.policy, query.actions, lookup)) {
      limits.add(
        { kind: 'managed', at: policy.at, name: policy.policy.path, ...(through ? { through } : {}) },
        query.actions.get(action)!,
        all(when, allowed),
        NO_CONDITIONS,
        { statement: undefined, isCapped: true, isDelegated: true, isPartial: false },
      );
    }
}

/**
 * Whether a policy has a statement about the resource. Most have none, which is cheaper to find out than what they
 * allow.
 */
function mayMeet({ statements }: PolicyDocument, { addressing, types }: AccessQuery): boolean {
  return statements.some((statement) => types.some((some) => !addressing.meets(statement, some).no.isAlways()));
}

/** What limits the access of an identity to a resource. */
export interface IdentityLimits {
  add(
    source: GrantSource,
    of: ResourceAction,
    applies: Judgement,
    met: ConditionResult,
    how: {
      readonly statement: Statement | undefined;
      /** Whether the boundary applies to it. */
      readonly isCapped: boolean;
      /** Whether the policy of the resource must give effect to it. */
      readonly isDelegated: boolean;
      readonly isPartial: boolean;
      /** What else limits it. */
      readonly limits?: readonly AccessLimit[];
    },
  ): void;
}

interface DenyingStatement {
  readonly statement: Statement;
  readonly policy: PolicyDocument;
}

/** What limits an action of an identity on a resource. */
interface LimitsOfAction {
  denied(statement: Statement | undefined): Judgement;
  readonly deniedHere: Judgement;
  readonly capped: Judgement;
  readonly delegation: Delegation;
  readonly notes: readonly DenyingStatement[];
}

/**
 * The limits of all identities without Deny statements and boundary on a resource without policies. No facts about the
 * requests of an identity matter to them.
 */
const unlimited = memoizeText((query: AccessQuery, action: string, lookup: IdentityContext): LimitsOfAction => ({
  denied: () => NO,
  deniedHere: NO,
  capped: YES,
  delegation: delegationOf(query, action, ANY_REQUEST, lookup),
  notes: [],
}));

/** The limits of an identity, with which grants are added. */
export function limitsFor(
  identity: Identity,
  query: AccessQuery,
  lookup: IdentityContext,
  into: Collected,
): IdentityLimits {
  const principal: AccessPrincipal = { kind: 'identity', name: identity.resource.address, resource: identity.resource };
  const facts = factsFor(identity, query);
  const bounded = isBounded(identity);
  // Most identities have neither Deny statements nor a boundary, and most resources have no policy.
  const denying = once(() => denyingOf(identity, query));
  const isUnlimited = once(() => !bounded && query.policies.length === 0 && denying().length === 0);
  const byAction = memoizeName((action: string): LimitsOfAction => {
    if (isUnlimited()) return unlimited(query, action, lookup);
    const of = query.actions.get(action)!;
    const target = (extent: 'covers' | 'meets') => query.addressing.target(of.types, extent);
    const own = denialsOf(denying(), query, action).filter(
      ({ statement }) => !query.addressing.meets(statement, of.types).no.isAlways(),
    );
    const denials = resourceDenials(query, of, principal, facts);
    const limits =
      own.length > 0 || bounded
        ? limitsOf(identity, { action, forms: arnFormsOf(lookup.actions, action) }, query.index, lookup)
        : undefined;
    return {
      denied: (statement: Statement | undefined) => (own.length > 0 ? limits!.denied(statement, target('covers')) : NO),
      deniedHere: any(...denials.map(({ whole }) => whole)),
      capped: bounded ? limits!.capped(target('meets')) : YES,
      delegation: delegationOf(query, action, facts, lookup),
      notes: [...denials, ...own],
    };
  });
  return {
    add(source, of, applies, met, { statement, isCapped, isDelegated, isPartial, limits: others = [] }) {
      const before = all(applies, met.holds);
      if (before.no.isAlways()) return;
      const { denied, deniedHere, capped, delegation, notes } = byAction(of.action);
      const parts = [
        not(denied(statement)),
        not(deniedHere),
        ...(isCapped ? [capped] : []),
        ...(isDelegated ? [delegation.when] : []),
      ].filter((part) => part !== YES);
      const when = parts.length === 0 ? before : all(before, ...parts);
      const limits = [...others];
      if (met.isConditional) limits.push({ kind: 'conditions', source, conditions: met.conditions });
      for (const note of notes)
        if (!isTrivial(note.statement) && !conditionsCanHold(note.statement, facts).no.isAlways())
          limits.push({ kind: 'deny', statement: note.statement, policy: note.policy });
      if (isCapped && bounded)
        limits.push({ kind: 'boundary', at: identity.boundary!, resource: identity.boundaries[0]?.policy.host });
      if (isDelegated) limits.push(...delegation.limits);
      const isConditional = met.isConditional || others.length > 0 || (isDelegated && delegation.isConditional);
      into.add(source, of, { when, before, isConditional, isPartial }, limits);
    },
  };
}

function policiesOf({ grants, groups }: Identity): readonly Given[] {
  return [
    ...grants,
    ...flatMap(groups, ({ group, when }) =>
      group.grants.map((grant) => ({
        policy: grant.policy,
        when: bothTruths(when, grant.when),
        through: group.resource,
      })),
    ),
  ];
}

interface AttachedManaged {
  readonly policy: AttachedManagedPolicy;
  readonly when: Judgement;
  readonly through?: Resource;
}

function managedPolicies(identity: Identity, { iam }: IdentityContext): readonly AttachedManaged[] {
  return [
    ...managedOf(identity, iam).map((policy) => ({ policy, when: policy.when })),
    ...flatMap(identity.groups, ({ group, when }) =>
      managedOf(group, iam).map((policy) => ({
        policy,
        when: all(policy.when, judgement(when)),
        through: group.resource,
      })),
    ),
  ];
}

/**
 * The actions of a query that an AWS managed policy allows. Most identities of a stack have one of a few policies, and
 * all resources of a type have the same actions.
 */
const allowedAmong = memoize2(
  (policy: ManagedPolicy, actions: AccessQuery['actions'], lookup: IdentityContext): readonly ManagedAction[] =>
    flatMap([...actions.keys()], (action) => {
      const allowed = allowedBy(policy, action, lookup);
      return allowed === NO ? [] : [{ action, allowed }];
    }),
);

interface ManagedAction {
  readonly action: string;
  readonly allowed: Judgement;
}

/**
 * Whether an AWS managed policy allows an action on a resource; unknown if it allows it on some or under conditions.
 */
function allowedBy(policy: ManagedPolicy, action: string, { actions, iam }: IdentityContext): Judgement {
  const [service = '', name = ''] = action.split(':');
  const lower = action.toLowerCase();
  const level = actions(service)?.named(name)?.level;
  const isListed =
    (level !== 'read' && level !== 'list') || iam.risks.credentials.has(lower) || iam.risks.exfiltration.has(lower);
  const admits = admitsAction(policy, action, isListed);
  if (admits === true) return YES;
  return admits === undefined && policy.reaches.some((pattern) => fits(lower, pattern.toLowerCase())) ? UNKNOWABLE : NO;
}

/** The policies of an identity, of its groups and its boundary with Deny statements that name an action of a query. */
function denyingOf({ grants, inherited, boundaries }: Identity, { index }: AccessQuery): readonly PolicyDocument[] {
  return flatMap([...grants, ...inherited, ...boundaries], ({ policy }) =>
    actionEntriesIn(policy, index).denying.size > 0 ? [policy] : [],
  );
}

/** The Deny statements of some policies that name an action. */
function denialsOf(
  policies: readonly PolicyDocument[],
  { index }: AccessQuery,
  action: string,
): readonly DenyingStatement[] {
  return flatMap(policies, (policy) =>
    (actionEntriesIn(policy, index).denying.get(action) ?? []).map(({ statement }) => ({ statement, policy })),
  );
}

/** The Allow statements of an identity about a resource with an action that is not known. */
export function unknownActions({ resource, grants }: Identity, query: AccessQuery): readonly AccessUnknown[] {
  return flatMap(grants, ({ policy }) =>
    !mayMeet(policy, query)
      ? []
      : policy.statements
          .filter(
            (statement) =>
              !isAllow(statement).no.isAlways() &&
              query.types.some((types) => !query.addressing.meets(statement, types).no.isAlways()) &&
              hasUnknown(statement.actions, query.actions.keys()),
          )
          .map((statement): AccessUnknown => ({ kind: 'actions', statement, policy, identity: resource })),
  );
}

/** Whether an element has an unknown entry that can be one of several actions. */
function hasUnknown(actions: Value, of: Iterable<string>): boolean {
  const names = [...of];
  return itemsOf(actions, true).items.some(({ value }) =>
    leaves(value).some(({ value: leaf }) => {
      if (leaf.state === 'known' || leaf.state === 'absent') return false;
      return leaf.state !== 'template' || names.some((name) => canNameAction(name)(leaf) === undefined);
    }),
  );
}
