/**
 * Actions with a given risk that an identity is allowed on all resources, reported per statement and shared by the
 * rules about such risks.
 */
import { flatMap } from '../../../base/flat-map.ts';
import { memoizeText } from '../../../base/memoize.ts';
import type { Fix } from '../../../model/edit.ts';
import { any, type Judgement } from '../../../model/judgement.ts';
import type { Statement } from '../../../model/policy.ts';
import { always, never } from '../../../model/quantified.ts';
import type { Value } from '../../../model/value.ts';
import { actionIndex } from '../../../policy/data/action-index.ts';
import { actionPattern, isEverything, isWholeService } from '../../../policy/data/action.ts';
import { allowancesOf } from '../../../policy/allowance/allowance.ts';
import { conditionsHold } from '../../../policy/condition/condition-holds.ts';
import { isOnEverything } from '../../../policy/allowance/granted.ts';
import { writtenIn } from '../../../policy/statement/written.ts';
import { forHolder } from '../../../policy/allowance/holder.ts';
import { withoutGroups, type Identity } from '../../../policy/allowance/identity.ts';
import { accessOf, type Permission } from '../../../policy/allowance/identity-access.ts';
import { limiting } from '../../../policy/allowance/limiting.ts';
import { narrowedResources, broadResourceOf } from '../../../policy/narrowing/narrow-resources.ts';
import { scopePhrase } from '../../../policy/resource/scope-phrase.ts';
import { riskOf, type Risk } from '../../../policy/data/risk.ts';
import { isAddedBySam } from '../../../policy/statement/made-by-sam.ts';
import type { Context, Report } from '../../rule.ts';
import { carriersOf, affectedHolder } from './identity-words.ts';

/** The actions that a statement or an AWS managed policy allows on all resources. */
export interface Everywhere {
  /** The actions in AWS's spelling. */
  readonly actions: readonly string[];
  /** Whether the statement has conditions. */
  readonly conditional: boolean;
  /** Whether an AWS managed policy allows it, and not a statement of the document. */
  readonly managed: boolean;
  /** The Region or NotResource that limits the resources, as the rest of a sentence; empty if none does. */
  readonly where: string;
}

interface Group {
  readonly statement: Permission['statement'];
  readonly places: Map<Value, { readonly permission: Permission; readonly wrong: Judgement[] }>;
  readonly actions: Set<string>;
}

/** The maximum number of actions of an identity that are examined, and of places of a finding. */
const MOST_ACTIONS = 400;
const MOST_PLACES = 32;

/** The reports of a risk in an identity, one for each statement and each AWS managed policy. */
export function* reportsOf(
  identity: Identity,
  context: Context,
  risk: Risk,
  reportFor: (found: Everywhere) => Omit<Report, 'violations'>,
): Iterable<Report> {
  const { iam } = context;
  if (!iam) return;
  const { format } = identity.resource;
  const names = namedIn(identity, context, risk);
  // The actions of AWS managed policies are known only if the risk data lists them.
  const evaluated = identity.managed.length > 0 ? [...names, ...namedByAws(context, risk)] : names;
  if (evaluated.length === 0) return;
  // Permissions of its groups are reported on the groups.
  const own = withoutGroups(identity);
  // This index is another one in each version, so what policies allow of it cannot be known in the next.
  const access =
    risk === 'exposure'
      ? accessOf(own, { ...context, iam, allowed: undefined }, actionIndex(evaluated))
      : accessOf(own, { ...context, iam });
  const groups = new Map<object, Group>();
  for (const action of evaluated)
    for (const permission of access.permissions(action)) {
      if (permission.whole || (permission.statement === undefined && isAddedBySam(format, permission.at))) continue;
      // If the conditions of the statement are met, the risk is the same. The report has a lower severity.
      const wrong = permission.everywhereIfMet();
      if (never(wrong)) continue;
      const cause = permission.statement ?? permission.at;
      const group = groups.get(cause) ?? { statement: permission.statement, places: new Map(), actions: new Set() };
      groups.set(cause, group);
      group.actions.add(action);
      const place = group.places.get(permission.at);
      if (place) place.wrong.push(wrong);
      else if (group.places.size < MOST_PLACES) group.places.set(permission.at, { permission, wrong: [wrong] });
    }
  for (const { statement, places, actions } of groups.values()) {
    const permissions = [...places.values()].map(({ permission }) => permission);
    yield {
      violations: [...places].map(([at, { wrong }]) => ({ at, wrong: any(...wrong) })),
      subjects: carriersOf(permissions),
      related: () => affectedHolder(identity, permissions, context),
      fixes: () => narrowed([...places.values()][0]!.permission, actions, context),
      ...reportFor({
        actions: [...actions],
        conditional:
          statement !== undefined &&
          isConditional(forHolder(limiting(statement, context, [...actions]), identity.facts)),
        managed: statement === undefined,
        where: scopePhrase(statement),
      }),
    };
  }
}

