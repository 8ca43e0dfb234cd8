/** Access that the policies of a resource allow: to identities of the document and to external principals. */
import { spend } from '../../base/budget.ts';
import { flatMap } from '../../base/flat-map.ts';
import { bothTruths, type Truth } from '../../base/guard.ts';
import { accountSetting } from '../../model/account-setting.ts';
import {
  all,
  any,
  is,
  isAbsent,
  isPresent,
  judgement,
  not,
  UNKNOWABLE,
  YES,
  type Judgement,
  type Predicate,
} from '../../model/judgement.ts';
import type { Statement } from '../../model/policy.ts';
import { oneOf, text } from '../../model/predicate.ts';
import type { Resource, Stack } from '../../model/resource.ts';
import { actionEntriesIn } from '../allowance/granted.ts';
import type { IdentityContext } from '../allowance/identity-access.ts';
import type { Identity } from '../allowance/identity.ts';
import { conditionsCanHold, type RequestContext } from '../condition/condition-holds.ts';
import { blockingOf } from '../principal/bucket-block.ts';
import { WILDCARD_PRINCIPAL } from '../principal/principal.ts';
import type { AccessLimit, AccessPrincipal, AccessScope, GrantSource } from './access.ts';
import { allowedPrincipals, readings, type AllowedPrincipal } from './allowed-principals.ts';
import { resourceDenials, type AccessQuery } from './access-query.ts';
import { anyoneAfterDeny } from './anyone-after-deny.ts';
import type { ResourceAction } from './capabilities.ts';
import type { Collected } from './collected.ts';
import { conditionsMet, isTrivial, type ConditionResult } from './conditions-met.ts';
import { factsFor } from './delegation.ts';
import { limitsFor } from './identity-side.ts';
import { anyoneWithin } from './narrowed-anyone.ts';
import { factsOfNamed, factsOfRoot } from './principal-facts.ts';

/** Finds what is collected for a principal, and an identity of the document. */
export interface Collecting {
  of(principal: AccessPrincipal): Collected;
  identity(resource: Resource): Identity | undefined;
}

/** Adds what the policies of a resource allow. */
export function collectFromResource(query: AccessQuery, lookup: IdentityContext, into: Collecting): void {
  const { policies, index, actions, addressing, stack } = query;
  for (const { policy, when: there } of policies)
    for (const [action, entries] of actionEntriesIn(policy, index).allowing) {
      const of = actions.get(action)!;
      for (const { statement, named } of entries) {
        const meets = addressing.meets(statement, of.types);
        if (meets.no.isAlways()) continue;
        // The policy is attached to the resource, so an unknown name is that of the resource.
        const allowed = meets.yes.satisfiable() ? all(there, named, meets) : all(there, named);
        const source: GrantSource = { kind: 'statement', statement, policy, isOfResource: true };
        for (const admitted of admittedIn(statement, of, query)) {
          spend(1);
          const { principal, when, isClosed = false } = admitted;
          const identity = principal.resource && into.identity(principal.resource);
          const facts = identity
            ? factsFor(identity, query)
            : new Map([...factsOfNamed(principal, stack), ...query.request]);
          const met = metBy(statement, admitted, action, facts, lookup);
          const applies = all(allowed, when);
          const isPartial = !meets.yes.coveredBy(addressing.covers(statement, of.types).yes);
          if (identity) {
            limitsFor(identity, query, lookup, into.of(principal)).add(source, of, applies, met, {
              statement: undefined,
              // https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html#access_policies_boundaries-eval-logic
              isCapped: identity.resource.type === 'AWS::IAM::Role',
              isDelegated: false,
              isPartial,
            });
            continue;
          }
          const before = all(applies, met.holds);
          if (before.no.isAlways()) continue;
          // Conditions can narrow the account to principals other than its root user.
          const isRoot = principal.kind === 'own-account' && !admitted.isAnyone && !met.isConditional;
          const denied = isRoot ? new Map([...facts, ...factsOfRoot(stack)]) : facts;
          const denials = resourceDenials(query, of, principal, denied);
          into
            .of(principal)
            .add(
              source,
              of,
              {
                before,
                when: all(before, not(any(...denials.map(({ whole }) => whole))), passesBlock(admitted, query)),
                isConditional: met.isConditional || isClosed,
                isPartial,
              },
              [
                ...(met.isConditional ? [{ kind: 'conditions', source, conditions: met.conditions } as const] : []),
                ...denials
                  .filter(({ statement: one }) => !isTrivial(one) && !conditionsCanHold(one, denied).no.isAlways())
                  .map((one): AccessLimit => ({ kind: 'deny', statement: one.statement, policy: one.policy })),
                ...foreignLimits(admitted),
                ...publicLimits(admitted, query),
              ],
            );
        }
      }
    }
}

