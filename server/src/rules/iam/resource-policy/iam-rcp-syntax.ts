import {
  all,
  exists,
  is,
  isPresent,
  judgement,
  not,
  type Judgement,
  type Predicate,
} from '../../../model/judgement.ts';
import { itemsOf } from '../../../model/navigate.ts';
import { oneOf } from '../../../model/predicate.ts';
import { actionPattern } from '../../../policy/data/action.ts';
import type { IamData } from '../../../policy/data/iam-data.ts';
import { namesAnyPrincipal } from '../../../policy/principal/principal.ts';
import { EVERY_RESOURCE } from '../../../policy/resource/resource-pattern.ts';
import { conditional } from '../../../policy/condition/scope.ts';
import { analyzerAliases, severityOf } from '../../access-analyzer.ts';
import { defineRule } from '../../rule.ts';

export default defineRule({
  id: 'iam-rcp-syntax',
  on: 'policy',
  selfContained: true,
  kinds: ['rcp'],
  topic: 'identity',
  severity: 'high',
  judged: '2026-11-26',
  title: 'Resource control policies should have valid syntax',
  keywords: ['RCP', 'RCPFullAWSAccess', 'AWS Organizations', 'MalformedPolicyDocument', 'data perimeter'],
  why: 'AWS Organizations rejects a resource control policy with Allow, NotAction, specific principals or actions of unsupported services, so the policy protects nothing.',
  remedy:
    'Use Deny with Principal "*" and actions of services that support resource control policies, and exempt principals with conditions.',
  sources: {
    'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html':
      'Only RCPFullAWSAccess supports Allow; the elements are Version, Statement, Sid, Effect, Principal, Action, Resource or NotResource, and Condition. Every action names its service: customer managed RCPs do not support * alone, wildcards can be anywhere in the name of an action.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html':
      'Errors in a resource control policy are another principal than "*", NotPrincipal, NotAction, Allow with less than everything, and actions of services that are not covered.',
  },
  aliases: {
    'access-analyzer': [
      'RCP_SYNTAX_ERROR_ACTION',
      'RCP_SYNTAX_ERROR_ALLOW',
      'RCP_SYNTAX_ERROR_NOTACTION',
      'RCP_SYNTAX_ERROR_PRINCIPAL',
    ],
  },
  fix: 'none',
  *check(policy, { iam }) {
    const { displayName } = policy.host;
    for (const statement of policy.statements) {
      const { principals, notPrincipals, notActions, actions, effect } = statement;
      const present = all(judgement(policy.when), judgement(statement.when));
      const reports = [
        [
          'RCP_SYNTAX_ERROR_PRINCIPAL',
          all(isPresent(principals), not(namesAnyPrincipal(principals))),
          principals,
          `${displayName} has specific principals. AWS rejects it; use Principal "*", and exempt principals with conditions.`,
        ],
        [
          'RCP_SYNTAX_ERROR_PRINCIPAL',
          isPresent(notPrincipals),
          notPrincipals,
          `${displayName} has NotPrincipal. AWS rejects it; use Principal "*" and a condition on aws:PrincipalArn.`,
        ],
        [
          'RCP_SYNTAX_ERROR_NOTACTION',
          isPresent(notActions),
          notActions,
          `${displayName} has NotAction. AWS rejects it; list the denied actions under Action.`,
        ],
        [
          'RCP_SYNTAX_ERROR_ALLOW',
          all(is(effect, oneOf('Allow')), not(allowsEverything(statement))),
          effect,
          `${displayName} has an Allow statement. AWS rejects it; use Deny, because RCPFullAWSAccess allows everything else.`,
        ],
      ] as const;
      for (const [code, wrong, at, message] of reports)
        yield {
          violations: [{ wrong: all(present, wrong), at, aliases: analyzerAliases(code) }],
          message,
          ...severityOf(code),
        };
      for (const { value, when } of itemsOf(actions, true).items)
        yield {
          violations: [
            {
              wrong: all(present, is(effect, oneOf('Deny')), judgement(when), is(value, NAMES_NO_SERVICE)),
              at: value,
              aliases: analyzerAliases('RCP_SYNTAX_ERROR_ACTION'),
            },
          ],
          message: (shown) =>
            `${displayName} denies ${shown} without a service prefix. AWS rejects it; list the services, such as s3:* and sts:*.`,
          ...severityOf('RCP_SYNTAX_ERROR_ACTION'),
        };
      if (iam)
        for (const { value, when } of itemsOf(actions, true).items)
          yield {
            violations: [
              {
                wrong: all(present, judgement(when), is(value, notCovered(iam))),
                at: value,
                aliases: analyzerAliases('RCP_SYNTAX_ERROR_ACTION'),
              },
            ],
            message: (shown) =>
              `${displayName} lists ${shown} of a service without RCP support. AWS rejects it (as of ${iam.date}); remove the action.`,
            ...severityOf('RCP_SYNTAX_ERROR_ACTION'),
          };
    }
  },
});

/**
 * Whether a statement is equivalent to RCPFullAWSAccess: all actions for all principals on all resources without a
 * condition.
 */
function allowsEverything(statement: Parameters<typeof conditional>[0]): Judgement {
  return all(
    namesAnyPrincipal(statement.principals),
    exists(itemsOf(statement.actions, true), (item) => is(item.value, NAMES_NO_SERVICE)),
    exists(itemsOf(statement.resources, true), (item) => is(item.value, EVERY_RESOURCE)),
    not(conditional(statement)),
  );
}

/** All actions of all services. */
const NAMES_NO_SERVICE: Predicate = { known: ({ raw }) => /^\*+$/.test(raw), collection: false };

/**
 * An action of a known service that does not support resource control policies. Another rule reports unknown services.
 */
function notCovered(iam: IamData): Predicate {
  return {
    known: ({ raw }) => {
      const service = actionPattern(raw)?.service;
      return service !== undefined && iam.services.has(service) && !iam.rcpServices.has(service);
    },
    collection: false,
  };
}
