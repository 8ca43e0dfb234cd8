import { flatMap } from '../../../base/flat-map.ts';
import { once } from '../../../base/once.ts';
import { some } from '../../../base/words.ts';
import type { Fix } from '../../../model/edit.ts';
import type { Aliases } from '../../../model/finding.ts';
import { all, any, exists, is, isPresent, not, type Judgement, type Predicate } from '../../../model/judgement.ts';
import { itemsOf } from '../../../model/navigate.ts';
import { never } from '../../../model/quantified.ts';
import { actionPattern, covers } from '../../../policy/data/action.ts';
import { allowancesOf, ANY_ACTION, GIVES_ANY_PERMISSION } from '../../../policy/allowance/allowance.ts';
import { everyResource } from '../../../policy/resource/arn-shape.ts';
import { escalationsLeft } from '../../../policy/escalation/escalations-left.ts';
import { shapeOf } from '../../../policy/text/unknown-piece.ts';
import { limiting } from '../../../policy/allowance/limiting.ts';
import { allowedByNotAction } from '../../../policy/narrowing/narrow-actions.ts';
import { EVERY_RESOURCE } from '../../../policy/resource/resource-pattern.ts';
import { conditional, namesService, restrictsResources } from '../../../policy/condition/scope.ts';
import { isAnywhere } from '../../../policy/resource/whole-type.ts';
import { analyzerAliases, type Code } from '../../access-analyzer.ts';
import { defineRule, type Context, type Violation } from '../../rule.ts';
import { WITHIN_BOUNDARY } from '../identity/identity-words.ts';
import { decidedByResources } from '../decided-by.ts';

const PEERS: Aliases = { cfn_nag: ['W15', 'W16', 'W17'], guard: ['IAM_ROLE_OR_POLICY_NO_ALLOW_PLUS_NOT_ACTION'] };
const [ON_EVERYTHING, ON_NOT_RESOURCE] = [
  'PASS_ROLE_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION',
  'PASS_ROLE_WITH_NOT_ACTION_AND_NOT_RESOURCE',
] as const;