/** The principals of a statement; anyone as Deny statements of the resource narrow that. */
function admittedIn(
  statement: Statement,
  of: ResourceAction,
  query: AccessQuery,
): readonly (AllowedPrincipal & { readonly isClosed?: boolean })[] {
  const admitted = allowedPrincipals(statement, query.stack);
  const anyone = admitted.find(({ principal: { kind, scopes } }) => kind === 'anyone' && scopes === undefined);
  if (!anyone) return admitted;
  const closed = anyoneAfterDeny(statement, resourceDenials(query, of, anyone.principal, query.request));
  if (closed.statement !== statement) return allowedPrincipals(closed.statement, query.stack);
  if (!closed.isRestricted) return admitted;
  return admitted.map((one) =>
    one === anyone ? { ...one, principal: { ...one.principal, kind: 'restricted' }, isClosed: true } : one,
  );
}

/** The conditions that limit a principal, without those that its name expresses, which must still be possible. */
function metBy(
  statement: Statement,
  { principal, rest = statement }: AllowedPrincipal,
  action: string,
  facts: RequestContext,
  lookup: IdentityContext,
): ConditionResult {
  const whole = conditionsMet(statement, action, facts, lookup, principal.resource !== undefined);
  return rest === statement || whole.holds.no.isAlways()
    ? whole
    : conditionsMet(rest, action, facts, lookup, principal.resource !== undefined);
}

/**
 * Where S3 Block Public Access does not stop a policy that allows anyone. Without settings it depends on the age of the
 * bucket.
 */
function passesBlock({ principal }: AllowedPrincipal, { resource, stack }: AccessQuery): Judgement {
  if (principal.kind !== 'anyone' || resource.type !== 'AWS::S3::Bucket') return YES;
  const { allows, blocks } = blockingOf(resource, 'policy', accountSetting(stack, 's3.accountBlock', false));
  return any(allows, all(not(blocks), UNKNOWABLE));
}

/** S3 Block Public Access can override a policy that allows anyone. */
function publicLimits({ principal }: AllowedPrincipal, { resource, stack }: AccessQuery): readonly AccessLimit[] {
  return principal.kind === 'anyone' && resource.type === 'AWS::S3::Bucket'
    ? [
        {
          kind: 'public-access-block',
          resource,
          account: accountSetting(stack, 's3.accountBlock', false),
          way: 'policy',
        },
      ]
    : [];
}

/** Access from another account also needs the permission of that account. */
function foreignLimits({ principal: { kind }, isForeign }: AllowedPrincipal): readonly AccessLimit[] {
  const isOfAccount = kind === 'account' || kind === 'principal' || kind === 'organization';
  return isOfAccount && isForeign !== false ? [{ kind: 'other-account' }] : [];
}

/** The properties that limit a permission of a function. */
const SETTINGS = ['SourceArn', 'SourceAccount', 'PrincipalOrgID', 'EventSourceToken', 'FunctionUrlAuthType'] as const;

/** The condition keys of the properties that narrow anyone. */
const KEYS: Partial<Readonly<Record<(typeof SETTINGS)[number], string>>> = {
  PrincipalOrgID: 'aws:principalorgid',
  SourceAccount: 'aws:sourceaccount',
  SourceArn: 'aws:sourcearn',
};

/**
 * Adds what the permissions of a Lambda function allow, which are statements of its policy.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-permission.html
 */
