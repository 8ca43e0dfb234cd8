import { capital } from '../../../base/words.ts';
import { all, any, exists, is, isPresent, not, type Judgement, type Predicate } from '../../../model/judgement.ts';
import { itemsOf } from '../../../model/navigate.ts';
import type { Statement } from '../../../model/policy.ts';
import { never } from '../../../model/quantified.ts';
import { allowancesOf } from '../../../policy/allowance/allowance.ts';
import { actionMatchesOf, type ActionMatch } from '../../../policy/allowance/action-match.ts';
import { EVERY_SERVICE_ROLE, broadResources } from '../../../policy/resource/resource-pattern.ts';
import { namesService } from '../../../policy/condition/scope.ts';
import { analyzerAliases, severityOf, type Code } from '../../access-analyzer.ts';
import { weakCondition } from '../../../policy/condition/weak-condition.ts';
import { defineRule } from '../../rule.ts';

const ACTION = 'iam:CreateServiceLinkedRole';

export default defineRule({
  id: 'iam-policy-create-slr-wildcard',
  on: 'policy',
  selfContained: true,
  kinds: ['identity', 'permission-set'],
  needs: { statement: ['allow', ['wildcard-resource', 'not-resource']], services: ['iam'] },
  topic: 'identity',
  ...severityOf('CREATE_SLR_WITH_STAR_IN_RESOURCE'),
  judged: '2026-11-26',
  title: 'iam:CreateServiceLinkedRole should be restricted to specific services',
  keywords: ['service-linked role', 'SLR', 'iam:AWSServiceName', 'wildcard', 'least privilege'],
  why: 'A service-linked role allows a service to act in the account with permissions that AWS defines. A principal that can create one for any service can enable services that are not monitored.',
  remedy: 'Restrict Resource to the ARN of the service-linked role, or add a condition on iam:AWSServiceName.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html':
      'General warnings: iam:CreateServiceLinkedRole with a wildcard in the resource or with NotResource, by its name, by a wildcard or by NotAction, may create unintended roles; resource ARNs should be specified.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/create-service-linked-role.html':
      'The condition key iam:AWSServiceName and the ARN arn:aws:iam::*:role/aws-service-role/SERVICE/ROLE restrict the service for which a role can be created.',
  },
  aliases: {
    'access-analyzer': [
      'CREATE_SLR_WITH_NOT_ACTION_AND_NOT_RESOURCE',
      'CREATE_SLR_WITH_NOT_RESOURCE',
      'CREATE_SLR_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE',
      'CREATE_SLR_WITH_STAR_IN_ACTION_AND_RESOURCE',
      'CREATE_SLR_WITH_STAR_IN_RESOURCE',
      'CREATE_SLR_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION',
    ],
  },
  fix: 'none',
  *check(policy, context) {
    const at = policy.host.displayName;
    for (const allowance of allowancesOf(policy, context)) {
      const { statement, when } = allowance;
      const reaches = actionMatchesOf(allowance, ACTION);
      if (reaches.length === 0) continue;
      const open = all(when, allowance.leaves(ACTION), not(limited(statement)));
      if (never(open)) continue;
      const weak = weakCondition(statement, (key) => key === 'iam:awsservicename');
      const everywhere = exists(broadResources(itemsOf(statement.resources, true)), ({ value }) =>
        is(value, EVERY_SERVICE_ROLE),
      );
      for (const reach of reaches)
        for (const [where, codes] of [
          [everywhere, ON_RESOURCE],
          [isPresent(statement.notResources), ON_NOT_RESOURCE],
        ] as const) {
          const wrong = all(open, reach.when, where);
          yield {
            violations: [{ wrong, at: reach.at, aliases: analyzerAliases(codes[reach.by]) }],
            ...severityOf(codes[reach.by]),
            message: (shown) =>
              `${at} allows ${reach.by === 'name' ? ACTION : reach.by === 'wildcard' ? `${ACTION} (by ${shown})` : `${ACTION} (by NotAction)`} for any service${codes === ON_NOT_RESOURCE ? ' outside NotResource' : ''}. ${weak ? `${capital(weak.because)}. ${weak.remedy}` : 'Restrict Resource to the role ARN, or add a condition on iam:AWSServiceName'}.`,
          };
        }
    }
  },
});

const ON_RESOURCE: Readonly<Record<ActionMatch['by'], Code>> = {
  name: 'CREATE_SLR_WITH_STAR_IN_RESOURCE',
  wildcard: 'CREATE_SLR_WITH_STAR_IN_ACTION_AND_RESOURCE',
  'not-action': 'CREATE_SLR_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION',
};
const ON_NOT_RESOURCE: Readonly<Record<ActionMatch['by'], Code>> = {
  name: 'CREATE_SLR_WITH_NOT_RESOURCE',
  wildcard: 'CREATE_SLR_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE',
  'not-action': 'CREATE_SLR_WITH_NOT_ACTION_AND_NOT_RESOURCE',
};

/** Whether a condition names services. A pattern that begins with a wildcard matches services with any name. */
function limited({ conditions }: Statement): Judgement {
  return any(
    ...conditions.map((condition) =>
      all(
        namesService(condition, 'iam:awsservicename'),
        not(exists(itemsOf(condition.values, true), ({ value }) => is(value, BEGINS_OPEN))),
      ),
    ),
  );
}

const BEGINS_OPEN: Predicate = {
  known: ({ raw }) => /^[*?]/.test(raw),
  text: ({ pieces: [first] }) => typeof first === 'string' && /^[*?]/.test(first),
  reference: () => false,
  collection: false,
};