export default defineRule({
  id: 'iam-policy-allow-not-action',
  on: 'policy',
  selfContained: true,
  kinds: ['identity', 'permission-set'],
  needs: { statement: ['allow', 'not-action'] },
  topic: 'identity',
  severity: 'high',
  judged: '2026-11-24',
  title: 'IAM policies should not use Allow with NotAction',
  keywords: ['least privilege', 'excessive permissions', 'NotResource'],
  why: 'Allow with NotAction allows every action that is not listed, in every service, including actions that AWS adds later. An action that should be excluded is easily forgotten.',
  remedy: 'List the actions that are needed under Action. To forbid some, deny them in a separate statement.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html':
      'With Allow, all applicable actions and services that NotAction does not list are allowed; the Resource element limits which are applicable.',
  },
  aliases: { ...PEERS, 'access-analyzer': [ON_EVERYTHING, ON_NOT_RESOURCE] },
  fix: 'suggestion',
  subsumes: ['iam-policy-create-slr-wildcard'],
  *check(policy, context) {
    const at = policy.host.displayName;
    for (const allowance of allowancesOf(policy, context)) {
      const { statement, when, notActions } = allowance;
      const wrong = all(when, isPresent(notActions));
      if (never(wrong)) continue;
      const but = allowance.isBounded('*')
        ? WITHIN_BOUNDARY
        : allowance.isReduced('*')
          ? ' and no statement denies'
          : '';
      const limits = limiting(allowance.held, context);
      const everywhere = all(
        wrong,
        allowance.leaves(ANY_ACTION),
        exists(itemsOf(statement.resources, true), (item) => is(item.value, EVERY_RESOURCE)),
        not(restrictsResources(limits)),
      );
      const limited = conditional(limits);
      const isExcluded = (action: string): Judgement =>
        exists(itemsOf(statement.notActions, true), (item) => is(item.value, excluding([action])));
      const ofIam = any(
        ...GIVES_ANY_PERMISSION.map((action) => all(allowance.leaves(action), not(isExcluded(action)))),
      );
      const remaining = once(
        () => escalationsLeft(context.iam, (action) => all(allowance.leaves(action), not(isExcluded(action)))).actions,
      );
      const escalating = (otherwise: string): string =>
        remaining().length > 0
          ? `${at} allows all actions that NotAction does not list${but}. They include privilege escalation by ${some(remaining(), 3)}; list the actions that are needed under Action.`
          : otherwise;
      // The remaining actions include iam:PassRole, unless NotAction lists it or a condition restricts the services.
      const passes = all(
        allowance.leaves('iam:PassRole'),
        not(exists(itemsOf(statement.notActions, true), (item) => is(item.value, EXCLUDES_PASS_ROLE))),
        not(any(...statement.conditions.map((condition) => namesService(condition, 'iam:passedtoservice')))),
      );
      const violations = (bad: Judgement, code: Code): readonly Violation[] => [
        { wrong: all(bad, passes), at: statement.notActions, aliases: { ...PEERS, ...analyzerAliases(code) } },
        { wrong: bad, at: statement.notActions, aliases: PEERS },
      ];
      yield {
        decidedBy: () => decidedByResources(statement),
        violations: violations(all(everywhere, ofIam, not(limited)), ON_EVERYTHING),
        severity: 'critical',
        message: () =>
          escalating(
            `${at} allows all actions that NotAction does not list${but}. List the actions that are needed under Action.`,
          ),
      };
      yield {
        decidedBy: () => decidedByResources(statement),
        violations: violations(all(everywhere, not(limited)), ON_EVERYTHING),
        message: () =>
          escalating(
            `${at} allows all actions that NotAction does not list${but}. They apply to all resources; list the actions that are needed under Action.`,
          ),
      };
      yield {
        decidedBy: () => decidedByResources(statement),
        violations: violations(everywhere, ON_EVERYTHING),
        severity: 'medium',
        message: `${at} allows all actions that NotAction does not list${but} under conditions. List the actions that are needed under Action.`,
      };
      yield {
        decidedBy: () => decidedByResources(statement),
        violations: violations(all(wrong, isPresent(statement.notResources)), ON_NOT_RESOURCE),
        severity: 'medium',
        message: `${at} allows all actions that NotAction does not list${but}. They apply to all resources outside NotResource; use Action and Resource instead.`,
      };
      const somewhere = all(wrong, allowance.leaves(ANY_ACTION, 'some'));
      const fixes = (): readonly Fix[] =>
        allowedByNotAction({
          policy,
          statement,
          stack: context.stack,
          actionsOf: context.actions,
          quotaOf: context.quota,
        });
      yield {
        decidedBy: () => decidedByResources(statement),
        violations: [
          {
            wrong: all(
              somewhere,
              exists(itemsOf(statement.resources, true), (item) => is(item.value, allOfType(context))),
              not(restrictsResources(limits)),
              not(limited),
            ),
            at: statement.notActions,
            aliases: PEERS,
          },
        ],
        severity: 'medium',
        fixes,
        message: `${at} allows all actions that NotAction does not list${but}. They apply to all resources of a type; list the actions and resources that are needed.`,
      };
      yield {
        decidedBy: () => decidedByResources(statement),
        violations: [{ wrong: somewhere, at: statement.notActions, aliases: PEERS }],
        severity: 'low',
        profile: 'strict',
        fixes,
        message: `${at} allows all actions that NotAction does not list${but}. List the actions that are needed under Action.`,
      };
    }
  },
});

/** An ARN pattern that matches all resources of a type of its service in all Regions: `arn:aws:s3:::*`. */
function allOfType({ actions }: Context): Predicate {
  const holds = (arn: string): boolean => {
    const forms = isAnywhere(arn)
      ? flatMap(actions(arn.split(':', 3)[2] ?? '')?.resourceTypes ?? [], ({ arns }) => arns)
      : [];
    return everyResource(forms)(arn) === true;
  };
  return {
    known: ({ raw }) => holds(raw),
    text: (text) => holds(shapeOf(text)),
    reference: () => false,
    collection: false,
  };
}

const EXCLUDES_PASS_ROLE = excluding(['iam:PassRole']);

function excluding(actions: readonly string[]): Predicate {
  return {
    known: ({ raw }) => {
      const pattern = actionPattern(raw);
      return pattern !== undefined && actions.some((action) => covers(pattern, action));
    },
    collection: false,
  };
}
