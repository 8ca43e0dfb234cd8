import { flatMap } from '../../../base/flat-map.ts';
import { all, any, judgement, not, type Judgement } from '../../../model/judgement.ts';
import { never } from '../../../model/quantified.ts';
import { allowancesOf } from '../../../policy/allowance/allowance.ts';
import { denialsIn } from '../../../policy/allowance/denial.ts';
import type { Identity } from '../../../policy/allowance/identity.ts';
import {
  keepsTag,
  allowedServices,
  tagConditions,
  taggingOf,
  type TagCondition,
} from '../../../policy/allowance/tag-control.ts';
import { defineRule, type Context } from '../../rule.ts';

export default defineRule({
  id: 'iam-policy-retaggable-resource',
  on: 'identity',
  topic: 'identity',
  severity: 'medium',
  judged: '2026-11-26',
  title: 'Principals with tag-based access should not be able to change those tags',
  keywords: [
    'ABAC',
    'attribute-based access control',
    'aws:ResourceTag',
    'aws:RequestTag',
    'privilege escalation',
    'retaggable',
  ],
  why: 'A condition on aws:ResourceTag restricts nothing for a principal that can set that tag on any resource: it tags the resource first and then uses the action.',
  remedy: 'Restrict the tagging action to specific resources, or by aws:RequestTag, aws:TagKeys or aws:ResourceTag.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_iam-tags.html':
      'Conditions can test the tags of a resource, of a request and of a principal; those of a request control the tags that can be set.',
    'https://docs.aws.amazon.com/kms/latest/APIReference/API_TagResource.html':
      'Tagging or untagging a key can allow or deny access to it.',
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/supported-iam-actions-tagging.html':
      'Tags control access to resources; the action that sets them is allowed under a condition, so that existing resources cannot be tagged.',
  },
  fix: 'none',
  *check(identity, context) {
    const limits = limitsOf(identity, context);
    if (limits.size === 0) return;
    const services = new Set(limits.keys());
    const denials = flatMap([...identity.grants, ...identity.inherited, ...identity.boundaries], (grant) =>
      denialsIn(grant.policy).map(({ statement }) => ({
        statement,
        there: all(judgement(grant.when), judgement(grant.policy.when)),
      })),
    );
    for (const { policy, when } of identity.grants)
      for (const allowance of allowancesOf(policy, context)) {
        for (const { item, service, action, there } of taggingOf(allowance, services, context)) {
          const open = limits
            .get(service)!
            .map((limit) => ({
              ...limit,
              there: all(
                limit.there,
                not(any(...denials.map((denial) => all(denial.there, keepsTag(denial.statement, action, limit.tag))))),
              ),
            }))
            .filter(({ there: where }) => !never(where));
          const limited = any(...open.map((limit) => limit.there));
          const wrong = all(judgement(when), allowance.when, allowance.leaves(action), there, limited);
          yield {
            violations: [{ wrong, at: item.value }],
            related: () =>
              open
                .slice(0, 3)
                .map((limit) => ({
                  value: limit.condition.values,
                  when: limit.there,
                  message: `${limit.condition.key} restricts access here.`,
                })),
            message: () =>
              `${policy.host.displayName} allows ${action} on all resources. It bypasses the condition on ${open[0]!.condition.key}; restrict tagging to specific resources, or by aws:ResourceTag.`,
          };
        }
      }
  },
});

interface Limit extends TagCondition {
  readonly there: Judgement;
}

/** The tag conditions on permissions of an identity, by the service of the actions. */
function limitsOf({ grants }: Identity, context: Context): ReadonlyMap<string, readonly Limit[]> {
  const limits = new Map<string, Limit[]>();
  for (const { policy, when } of grants)
    for (const allowance of allowancesOf(policy, context)) {
      const found = tagConditions(allowance.statement).map((one) => ({
        ...one,
        there: all(judgement(when), allowance.when, judgement(one.condition.when)),
      }));
      if (found.length === 0) continue;
      for (const service of allowedServices(allowance))
        limits.set(service, [...(limits.get(service) ?? []), ...found].slice(0, MOST_LIMITS));
    }
  return limits;
}

/**
 * The maximum number of tag conditions of a service. One is sufficient; others are considered in case it does not exist
 * in every scenario.
 */
const MOST_LIMITS = 8;