export function collectFromPermissions(query: AccessQuery, lookup: IdentityContext, into: Collecting): void {
  for (const { permission, when: there, isPartial } of permissionsOf(query.resource))
    for (const of of query.actions.values()) {
      const named = all(judgement(there), is(permission.get('Action'), matchesAction(of.action)));
      if (named.no.isAlways()) continue;
      const settings = SETTINGS.filter((path) => limits(permission, path));
      const source: GrantSource = { kind: 'permission', resource: permission };
      for (const admitted of principalsOf(permission, query.stack)) {
        const { principal, when } = admitted;
        const identity = principal.resource && into.identity(principal.resource);
        const applies = all(named, when);
        const keys = new Set(principal.scopes?.map(({ key }) => key));
        const paths = settings.filter((path) => !keys.has(KEYS[path] ?? ''));
        const isConditional = paths.length > 0;
        const limits: readonly AccessLimit[] = [
          ...(isConditional ? [{ kind: 'settings', resource: permission, paths } as const] : []),
          ...foreignLimits(admitted),
        ];
        if (identity)
          limitsFor(identity, query, lookup, into.of(principal)).add(
            source,
            of,
            applies,
            { holds: YES, isConditional: false, conditions: [] },
            {
              statement: undefined,
              isCapped: identity.resource.type === 'AWS::IAM::Role',
              isDelegated: false,
              isPartial,
            },
          );
        else into.of(principal).add(source, of, { before: applies, when: applies, isConditional, isPartial }, limits);
      }
    }
}

interface FunctionPermission {
  readonly permission: Resource;
  readonly when: Truth;
  /** Whether it is about an alias of the function only. */
  readonly isPartial: boolean;
}

/** The permissions of a function and of its aliases. */
function permissionsOf(resource: Resource): readonly FunctionPermission[] {
  const own = resource
    .related('function-permissions')
    .edges.map(({ resource: permission, when }): FunctionPermission => ({ permission, when, isPartial: false }));
  const ofAliases = flatMap(resource.related('function-aliases').edges, ({ resource: alias, when: there }) =>
    alias
      .related('alias-permissions')
      .edges.map(({ resource: permission, when }): FunctionPermission => ({
        permission,
        when: bothTruths(there, when),
        isPartial: true,
      })),
  );
  return [...own, ...ofAliases.filter(({ permission }) => own.every((one) => one.permission !== permission))];
}

/** Whether a property limits a permission. The authentication type NONE means that there is none. */
function limits(permission: Resource, path: (typeof SETTINGS)[number]): boolean {
  const value = permission.get(path);
  return (
    !isAbsent(value).yes.isAlways() && !(path === 'FunctionUrlAuthType' && is(value, oneOf('NONE')).yes.isAlways())
  );
}

function matchesAction(action: string): ReturnType<typeof text> {
  const lower = action.toLowerCase();
  return text((written) => written.toLowerCase() === lower || written === 'lambda:*' || written === '*');
}

const A_SERVICE: Predicate = {
  ...text((principal) => /\.(?:amazonaws\.com(?:\.cn)?|amazonaws\.eu|amazon\.com)$/.test(principal)),
  text: ({ pieces }) =>
    typeof pieces.at(-1) === 'string' && pieces.at(-1) !== ':root' && !/^arn:/.test(String(pieces[0])),
  reference: () => false,
};

/** The principals of a permission: a service, an account, an ARN, or anyone. */
function principalsOf(permission: Resource, stack: Stack): readonly AllowedPrincipal[] {
  const value = permission.get('Principal');
  const anyone = is(value, WILDCARD_PRINCIPAL);
  const isService = is(value, A_SERVICE);
  const narrowed = anyoneWithin(
    flatMap(SETTINGS, (path): readonly AccessScope[] => {
      const [key, values] = [KEYS[path], permission.get(path)];
      return key !== undefined && isPresent(values).yes.isAlways() ? [{ key, values }] : [];
    }),
  );
  return [
    ...(anyone.yes.satisfiable() ? [{ principal: narrowed, when: anyone, isForeign: true }] : []),
    ...readings('Service', value, isService, stack).filter((one) => one.principal.kind === 'service'),
    ...readings('AWS', value, not(any(anyone, isService)), stack),
  ].filter(({ when }) => !when.no.isAlways());
}
