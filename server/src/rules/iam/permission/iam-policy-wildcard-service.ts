import { flatMap } from '../../../base/flat-map.ts';
import { some } from '../../../base/words.ts';
import { all, judgement } from '../../../model/judgement.ts';
import { itemsOf } from '../../../model/navigate.ts';
import { actionPattern, isEverything } from '../../../policy/data/action.ts';
import { statementExists } from '../../../policy/statement/elements.ts';
import { UNKNOWN_PIECE } from '../../../policy/text/unknown-piece.ts';
import { resultsOf, writtenAction, writtenResource } from '../../../policy/statement/written.ts';
import { severityOf } from '../../access-analyzer.ts';
import { defineRule } from '../../rule.ts';

export default defineRule({
  id: 'iam-policy-wildcard-service',
  on: 'policy',
  selfContained: true,
  needs: { statement: [['any-service', 'wildcard-resource', 'not-resource']] },
  topic: 'identity',
  ...severityOf('WILDCARD_IN_SERVICE_NAME'),
  judged: '2026-11-29',
  title: 'Policies should not use wildcards in service names',
  keywords: ['wildcard service prefix', 'least privilege', 'future services'],
  why: 'A wildcard in a service name also matches services with similar names, and services that AWS adds later.',
  remedy: 'Specify the prefix of each service.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html':
      'Suggestion: a wildcard in a service name may give access to other services with similar names; arn:aws:*code*::111122223333:* is an example.',
  },
  accessed: '2026-11-26',
  aliases: { 'access-analyzer': ['WILDCARD_IN_SERVICE_NAME'] },
  fix: 'none',
  *check(policy, { stack }) {
    const at = policy.host.displayName;
    const textOf = writtenResource(stack);
    for (const statement of policy.statements) {
      for (const [elements, read, find, instead] of [
        [[statement.actions, statement.notActions], writtenAction, serviceOfAction, 'specify each service prefix'],
        [[statement.resources, statement.notResources], textOf, serviceOfArn, 'specify an ARN for each service'],
      ] as const)
        for (const element of elements) {
          const found = flatMap(itemsOf(element, true).items, ({ value, when }) =>
            resultsOf(value, read, find).map(({ what, wrong }) => ({
              what,
              value,
              wrong: all(statementExists(policy, statement), judgement(when), wrong),
            })),
          );
          // All wildcards of a list are one finding.
          if (found.length > 0)
            yield {
              violations: found.map(({ what, value, wrong }) => ({
                wrong,
                at: value,
                also: `${what} also has a wildcard.`,
              })),
              message: (shown) =>
                found.length > 1
                  ? `${at} has wildcards in service names (${some(
                      found.map(({ what }) => what),
                      3,
                    )}). They also match services that AWS adds later; ${instead}.`
                  : `${at} has a wildcard in the service name of ${shown}. It also matches services that AWS adds later; ${instead}.`,
            };
        }
    }
  },
});

function serviceOfAction(written: string): string | undefined {
  const pattern = actionPattern(written);
  return pattern && !isEverything(pattern) && /[*?]/.test(pattern.service) ? written.split(':')[0] : undefined;
}

/** The service of an ARN, if it has a wildcard. Other rules report ARNs of wildcards only, which match everything. */
function serviceOfArn(written: string): string | undefined {
  const service = /^arn:[^:]*:([^:*?]*[*?][^:]*):/.exec(written)?.[1];
  return service !== undefined && !service.includes(UNKNOWN_PIECE) && !/^arn:[^:]*(:\*+)+$/.test(written)
    ? service
    : undefined;
}
