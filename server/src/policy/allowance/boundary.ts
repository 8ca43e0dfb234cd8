/**
 * The effect of a permissions boundary: policies of an identity grant only permissions that the boundary allows too.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
import { spend } from '../../base/budget.ts';
import { flatMap } from '../../base/flat-map.ts';
import { memoizeText } from '../../base/memoize.ts';
import {
  all,
  among,
  any,
  exists,
  is,
  isAbsent,
  isPresent,
  judge,
  judgement,
  NO,
  not,
  UNKNOWABLE,
  YES,
  type Judgement,
  type Predicate,
} from '../../model/judgement.ts';
import { itemsOf, leaves } from '../../model/navigate.ts';
import type { PolicyDocument, Statement } from '../../model/policy.ts';
import { actionPattern, isEverything, isWholeService, type ActionPattern } from '../data/action.ts';
import type { ManagedPolicy } from '../data/iam-data.ts';
import { admitsAction, managedPolicy } from '../data/managed-policy.ts';
import { everyResource } from '../resource/arn-shape.ts';
import { EVERY_RESOURCE } from '../resource/resource-pattern.ts';
import { namesAction } from '../resource/statement-names.ts';
import { conditionsHold, type RequestContext } from '../condition/condition-holds.ts';
import type { KeyData } from '../condition/condition-keys.ts';
import { isAllow } from '../condition/in-force.ts';
import { restrictsResources } from '../condition/scope.ts';
import { includes, isDisjoint } from '../text/wildcard.ts';
import type { ActionLimit } from './actions-left.ts';
import { namesEvery, namesSome, namesTarget, type RequestedResources, type ArnForms } from './denial.ts';
import type { Grant, Identity } from './identity.ts';
import { limiting, limitingFor } from './limiting.ts';

/** The boundary of an identity: the value that names it, and its documents in the stack. */
export type Boundary = Pick<Identity, 'boundary' | 'boundaries'>;

/** A request for which a boundary is evaluated. */
export interface BoundaryRequest {
  readonly action: string;
  /** The ARN formats of the resources that the action supports. */
  readonly forms: ArnForms;
  readonly extent: RequestedResources;
  /** The known facts about the request. */
  readonly request: RequestContext | undefined;
  /** Whether a request meets the conditions of a statement. By default, every request must meet them. */
  readonly hold?: (statement: Statement, request?: RequestContext) => Judgement;
}

/** Whether an identity has a boundary, or might have one. */
export function isBounded({ boundary }: Boundary): boolean {
  return boundary !== undefined && !isAbsent(boundary).yes.isAlways();
}

/** Where a boundary allows an action, or no boundary is set. A boundary with unknown content is assumed to allow it. */
export function boundaryAllows(
  { boundary, boundaries }: Boundary,
  boundaryRequest: BoundaryRequest,
  data: KeyData,
): Judgement {
  if (!boundary) return YES;
  const none = isAbsent(boundary);
  if (none.yes.isAlways()) return YES;
  const documents = boundaries.map((grant) => documentAllows(grant, boundaryRequest, data));
  const ofAws = managedIn(boundary, data).map(({ policy, when }) => {
    const admits = admitsAction(policy, boundaryRequest.action, isListed(boundaryRequest.action, data));
    return admits === undefined ? all(when, UNKNOWABLE) : admits ? when : NO;
  });
  return any(none, ...documents, ...ofAws, all(unseenBoundary({ boundary, boundaries }, data), UNKNOWABLE));
}

/** Where a boundary is set and its content is unknown. */
export function unseenBoundary({ boundary, boundaries }: Boundary, data: Pick<KeyData, 'iam'>): Judgement {
  if (!boundary) return NO;
  return all(
    isPresent(boundary),
    not(any(...boundaries.map(({ when }) => judgement(when)), ...managedIn(boundary, data).map(({ when }) => when))),
  );
}

interface Named {
  readonly policy: ManagedPolicy;
  readonly when: Judgement;
}

