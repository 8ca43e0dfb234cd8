import { flatMap } from '../../../base/flat-map.ts';
import { once } from '../../../base/once.ts';
import { some } from '../../../base/words.ts';
import type { Fix } from '../../../model/edit.ts';
import {
  all,
  any,
  exists,
  is,
  isPresent,
  judgement,
  NO,
  not,
  type Judgement,
  type Predicate,
} from '../../../model/judgement.ts';
import { itemsOf } from '../../../model/navigate.ts';
import type { Statement } from '../../../model/policy.ts';
import { never, sometimes } from '../../../model/quantified.ts';
import type { Leaf, Value } from '../../../model/value.ts';
import { ACCOUNT_SETTINGS } from '../../../policy/data/account-settings.ts';
import { actionPattern, actionTest, type Action } from '../../../policy/data/action.ts';
import {
  allowancesOf,
  ANY_ACTION,
  leavesIam,
  namesIdentities,
  type Allowance,
} from '../../../policy/allowance/allowance.ts';
import { everyResource } from '../../../policy/resource/arn-shape.ts';
import { arnFormsOf, namesEvery } from '../../../policy/allowance/denial.ts';
import { escalationsLeft } from '../../../policy/escalation/escalations-left.ts';
import { writtenIn } from '../../../policy/statement/written.ts';
import { shapeOf } from '../../../policy/text/unknown-piece.ts';
import { limiting } from '../../../policy/allowance/limiting.ts';
import { narrowedActions } from '../../../policy/narrowing/narrow-actions.ts';
import { coversAllOf, broadResources } from '../../../policy/resource/resource-pattern.ts';
import { givesPermissions } from '../../../policy/data/risk.ts';
import { conditional, restrictsResources } from '../../../policy/condition/scope.ts';
import { isAnywhere } from '../../../policy/resource/whole-type.ts';
import { analyzerAliases } from '../../access-analyzer.ts';
import { defineRule, type Context, type Report } from '../../rule.ts';
import { EVERY_ACTION, namesEveryAction } from './every-action.ts';
import { principalsKeeping, WITHIN_BOUNDARY } from '../identity/identity-words.ts';
import {
  isOfIam,
  managesPermissions,
  namedServices,
  representativeActions,
  wholeSharingService,
  WHOLE_IAM,
  wholeService,
  writes,
} from './whole-service.ts';
import { ofCustomerManaged } from './customer-managed.ts';
import { EVERYTHING, FULL_ACCESS, OF_S3, OTHER_SERVICES, UNCONSTRAINED_WRITE, WHOLE_S3 } from './wildcard-peers.ts';
import { decidedByResources } from '../decided-by.ts';

const CONTROLS = { securityHub: ['IAM.21'] };

