/**
 * Who has access to a resource: the principals of the document by their policies and those of the resource, and the
 * external principals that policies of the resource name.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
import { flatMap } from '../../base/flat-map.ts';
import { Guard } from '../../base/guard.ts';
import { isolated } from '../../base/isolation.ts';
import { all, any, isPresent, judge, judgement, not } from '../../model/judgement.ts';
import type { Resource, Stack } from '../../model/resource.ts';
import type { Leaf, Value } from '../../model/value.ts';
import type { IdentityContext } from '../allowance/identity-access.ts';
import { identitiesOf, isBoundary, type Identity } from '../allowance/identity.ts';
import { sharesOf } from '../principal/resource-shares.ts';
import { managedPolicy } from '../data/managed-policy.ts';
import type { AccessPrincipal, AccessUnknown, PrincipalAccess, ResourceAccess } from './access.ts';
import { collectFromAcl } from './acl-side.ts';
import { withAssumers } from './assumers.ts';
import { accessQueriesOf, isKey, type AccessQuery } from './access-query.ts';
import { Collected } from './collected.ts';
import { collectFromDefaultPolicy } from './default-key-policy.ts';
import { collectFromIdentity, unknownActions } from './identity-side.ts';
import { collectFromGrants } from './key-grants.ts';
import { keyAccessOf, encryptionKeysOf } from './key-access.ts';
import { withMembers } from './members.ts';
import { otherLimits } from './other-limits.ts';
import { collectFromPermissions, collectFromResource } from './resource-side.ts';

/** Who has access to a resource; undefined for a type that is not evaluated, or without data about its service. */
export function whoCan(resource: Resource, stack: Stack, lookup: IdentityContext): ResourceAccess | undefined {
  const queries = accessQueriesOf(resource, stack, lookup);
  if (queries.length === 0) return undefined;
  const identities = identitiesIn(stack, resource);
  const collected = collect(queries, identities, lookup);
  const keys = encryptionKeysOf(resource, stack);
  const access = flatMap([...collected.values()], (one): readonly PrincipalAccess[] => {
    const result = one.result();
    return result ? [isKnownIdentity(result.principal) ? { ...result, keys: [] } : onlyPossible(result)] : [];
  });
  const within = scenariosOf(queries[0]!);
  const listed = withAssumers(
    withMembers(keys.length === 0 ? access : withKeyAccess(access, keys, identities, lookup), identities, within),
    (role) =>
      flatMap(
        [...collect(accessQueriesOf(role, stack, lookup).slice(0, 1), identitiesIn(stack, role), lookup).values()],
        (one) => one.result() ?? [],
      ),
  );
  return {
    resource,
    within,
    principals: listed.filter(({ grants }) => grants.length > 0),
    possible: listed.filter(({ grants, possible }) => grants.length === 0 && possible.length > 0),
    denied: listed.filter(({ grants, possible }) => grants.length === 0 && possible.length === 0),
    unknowns: [
      ...flatMap(identities, (identity) => [
        ...unknownPolicies(identity, lookup),
        ...flatMap(queries, (one) => unknownActions(identity, one)),
      ]),
      ...otherLimits(queries, resource, stack),
      ...sharesOf(resource, stack).map((share): AccessUnknown => ({ kind: 'share', share })),
      ...(queries.some(({ isComplete }) => !isComplete) ? [{ kind: 'resource-policies', resource } as const] : []),
    ],
  };
}

/** The identities that can make requests to a resource, without the resource. */
function identitiesIn(stack: Stack, resource: Resource): readonly Identity[] {
  return identitiesOf(stack).filter((identity) => canAct(identity) && identity.resource !== resource);
}

/** The types of identities. Other resources with policies stand for identities that are not known. */
const IDENTITIES: ReadonlySet<string> = new Set([
  'AWS::IAM::Group',
  'AWS::IAM::Role',
  'AWS::IAM::User',
  'AWS::SSO::PermissionSet',
]);

function isKnownIdentity({ resource }: AccessPrincipal): boolean {
  return !resource || IDENTITIES.has(resource.type);
}

