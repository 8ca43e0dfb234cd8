import { some } from '../../base/words.ts';
import { all, judgement } from '../../model/judgement.ts';
import { itemsOf } from '../../model/navigate.ts';
import { actionPattern, isEverything } from '../../policy/action.ts';
import { isThere } from '../../policy/elements.ts';
import { HOLE } from '../../policy/hole.ts';
import { foundIn, writtenAction, writtenResource } from '../../policy/written.ts';
import { severityOf } from '../access-analyzer.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'iam-policy-wildcard-service',
  on: 'policy',
  selfContained: true,
  topic: 'identity',
  ...severityOf('WILDCARD_IN_SERVICE_NAME'),
  since: '0.1',
  title: 'IAM policy names services without wildcards',
  why: 'A wildcard in the name of a service also stands for services with similar names, and for those that AWS adds later.',
  remedy: 'Write the prefix of each service that is meant.',
  sources: [
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html',
      claim:
        'Suggestion: a wildcard in a service name may give access to other services with similar names; arn:aws:*code*::111122223333:* is an example.',
      seen: '2026-11-26',
    },
  ],
  aliases: { 'access-analyzer': ['WILDCARD_IN_SERVICE_NAME'] },
  controls: {},
  fix: 'none',
  *check(policy, { stack }) {
    const at = policy.host.displayName;
    const textOf = writtenResource(stack);
    for (const statement of policy.statements) {
      for (const [elements, read, find, instead] of [
        [
          [statement.actions, statement.notActions],
          writtenAction,
          serviceOfAction,
          'Write the prefixes of the services that are meant.',
        ],
        [
          [statement.resources, statement.notResources],
          textOf,
          serviceOfArn,
          'Write an ARN for each service that is meant.',
        ],
      ] as const)
        for (const element of elements) {
          const found = itemsOf(element, true).items.flatMap(({ value, when }) =>
            foundIn(value, read, find).map(({ what, wrong }) => ({
              what,
              value,
              wrong: all(isThere(policy, statement), judgement(when), wrong),
            })),
          );
          // A list of them has one cause.
          if (found.length > 0)
            yield {
              violations: found.map(({ what, value, wrong }) => ({
                wrong,
                at: value,
                also: `${what} has a wildcard as well.`,
              })),
              message: (shown) =>
                found.length > 1
                  ? `The policy in ${at} names services by wildcards (${some(
                      found.map(({ what }) => what),
                      3,
                    )}), which also match services that AWS adds later. ${instead}`
                  : `The policy in ${at} names ${shown}, in which ${found[0]!.what} matches every service of such a name, also later ones. ${instead}`,
            };
        }
    }
  },
});

function serviceOfAction(written: string): string | undefined {
  const pattern = actionPattern(written);
  return pattern && !isEverything(pattern) && /[*?]/.test(pattern.service) ? written.split(':')[0] : undefined;
}

/** An ARN of nothing but stars stands for everything, which other rules say. */
function serviceOfArn(written: string): string | undefined {
  const service = /^arn:[^:]*:([^:*?]*[*?][^:]*):/.exec(written)?.[1];
  return service !== undefined && !service.includes(HOLE) && !/^arn:[^:]*(:\*+)+$/.test(written) ? service : undefined;
}