export default defineRule({
  id: 'iam-policy-service-wildcard-action',
  on: 'policy',
  selfContained: true,
  kinds: ['identity', 'permission-set'],
  needs: { statement: ['allow', 'wildcard-action'] },
  topic: 'identity',
  severity: 'high',
  judged: '2026-11-24',
  title: 'IAM policies should not allow all actions of a service',
  keywords: ['service wildcard', 's3:*', 'full access to a service', 'least privilege', 'excessive permissions'],
  why: 'No workload needs all actions of a service: they include actions that delete resources, share them with other accounts, and those that AWS adds later.',
  remedy:
    'List the actions that are needed, with a common prefix where there are many (ec2:Describe*), and restrict Resource.',
  sources: {
    'config:iam-policy-no-statements-with-full-access':
      'Policies that you create should not allow all actions of a service, such as ec2:*; a common prefix such as ec2:Describe* is accepted.',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-21':
      'IAM.21: a policy fails when a statement allows Action "service:*".',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html':
      'A wildcard instead of the action name matches all actions of a service; prefix and name are case insensitive.',
  },
  aliases: {
    checkov: ['CKV2_AWS_40', 'CKV_AWS_49', 'CKV_AWS_63', ...UNCONSTRAINED_WRITE],
    trivy: ['AWS-0057', 'AWS-0345'],
    cfn_nag: EVERYTHING.cfn_nag,
    guard: [...FULL_ACCESS, ...EVERYTHING.guard],
    ...analyzerAliases('PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE', 'PASS_ROLE_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE'),
  },
  controls: CONTROLS,
  fix: 'suggestion',
  subsumes: ['iam-policy-create-slr-wildcard'],
  *check(policy, context) {
    const at = policy.host.displayName;
    const controls = ofCustomerManaged(policy, CONTROLS);
    for (const allowance of allowancesOf(policy, context)) {
      const { statement, when: allowed, actions } = allowance;
      const wildcards = actions.items.filter(
        ({ value }) => !never(any(is(value, wholeService(context)), is(value, EVERY_ACTION))),
      );
      if (wildcards.length === 0) continue;
      const resources = broadResources(itemsOf(statement.resources, true));
      const limits = limiting(allowance.held, context);
      const narrow = restrictsResources(limits);
      const limited = conditional(limits);
      const fewer = not(namesEveryAction(actions));
      const notListed = sometimes(isPresent(statement.notResources));
      const but = notListed ? ' outside NotResource' : '';
      // Deny statements reduce the actions that the entry allows.
      const denied = (shown: string, where = '', everywhere = ` on all resources${but}`): string | undefined =>
        allowance.isReduced(shown)
          ? `${at} allows ${shown}${everywhere}${where}${limitOf(allowance, shown)}. List the actions and resources that are needed.`
          : undefined;
      // For iam:*, the remaining actions that can escalate privileges count.
      const escalations = once(() => escalationsLeft(context.iam, (action) => allowance.leaves(action)));
      const escalating = (shown: string): string | undefined =>
        allowance.isReduced(shown) && isOfIam(shown) && escalations().actions.length > 0
          ? `${at} allows ${shown} on all resources${but}. Its ${allowance.isBounded(shown) ? 'permissions boundary leaves' : 'Deny statements leave'} ${some(escalations().actions, 3)} for privilege escalation; list the actions that are needed.`
          : undefined;
      const fixes = (_: Leaf, wildcard: Value): readonly Fix[] =>
        narrowedActions({
          policy,
          statement,
          at: wildcard,
          stack: context.stack,
          actionsOf: context.actions,
          quotaOf: context.quota,
          iam: context.iam,
        });
      const fixable = { fixes, decidedBy: () => decidedByResources(statement) };
      // The wildcards of a statement have one cause, so they are one finding.
      const together = (what: string, where: string): Pick<Report, 'cause'> => ({
        cause: {
          of: statement.value,
          what,
          message: (names) =>
            `${at} allows ${some(names, 3)} ${where}${allowance.isReduced(names[0]!) ? limitOf(allowance, names[0]!) : ''}. List the actions and resources that are needed.`,
        },
      });
      const onAll = together('everywhere', `on all resources${but}`);
      for (const action of wildcards) {
        const shared = { ...fixable, related: () => principalsKeeping(allowance, representativeActions(action.value)) };
        const others = sometimes(is(action.value, WHOLE_S3)) ? OF_S3 : OTHER_SERVICES;
        // With Resource "*" and no conditions, it is also write access without constraints.
        const unconstrained = notListed ? others : { ...others, checkov: UNCONSTRAINED_WRITE };
        const service = is(action.value, wholeService(context));
        const everything = is(action.value, EVERY_ACTION);
        const named = all(allowed, fewer, judgement(action.when), service);
        if (never(named) && never(everything)) continue;
        const whole = all(named, allowance.leavesOne(action.value, writes, 'some'));
        const everywhere = all(
          named,
          allowance.leavesOne(action.value, writes),
          any(
            exists(resources, (item) => coversAllOf(item.value, action.value)),
            notListed ? leavesTypes(statement, action.value, context) : NO,
          ),
          not(narrow),
        );
        yield {
          ...shared,
          ...onAll,
          violations: [
            {
              wrong: all(everywhere, is(action.value, WHOLE_IAM), leavesIam(allowance), not(limited)),
              at: action.value,
              controls,
              aliases: {
                checkov: ['CKV2_AWS_40', ...(notListed ? [] : UNCONSTRAINED_WRITE)],
                trivy: ['AWS-0057'],
                guard: FULL_ACCESS,
                ...analyzerAliases(
                  notListed
                    ? 'PASS_ROLE_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE'
                    : 'PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE',
                ),
              },
            },
          ],
          severity: 'critical',
          message: (shown) =>
            escalating(shown) ??
            denied(shown) ??
            `${at} allows all IAM actions on all resources${but}. They allow privilege escalation; list the actions and resources that are needed.`,
        };
        yield {
          ...shared,
          ...onAll,
          violations: [
            {
              wrong: all(
                everywhere,
                is(action.value, wholeSharingService(context)),
                any(
                  all(is(action.value, WHOLE_IAM), escalations().where),
                  all(not(is(action.value, WHOLE_IAM)), allowance.leavesOne(action.value, sharing(context))),
                ),
                not(limited),
              ),
              at: action.value,
              controls,
              aliases: unconstrained,
            },
          ],
          message: (shown) =>
            escalating(shown) ??
            denied(shown) ??
            `${at} allows ${shown} on all resources${but}. It can delete and share them; list the actions and resources that are needed.`,
        };
        yield {
          ...shared,
          ...onAll,
          violations: [{ wrong: all(everywhere, not(limited)), at: action.value, controls, aliases: unconstrained }],
          severity: 'medium',
          message: (shown) =>
            denied(shown) ??
            `${at} allows ${shown} on all resources${but}. It includes future actions; list the actions and resources that are needed.`,
        };
        yield {
          ...shared,
          ...together('conditions', `on all resources${but} under conditions`),
          violations: [{ wrong: everywhere, at: action.value, controls, aliases: others }],
          severity: 'medium',
          message: (shown) =>
            denied(shown, ' under conditions') ??
            `${at} allows ${shown} on all resources${but} under conditions. List the actions and resources that are needed.`,
        };
        const onType = exists(resources, (item) =>
          all(is(item.value, wholeType(action.value, context)), not(coversAllOf(item.value, action.value))),
        );
        yield {
          ...shared,
          ...together('types', 'on all resources of a type'),
          violations: [
            {
              wrong: all(named, allowance.leavesOne(action.value, writes), onType, not(narrow), not(limited)),
              at: action.value,
              controls,
              aliases: others,
            },
          ],
          severity: 'medium',
          message: (shown) =>
            `${at} allows ${shown} on all resources of a type. List the actions and resources that are needed.`,
        };
        yield {
          ...shared,
          ...together('share', `on all resources${but}, including sharing them`),
          violations: [
            {
              wrong: notListed
                ? all(
                    named,
                    is(action.value, wholeSharingService(context)),
                    leavesToShare(allowance, action.value, context),
                    not(narrow),
                    not(limited),
                  )
                : NO,
              at: action.value,
              controls,
              aliases: others,
            },
          ],
          severity: 'medium',
          message: (shown) =>
            `${at} allows ${shown} on all resources${but}. It can share them; list the actions and resources that are needed.`,
        };
        // These actions do not apply to resources that NotResource could list.
        yield {
          ...fixable,
          ...together('settings', `on every resource${but}, including account settings`),
          violations: [
            {
              wrong: notListed ? all(named, changesSettings(allowance, action.value), not(limited)) : NO,
              at: action.value,
              controls,
              aliases: others,
            },
          ],
          severity: 'medium',
          message: (shown) =>
            `${at} allows ${shown} on all resources${but}, including account settings. List the actions and resources that are needed.`,
        };
        yield {
          ...shared,
          ...together('named', 'on the listed resources'),
          violations: [
            {
              wrong: whole,
              at: action.value,
              controls,
              aliases: never(is(action.value, WHOLE_IAM))
                ? others
                : { checkov: ['CKV2_AWS_40'], trivy: ['AWS-0057'], guard: FULL_ACCESS },
            },
          ],
          severity: 'low',
          profile: 'strict',
          message: (shown) =>
            denied(shown, ' on the listed resources', '') ??
            `${at} allows ${shown} on the listed resources. It can delete them; list the actions that are needed.`,
        };
        // Another rule reports it on all resources.
        yield {
          ...shared,
          violations: [
            {
              wrong: all(
                allowed,
                judgement(action.when),
                everything,
                allowance.leaves(ANY_ACTION, 'some'),
                not(
                  all(
                    allowance.leaves(ANY_ACTION),
                    exists(resources, (item) => coversAllOf(item.value, action.value)),
                  ),
                ),
              ),
              at: action.value,
              aliases: EVERYTHING,
              // The control is about the wildcard of a service.
              controls: {},
            },
          ],
          severity: 'low',
          profile: 'strict',
          message: `${at} allows all actions on the listed resources. It can delete them; list the actions that are needed.`,
        };
      }
    }
  },
});