/** What a policy that is attached to unknown identities allows. */
function onlyPossible(result: Omit<PrincipalAccess, 'keys'>): PrincipalAccess {
  return { ...result, grants: [], possible: [...result.grants, ...result.possible], keys: [] };
}

/**
 * Whether an identity can make requests. One that never exists, and a policy that is only a boundary, or attached to
 * nothing, cannot.
 */
function canAct({ resource }: Identity): boolean {
  return !isBoundary(resource) && !resource.when.no.isAlways();
}

function collect(
  queries: readonly AccessQuery[],
  identities: readonly Identity[],
  lookup: IdentityContext,
): ReadonlyMap<unknown, Collected> {
  const collected = new Map<unknown, Collected>();
  const within = scenariosOf(queries[0]!);
  const of = (principal: AccessPrincipal): Collected => {
    const key = principal.resource ?? `${principal.kind} ${principal.name}`;
    const known = collected.get(key) ?? new Collected(principal, within);
    collected.set(key, known);
    return known;
  };
  const byResource = new Map(identities.map((identity) => [identity.resource, identity]));
  for (const one of queries) {
    for (const identity of identities)
      isolated(
        () => identity.resource.self.origin.use,
        () => {
          collectFromIdentity(identity, one, lookup, of(principalOf(identity)));
          return true;
        },
        () => false,
      );
    collectFromResource(one, lookup, { of, identity: (resource) => byResource.get(resource) });
    collectFromGrants(one, lookup, { of, identity: (resource) => byResource.get(resource) });
    if (isKey(one.resource)) collectFromDefaultPolicy(one, { of, identity: (resource) => byResource.get(resource) });
    if (one.resource.type === 'AWS::S3::Bucket')
      collectFromAcl(one, { of, identity: (resource) => byResource.get(resource) });
    if (one.resource.type === 'AWS::Lambda::Function')
      collectFromPermissions(one, lookup, { of, identity: (resource) => byResource.get(resource) });
  }
  return collected;
}

/** The scenarios in which the resource exists, and that are considered. */
function scenariosOf({ resource, stack }: AccessQuery): Guard {
  const within = stack.within ? stack.within.yes.and(resource.when.yes) : resource.when.yes;
  return within.satisfiable() ? within : Guard.always;
}

function principalOf({ resource }: Identity): AccessPrincipal {
  return { kind: 'identity', name: resource.address, resource };
}

/** Adds to each principal what it may do with the keys of the resource. */
function withKeyAccess(
  access: readonly PrincipalAccess[],
  keys: readonly AccessQuery[],
  identities: readonly Identity[],
  lookup: IdentityContext,
): readonly PrincipalAccess[] {
  const resources = new Set(access.map(({ principal }) => principal.resource));
  const relevant = identities.filter(({ resource }) => resources.has(resource));
  const byKey = keys.map((key) => ({
    key: key.resource,
    results: flatMap([...collect([key], relevant, lookup).values()], (one) => one.result() ?? []),
  }));
  return access.map((one) => ({
    ...one,
    keys: byKey.map(({ key, results }) => keyAccessOf(one.principal, key, results)),
  }));
}

/**
 * The policies of an identity that are not known: those that the document names and does not contain, or does not show.
 */
function unknownPolicies(
  { resource, grants, managed, named }: Identity,
  { iam }: IdentityContext,
): readonly AccessUnknown[] {
  const own = new Set(grants.map(({ policy }) => policy.host.address));
  const isWhereItExists = (guard: Guard): boolean => resource.when.yes.coveredBy(guard);
  const isSeen = (leaf: Leaf): boolean =>
    leaf.state === 'reference' ? own.has(leaf.to) : managedPolicy(leaf, iam) !== undefined;
  const names = flatMap(managed, ({ value, when }): readonly Value[] =>
    isWhereItExists(all(judgement(when), isPresent(value), not(judge(value, isSeen))).no) ? [] : [value],
  );
  const unseen = any(
    ...grants.map(({ policy, when }) => all(judgement(when), judgement(policy.when), not(judgement(policy.seen)))),
  );
  return names.length > 0 || !isWhereItExists(unseen.no) || !isWhereItExists(named.yes)
    ? [{ kind: 'policies', identity: resource, names }]
    : [];
}
