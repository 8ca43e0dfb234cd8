import { all, judgement } from '../../../model/judgement.ts';
import { itemsOf } from '../../../model/navigate.ts';
import { actionPattern } from '../../../policy/data/action.ts';
import { arnOf } from '../../../policy/resource/arn-fault.ts';
import { isThere } from '../../../policy/statement/elements.ts';
import { mayAct, mayBeIn } from '../../../policy/data/shared-services.ts';
import { foundIn, writtenAction, writtenResource } from '../../../policy/statement/written.ts';
import { analyzerAliases, severityOf } from '../../access-analyzer.ts';
import { defineRule } from '../../rule.ts';

export default defineRule({
  id: 'iam-policy-foreign-service',
  on: 'policy',
  selfContained: true,
  kinds: ['trust', 'resource'],
  topic: 'identity',
  ...severityOf('UNSUPPORTED_ACTION_IN_POLICY'),
  judged: '2026-11-26',
  title: 'Resource-based policies should use only actions and ARNs of their own service',
  keywords: ['foreign service', 'unsupported action', 'unsupported resource ARN', 'bucket policy', 'key policy'],
  why: 'A resource-based policy applies only to its own resource. AWS rejects actions and ARNs of other services in it, or ignores them.',
  remedy:
    'Use actions of the service of the resource, and allow others in an identity-based policy or in the policy of the other resource.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html':
      'Errors: an action, or a resource ARN, that the resource-based policy of this type of resource does not support, such as those of AWS KMS in the policy of a bucket.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_terms-and-concepts.html':
      'A role trust policy defines the principals that can assume the role; it is a resource-based policy of the role.',
  },
  aliases: { 'access-analyzer': ['UNSUPPORTED_ACTION_IN_POLICY', 'UNSUPPORTED_RESOURCE_ARN_IN_POLICY'] },
  fix: 'none',
  subsumes: ['iam-policy-action-resource-mismatch', 'iam-policy-invalid-arn', 'iam-policy-unknown-action'],
  *check(policy, { stack, iam }) {
    const own = policy.kind === 'trust' ? 'sts' : policy.kind === 'resource' ? policy.service : undefined;
    if (own === undefined || !iam) return;
    const at = policy.host.displayName;
    const textOf = writtenResource(stack);
    const foreignAction = (text: string): string | undefined => {
      const service = actionPattern(text)?.service;
      // Another rule reports an unknown service.
      return service !== undefined && iam.services.has(service) && !mayAct(own, service) ? service : undefined;
    };
    const foreignArn = (text: string): string | undefined => {
      const service = arnOf(text)?.service.toLowerCase();
      return service !== undefined && iam.services.has(service) && !mayBeIn(own, service) ? service : undefined;
    };
    for (const statement of policy.statements) {
      for (const items of [itemsOf(statement.actions, true), itemsOf(statement.notActions, true)])
        for (const { value, when } of items.items) {
          for (const { what, wrong } of foundIn(value, writtenAction, foreignAction))
            yield {
              violations: [
                {
                  wrong: all(isThere(policy, statement), judgement(when), wrong),
                  at: value,
                  aliases: analyzerAliases('UNSUPPORTED_ACTION_IN_POLICY'),
                },
              ],
              ...severityOf('UNSUPPORTED_ACTION_IN_POLICY'),
              message: (shown) =>
                `${at} supports only ${policy.kind === 'trust' ? 'sts' : own} actions, not ${shown}. AWS rejects or ignores actions of ${what}; use actions of ${own}.`,
            };
        }
      if (policy.kind === 'trust') continue;
      for (const items of [itemsOf(statement.resources, true), itemsOf(statement.notResources, true)])
        for (const { value, when } of items.items) {
          for (const { what, wrong } of foundIn(value, textOf, foreignArn))
            yield {
              violations: [
                {
                  wrong: all(isThere(policy, statement), judgement(when), wrong),
                  at: value,
                  aliases: analyzerAliases('UNSUPPORTED_RESOURCE_ARN_IN_POLICY'),
                },
              ],
              ...severityOf('UNSUPPORTED_RESOURCE_ARN_IN_POLICY'),
              message: (shown) =>
                `${at} lists ${shown} of ${what}, but belongs to a resource of ${own}. AWS rejects or ignores this ARN; use that of the resource itself.`,
            };
        }
    }
  },
});
