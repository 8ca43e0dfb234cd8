import { flatMap } from '../../../base/flat-map.ts';
import { addTo } from '../../../base/groups.ts';
import { all, judgement, type Judgement } from '../../../model/judgement.ts';
import { itemsOf } from '../../../model/navigate.ts';
import type { PolicyDocument, Statement } from '../../../model/policy.ts';
import type { Leaf, Value } from '../../../model/value.ts';
import { actionPattern } from '../../../policy/data/action.ts';
import { parsedArn } from '../../../policy/resource/arn-fault.ts';
import { statementExists } from '../../../policy/statement/elements.ts';
import { mayAct, mayBeIn } from '../../../policy/data/shared-services.ts';
import { resultsOf, writtenAction, writtenResource } from '../../../policy/statement/written.ts';
import { analyzerAliases, severityOf, type Code } from '../../access-analyzer.ts';
import { defineRule, type Report } from '../../rule.ts';

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
      const service = parsedArn(text)?.service.toLowerCase();
      return service !== undefined && iam.services.has(service) && !mayBeIn(own, service) ? service : undefined;
    };
    for (const statement of policy.statements) {
      const { actions, notActions, resources, notResources } = statement;
      for (const [service, found] of foreignIn([actions, notActions], writtenAction, foreignAction))
        yield {
          ...reportOf('UNSUPPORTED_ACTION_IN_POLICY', policy, statement, found),
          message: (shown, _, __, others) =>
            `${at} supports only ${own} actions, not ${shown}${more(others())}. AWS rejects or ignores actions of ${service}; use actions of ${own}.`,
        };
      if (policy.kind === 'trust') continue;
      for (const [service, found] of foreignIn([resources, notResources], textOf, foreignArn))
        yield {
          ...reportOf('UNSUPPORTED_RESOURCE_ARN_IN_POLICY', policy, statement, found),
          message: (shown, _, __, others) =>
            `${at} lists ${shown}${more(others())} of ${service}, but belongs to a resource of ${own}. AWS rejects or ignores such ARNs; use that of the resource itself.`,
        };
    }
  },
});

interface Foreign {
  readonly value: Value;
  readonly wrong: Judgement;
}

/** The actions or ARNs of other services in lists, by service: those of one service in a statement are one mistake. */
function foreignIn(
  lists: readonly Value[],
  textOf: (leaf: Leaf) => string | undefined,
  serviceOf: (text: string) => string | undefined,
): Map<string, Foreign[]> {
  const groups = new Map<string, Foreign[]>();
  for (const { value, when } of flatMap(lists, (list) => itemsOf(list, true).items))
    for (const { what, wrong } of resultsOf(value, textOf, serviceOf))
      addTo(groups, what, { value, wrong: all(judgement(when), wrong) });
  return groups;
}

/** What the findings about foreign actions and ARNs have in common. */
function reportOf(
  code: Code,
  policy: PolicyDocument,
  statement: Statement,
  found: readonly Foreign[],
): Pick<Report, 'violations' | 'severity' | 'profile'> {
  return {
    violations: found.map(({ value, wrong }) => ({
      wrong: all(statementExists(policy, statement), wrong),
      at: value,
      aliases: analyzerAliases(code),
    })),
    ...severityOf(code),
  };
}

/** The number of other values of the same service, after the first. */
function more({ length }: readonly unknown[]): string {
  return length === 0 ? '' : ` and ${length} more`;
}