function managedIn(boundary: NonNullable<Boundary['boundary']>, { iam }: Pick<KeyData, 'iam'>): readonly Named[] {
  if (!iam) return [];
  const policies = new Map<string, ManagedPolicy>();
  for (const { value } of leaves(boundary)) {
    const policy = managedPolicy(value, iam);
    if (policy) policies.set(policy.path, policy);
  }
  return [...policies.values()].map((policy) => ({
    policy,
    when: judge(boundary, (leaf) =>
      leaf.state === 'unknown' ? undefined : managedPolicy(leaf, iam)?.path === policy.path,
    ),
  }));
}

/** Whether the data of AWS managed policies includes an action. */
function isListed(action: string, { iam, actions }: KeyData): boolean {
  const [service = '', name = ''] = action.split(':');
  const level = actions(service)?.named(name)?.level;
  const lower = action.toLowerCase();
  return (
    (level !== undefined && level !== 'read' && level !== 'list') ||
    // The placeholder for all actions has no service.
    (iam !== undefined &&
      (!iam.services.has(service) || iam.risks.credentials.has(lower) || iam.risks.exfiltration.has(lower)))
  );
}

function documentAllows({ policy, when }: Grant, boundaryRequest: BoundaryRequest, data: KeyData): Judgement {
  const { action, request, hold = conditionsHold } = boundaryRequest;
  const allowing = allowingIn(policy, action);
  return all(
    judgement(when),
    among(
      any(
        ...allowing.map(({ statement, named }) => {
          // As in identity-based policies, a condition does not limit a principal that can always meet it, and neither
          // does a condition that tests only sent values.
          const limited = limiting(statement, data, [action]);
          return all(
            named,
            allowsOn(limited, boundaryRequest),
            hold(limitingFor(statement, limited, request), request),
          );
        }),
      ),
      policy.complete,
    ),
  );
}

interface Allowing {
  readonly statement: Statement;
  readonly named: Judgement;
}

/**
 * The Allow statements of a policy that name an action. Cached, because identities with the same boundary share them.
 */
const allowingIn = memoizeText((policy: PolicyDocument, action: string): readonly Allowing[] => {
  spend(policy.statements.length);
  return flatMap(policy.statements, (statement): readonly Allowing[] => {
    const where = all(
      judgement(policy.when),
      judgement(statement.when),
      isAllow(statement),
      namesPlaceholder(statement, action) ? UNKNOWABLE : namesAction(statement, action),
    );
    return where.no.isAlways() ? [] : [{ statement, named: where }];
  });
});

/** Whether the action is a placeholder for any action of a service and the statement names only some of its actions. */
function namesPlaceholder({ actions }: Statement, action: string): boolean {
  if (!action.endsWith(':AnyAction')) return false;
  const service = action.slice(0, action.indexOf(':'));
  return itemsOf(actions, true).items.some(({ value }) =>
    leaves(value).some(({ value: leaf }) => {
      const pattern = leaf.state === 'known' ? actionPattern(leaf.raw) : undefined;
      return pattern?.service === service && !isWholeService(pattern);
    }),
  );
}

/** Where a statement of a boundary allows an action on the given resources. */
function allowsOn(statement: Statement, { forms, extent, request }: BoundaryRequest): Judgement {
  if (extent === 'some') return namesSome(statement, forms.any);
  const reaches = extent === 'every' ? namesEvery(statement, everyResource(forms.any)) : namesTarget(statement, extent);
  return reaches.no.isAlways() ? NO : all(reaches, not(restrictsResources(statement, request)));
}

