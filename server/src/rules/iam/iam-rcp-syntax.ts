import { all, exists, is, isPresent, judgement, not, type Judgement, type Predicate } from '../../model/judgement.ts';
import { itemsOf } from '../../model/navigate.ts';
import { oneOf } from '../../model/predicate.ts';
import { actionPattern } from '../../policy/action.ts';
import type { IamData } from '../../policy/iam-data.ts';
import { namesEverybody } from '../../policy/principal.ts';
import { EVERY_RESOURCE } from '../../policy/resource-pattern.ts';
import { conditional } from '../../policy/scope.ts';
import { analyzerAliases, severityOf } from '../access-analyzer.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'iam-rcp-syntax',
  on: 'policy',
  selfContained: true,
  kinds: ['rcp'],
  topic: 'identity',
  severity: 'high',
  profile: 'recommended',
  since: '0.1',
  judged: '2026-11-26',
  title: 'Resource control policies have the elements that AWS Organizations takes',
  why: 'AWS Organizations refuses a resource control policy that names single principals, leaves actions out, allows something or is about other services than those that it covers, so nothing is guarded by it.',
  remedy:
    'Deny, to the principal "*", actions of services that resource control policies cover, and say with conditions whom it is not about.',
  sources: [
    {
      url: 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html',
      claim:
        'Allow is for RCPFullAWSAccess alone; the elements are Version, Statement, Sid, Effect, Principal, Action, Resource or NotResource, and Condition. Every action names its service: the star alone is refused in policies of customers, wildcards can be anywhere in the name of an action.',
      seen: '2026-11-26',
    },
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html',
      claim:
        'Errors in a resource control policy are another principal than "*", NotPrincipal, NotAction, Allow with less than everything, and actions of services that are not covered.',
      seen: '2026-11-26',
    },
  ],
  aliases: {
    'access-analyzer': [
      'RCP_SYNTAX_ERROR_ACTION',
      'RCP_SYNTAX_ERROR_ALLOW',
      'RCP_SYNTAX_ERROR_NOTACTION',
      'RCP_SYNTAX_ERROR_PRINCIPAL',
    ],
  },
  controls: {},
  fix: 'none',
  *check(policy, { iam }) {
    const { displayName } = policy.host;
    for (const statement of policy.statements) {
      const { principals, notPrincipals, notActions, actions, effect } = statement;
      const there = all(judgement(policy.exists), judgement(statement.when));
      const reports = [
        [
          'RCP_SYNTAX_ERROR_PRINCIPAL',
          all(isPresent(principals), not(namesEverybody(principals))),
          principals,
          `The resource control policy in ${displayName} names single principals, which AWS refuses there; write "*", and say by conditions whom it is not about.`,
        ],
        [
          'RCP_SYNTAX_ERROR_PRINCIPAL',
          isPresent(notPrincipals),
          notPrincipals,
          `The resource control policy in ${displayName} has NotPrincipal, which AWS refuses there; write the principal "*" and a condition on aws:PrincipalArn.`,
        ],
        [
          'RCP_SYNTAX_ERROR_NOTACTION',
          isPresent(notActions),
          notActions,
          `The resource control policy in ${displayName} has NotAction, which AWS refuses there; list under Action what is denied.`,
        ],
        [
          'RCP_SYNTAX_ERROR_ALLOW',
          all(is(effect, oneOf('Allow')), not(allowsEverything(statement))),
          effect,
          `The resource control policy in ${displayName} allows something less than everything, which AWS refuses there; write Deny, for what is not denied is allowed by RCPFullAWSAccess.`,
        ],
      ] as const;
      for (const [code, wrong, at, message] of reports)
        yield {
          ...severityOf(code),
          violations: [{ wrong: all(there, wrong), at, aliases: analyzerAliases(code) }],
          message,
        };
      for (const { value, when } of itemsOf(actions, true).items)
        yield {
          ...severityOf('RCP_SYNTAX_ERROR_ACTION'),
          violations: [
            {
              wrong: all(there, is(effect, oneOf('Deny')), judgement(when), is(value, NAMES_NO_SERVICE)),
              at: value,
              aliases: analyzerAliases('RCP_SYNTAX_ERROR_ACTION'),
            },
          ],
          message: (shown) =>
            `The resource control policy in ${displayName} denies ${shown}, which names no service, and AWS refuses that there; write the services, such as s3:* and sts:*.`,
        };
      if (iam)
        for (const { value, when } of itemsOf(actions, true).items)
          yield {
            ...severityOf('RCP_SYNTAX_ERROR_ACTION'),
            violations: [
              {
                wrong: all(there, judgement(when), is(value, notCovered(iam))),
                at: value,
                aliases: analyzerAliases('RCP_SYNTAX_ERROR_ACTION'),
              },
            ],
            message: (shown) =>
              `The resource control policy in ${displayName} is about ${shown}, an action of a service that such policies did not cover on ${iam.date}, for which AWS refuses it; leave it out.`,
          };
    }
  },
});

/** Whether a statement is as that of RCPFullAWSAccess, of every action for everybody on all resources without a condition. */
function allowsEverything(statement: Parameters<typeof conditional>[0]): Judgement {
  return all(
    namesEverybody(statement.principals),
    exists(itemsOf(statement.actions, true), (item) => is(item.value, NAMES_NO_SERVICE)),
    exists(itemsOf(statement.resources, true), (item) => is(item.value, EVERY_RESOURCE)),
    not(conditional(statement)),
  );
}

/** All actions of all services. */
const NAMES_NO_SERVICE: Predicate = { known: ({ raw }) => /^\*+$/.test(raw), collection: false };

/** An action of a service that there is and that resource control policies are not about. What there is not, another rule finds. */
function notCovered(iam: IamData): Predicate {
  return {
    known: ({ raw }) => {
      const service = actionPattern(raw)?.service;
      return service !== undefined && iam.services.has(service) && !iam.rcpServices.has(service);
    },
    collection: false,
  };
}