/** Whether conditions exclude some requests. */
function isConditional(statement: Statement): boolean {
  return statement.conditions.length > 0 && !always(conditionsHold(statement));
}

/** Fixes that name resources of the stack instead of `*`. All resources of the account would be equally broad. */
function narrowed({ policy, statement }: Permission, actions: ReadonlySet<string>, context: Context): readonly Fix[] {
  const named = new Set([...actions].map((action) => action.slice(0, action.indexOf(':')).toLowerCase()));
  const at = statement && broadResourceOf(statement, context.actions, named);
  if (!policy || !at) return [];
  return narrowedResources({
    policy,
    statement,
    at,
    named,
    stack: context.stack,
    actionsOf: context.actions,
    quotaOf: context.quota,
  });
}

/**
 * The actions of a risk in the Allow statements of an identity, except for statements that allow a whole service on all
 * resources.
 */
function namedIn({ grants }: Identity, context: Context, risk: Risk): readonly string[] {
  const names = new Set<string>();
  for (const { policy } of grants)
    for (const { statement, actions } of allowancesOf(policy, context)) {
      for (const { value } of actions.items)
        for (const written of writtenIn(value)) {
          // Another rule reports a whole service on all resources. On all resources of some types, the risk is lower or
          // does not exist.
          if (isWhole(written) && isOnEverything(statement, value)) continue;
          for (const name of riskyActions(context, written).get(risk) ?? [])
            if (names.size < MOST_ACTIONS) names.add(name);
        }
    }
  return [...names];
}

/** The actions with a risk that AWS managed policies are known to allow, computed once per context. */
const namedByAws = memoizeText(({ iam, actions }: Context, risk: Risk): readonly string[] => {
  const names = risk === 'credentials' ? iam!.risks.credentials : risk === 'data' ? iam!.risks.exfiltration : [];
  return flatMap([...names], (full) => {
    const [service = '', name = ''] = full.split(':');
    const action = actions(service)?.named(name);
    return action && riskOf(iam, service, action) === risk
      ? [`${service}:${action.name}`]
      : action
        ? []
        : [iam!.risks.written.get(full) ?? full];
  });
});

function isWhole(written: string): boolean {
  const pattern = actionPattern(written);
  return pattern !== undefined && isWholeService(pattern);
}

/** The actions with risks that an action entry matches, computed once per context. */
const riskyActions = memoizeText(({ actions, iam }: Context, written: string): ReadonlyMap<Risk, readonly string[]> => {
  const pattern = actionPattern(written);
  if (!pattern || isEverything(pattern)) return NONE;
  const risks = new Map<Risk, string[]>();
  for (const action of actions(pattern.service)?.matching(pattern.name) ?? []) {
    const risk = riskOf(iam, pattern.service, action);
    if (risk) risks.set(risk, [...(risks.get(risk) ?? []), `${pattern.service}:${action.name}`]);
  }
  return risks.size === 0 ? NONE : risks;
});
const NONE: ReadonlyMap<Risk, readonly string[]> = new Map();