/** Where a known boundary does not allow all actions of an entry on all resources. */
export function narrowsEntry({ boundary, boundaries }: Boundary, entry: string, data: KeyData): Judgement {
  const pattern = actionPattern(entry);
  if (!boundary || !pattern) return NO;
  const asWide = boundaries.map(({ policy, when }) =>
    all(
      judgement(when),
      among(
        any(...policy.statements.map((statement) => all(isAllow(statement), allowsEntry(statement, pattern)))),
        policy.complete,
      ),
    ),
  );
  const ofAws = managedIn(boundary, data).map(({ policy, when }) =>
    policy.admin ||
    (isWholeService(pattern) && policy.services.includes(pattern.service)) ||
    (policy.most && policy.except.every((one) => isDisjoint(formOf(pattern), one)))
      ? when
      : NO,
  );
  const unseen = unseenBoundary({ boundary, boundaries }, data);
  return all(isPresent(boundary), not(unseen), not(any(...asWide, ...ofAws)));
}

function allowsEntry(
  { when, actions, notActions, resources, conditions }: Statement,
  pattern: ActionPattern,
): Judgement {
  if (conditions.length > 0) return NO;
  const form = formOf(pattern);
  const excluding = isPresent(notActions);
  return all(
    judgement(when),
    exists(itemsOf(resources, true), ({ value }) => is(value, EVERY_RESOURCE)),
    any(
      exists(itemsOf(actions, true), ({ value }) =>
        is(
          value,
          ofAction((one) => includes(one, form)),
        ),
      ),
      !excluding.yes.satisfiable()
        ? NO
        : all(
            excluding,
            not(
              exists(itemsOf(notActions, true), ({ value }) =>
                is(
                  value,
                  ofAction((one) => !isDisjoint(one, form)),
                ),
              ),
            ),
          ),
    ),
  );
}

function formOf({ service, name }: ActionPattern): string {
  return `${service}:${name}`.toLowerCase();
}

/** Matches an action pattern in the source, in lower case. */
function ofAction(meets: (form: string) => boolean): Predicate {
  return {
    known: ({ raw }) => {
      const pattern = actionPattern(raw);
      return pattern !== undefined && meets(formOf(pattern));
    },
    collection: false,
  };
}

/** The maximum number of action patterns of a boundary that are evaluated. */
const MOST_ALLOWED = 64;

/**
 * The actions to which a boundary limits the policies of an identity. For a document these are its actions; for an AWS
 * managed policy they are the actions in the data, which limit only statements that allow all actions.
 */
export function actionLimitsOfBoundary({ boundary, boundaries }: Boundary, data: KeyData): readonly ActionLimit[] {
  if (!boundary) return [];
  return [
    ...flatMap(boundaries, ({ policy, when }): readonly ActionLimit[] => {
      const allowed = listedIn(policy);
      return allowed ? [{ allowed, when: judgement(when), onlyEverything: false }] : [];
    }),
    ...flatMap(
      managedIn(boundary, data),
      ({ policy: { admin, most, services, actions }, when }): readonly ActionLimit[] =>
        admin || most
          ? []
          : [
              {
                allowed: flatMap(
                  [...services.map((service) => `${service}:*`), ...actions],
                  (one) => actionPattern(one) ?? [],
                ),
                when,
                onlyEverything: true,
              },
            ],
    ),
  ];
}

/**
 * The action patterns in the Allow statements of a boundary; undefined if a pattern is unknown or matches all actions.
 */
function listedIn({ statements, complete, when: there }: PolicyDocument): readonly ActionPattern[] | undefined {
  if (!complete.yes.isAlways() || !there.yes.isAlways()) return undefined;
  const patterns: ActionPattern[] = [];
  for (const statement of statements) {
    if (isAllow(statement).no.isAlways()) continue;
    const { items, complete: listed } = itemsOf(statement.actions, true);
    if (statement.notActions.state !== 'absent' || !listed.yes.isAlways()) return undefined;
    for (const { value } of items)
      for (const { value: leaf } of leaves(value)) {
        const pattern = leaf.state === 'known' ? actionPattern(leaf.raw) : undefined;
        if (!pattern || isEverything(pattern) || patterns.length >= MOST_ALLOWED) return undefined;
        patterns.push(pattern);
      }
  }
  return patterns;
}
