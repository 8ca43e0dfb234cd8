import { some } from '../../../base/words.ts';
import type { Aliases } from '../../../model/finding.ts';
import { all, among, any, isPresent, judgement, not, UNKNOWABLE, YES } from '../../../model/judgement.ts';
import { never, sometimes, unlessUnknown } from '../../../model/quantified.ts';
import { unseenBoundary } from '../../../policy/allowance/boundary.ts';
import { NEEDED, needsOf, type Need } from '../../../policy/workload/function-needs.ts';
import type { Identity } from '../../../policy/allowance/identity.ts';
import { mayDo } from '../../../policy/allowance/may-do.ts';
import { defineRule, OF_RESOURCES, type Context } from '../../rule.ts';

/** The check of another tool, which is only about the permissions for logs. */
const OF_LOGS: Aliases = { cfn_nag: ['W58'] };

export default defineRule({
  id: 'iam-role-permission-missing',
  on: 'identity',
  formats: OF_RESOURCES,
  topic: 'operations',
  severity: 'medium',
  judged: '2026-11-26',
  title: 'Lambda execution roles should have the permissions that the function needs',
  keywords: [
    'missing permissions',
    'AWSLambdaVPCAccessExecutionRole',
    'event source mapping',
    'dead-letter queue',
    'AccessDenied',
    'IAM role',
  ],
  why: 'A function uses its execution role for its VPC, event sources and dead-letter queue. Without the permissions, the deployment fails, or the function cannot read, send or log its data.',
  remedy: 'Allow the actions on the resource that the function uses, in a policy of its execution role.',
  sources: {
    'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSLambdaVPCAccessExecutionRole.html':
      'For a function in a VPC the AWS managed policy allows creating, describing and deleting network interfaces, and writing logs.',
    'https://repost.aws/knowledge-center/lambda-function-iam-permissions':
      'A function can access a service or resource only with the permissions of its execution role; an event source mapping reads and manages the items of the event source with the permissions of that role.',
  },
  aliases: OF_LOGS,
  fix: 'none',
  judgesElsewhere: true,
  *check(identity, context) {
    if (identity.resource.type !== 'AWS::IAM::Role' || !context.iam) return;
    for (const { resource, when } of identity.resource.related('role-users').edges) {
      if (resource.type !== 'AWS::Lambda::Function') continue;
      for (const need of needsOf(resource)) {
        if (never(need.when)) continue;
        const lacking = need.actions
          .map((action) => ({ action, lacks: lacks(identity, action, context) }))
          .filter(({ lacks: one }) => !never(one));
        if (lacking.length === 0) continue;
        yield {
          violations: [
            {
              wrong: all(judgement(when), need.when, any(...lacking.map(({ lacks: one }) => one))),
              at: need.at,
              aliases: isForLogs(need) ? OF_LOGS : {},
            },
          ],
          message: () =>
            messageOf(
              identity,
              need,
              resource.displayName,
              lacking.map(({ action }) => action),
            ),
          ...(isForLogs(need) ? ({ severity: 'low', profile: 'strict' } as const) : {}),
          subjects: [resource, ...(need.by ? [need.by] : [])],
          related: [
            {
              value: identity.resource.self,
              message: `${identity.resource.displayName} is the role of ${resource.displayName}.`,
            },
          ],
        };
      }
    }
  },
});

function isForLogs({ what }: Need): boolean {
  return what === 'to write its logs';
}

/**
 * Where no policy allows the role an action. Other stacks can attach policies to it, so the result is not certain for
 * an incomplete stack.
 */
function lacks(identity: Identity, action: string, context: Context) {
  const { iam, stack } = context;
  const may = mayDo(identity, action, { ...context, iam: iam! }, NEEDED);
  const lacking = not(among(may, stack.closed ? YES : UNKNOWABLE));
  // Organizations prescribe boundaries in other stacks. That their content is unknown is not a mistake of this one.
  return any(unlessUnknown(lacking), all(lacking, not(unseenBoundary(identity, context))));
}

function messageOf(
  { resource, boundary }: Identity,
  { what }: Need,
  lambda: string,
  actions: readonly string[],
): string {
  if (boundary && sometimes(isPresent(boundary))) {
    return `The role ${resource.displayName} lacks ${some(actions, 2)}. ${lambda} needs ${actions.length > 1 ? 'them' : 'it'} ${what}; allow ${actions.length > 1 ? 'them' : 'it'} in its policies and its permissions boundary.`;
  }
  return `The role ${resource.displayName} lacks ${some(actions, 2)}. ${lambda} needs ${actions.length > 1 ? 'them' : 'it'} ${what}; allow ${actions.length > 1 ? 'them' : 'it'} in a policy of the role.`;
}