/** The limits that remove some actions of an entry, as the rest of a sentence. */
function limitOf(allowance: Allowance, entry: string): string {
  return allowance.isBounded(entry) ? WITHIN_BOUNDARY : ', except actions that it denies';
}

/** Whether a wildcard includes an action that changes a setting of the whole account. */
function changesSettings(allowance: Allowance, action: Value): Judgement {
  return any(...[...ACCOUNT_SETTINGS.keys()].map((name) => all(is(action, actionTest(name)), allowance.leaves(name))));
}

/** Whether an action can grant others access to a resource. */
function sharing({ iam }: Context): (service: string, action: Action) => boolean {
  return iam ? (service, action) => givesPermissions(iam, service, action) : managesPermissions;
}

/**
 * A resource that matches all resources of a type of an action's service, in any Region and account:
 * `arn:aws:dynamodb:*:*:table/*`.
 */
function wholeType(action: Value, { actions }: Context): Predicate {
  const services = namedServices(action, actions);
  const holds = (arn: string): boolean =>
    isAnywhere(arn) &&
    services.some(({ resourceTypes }) => everyResource(flatMap(resourceTypes, ({ arns }) => arns))(arn) === true);
  return {
    known: ({ raw }) => holds(raw),
    text: (text) => holds(shapeOf(text)),
    reference: () => false,
    collection: false,
  };
}

/**
 * The scenarios in which NotResource does not exclude the resources that make full access to a service dangerous:
 * identities or policies of IAM, or resources of every type of another service.
 */
function leavesTypes(statement: Statement, action: Value, context: Context): Judgement {
  if (sometimes(is(action, WHOLE_IAM))) return namesIdentities(statement, context);
  const services = namedServices(action, context.actions);
  return services.length === 0
    ? NO
    : all(
        ...flatMap(services, ({ resourceTypes }) =>
          resourceTypes.map(({ arns }) => namesEvery(statement, everyResource(arns))),
        ),
      );
}

/** Where NotResource allows all resources of a permissions management action. */
function leavesToShare(allowance: Allowance, action: Value, { actions }: Context): Judgement {
  const named = flatMap(writtenIn(action), (written) => {
    const service = actionPattern(written)?.service ?? '';
    const sharing = actions(service)?.actions.filter((one) => managesPermissions('', one)) ?? [];
    return sharing.map((one) => `${service}:${one.name}`);
  });
  return any(
    ...named.map((one) => {
      const { any: forms } = arnFormsOf(actions, one);
      return forms.length === 0
        ? NO
        : all(allowance.leaves(one), namesEvery(allowance.statement, everyResource(forms)));
    }),
  );
}
