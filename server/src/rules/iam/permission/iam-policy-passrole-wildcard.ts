import { flatMap } from '../../../base/flat-map.ts';
import type { Fix } from '../../../model/edit.ts';
import type { Aliases } from '../../../model/finding.ts';
import {
  all,
  any,
  every,
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
import type { PolicyDocument, Statement } from '../../../model/policy.ts';
import { oneOfIgnoringCase } from '../../../model/predicate.ts';
import { always, never, sometimes } from '../../../model/quantified.ts';
import { actionPattern, covers, isEverything, isWholeService, canNameAction } from '../../../policy/data/action.ts';
import { allowancesOf, namesIdentities } from '../../../policy/allowance/allowance.ts';
import { shapeOf } from '../../../policy/text/unknown-piece.ts';
import { limiting } from '../../../policy/allowance/limiting.ts';
import { narrowedResources } from '../../../policy/narrowing/narrow-resources.ts';
import { EVERY_RESOURCE, EVERY_ROLE, broadResources } from '../../../policy/resource/resource-pattern.ts';
import { conditional, namesService, restrictsResources } from '../../../policy/condition/scope.ts';
import { analyzerAliases, type Code } from '../../access-analyzer.ts';
import { defineRule } from '../../rule.ts';
import { principalsKeeping } from '../identity/identity-words.ts';
import { decidedByResources } from '../decided-by.ts';

const PEERS: Aliases = {
  trivy: ['AWS-0342'],
  cfn_nag: ['F38', 'F39', 'F40'],
  guard: ['IAM_POLICY_NO_WILDCARD_RESOURCE_ON_PASSROLE', 'IAM_ROLE_NO_WILDCARD_RESOURCE_ON_PASSROLE'],
};

export default defineRule({
  id: 'iam-policy-passrole-wildcard',
  on: 'policy',
  selfContained: true,
  kinds: ['identity', 'permission-set'],
  needs: { statement: ['allow', ['wildcard-resource', 'not-resource']], services: ['iam'] },
  topic: 'identity',
  severity: 'high',
  judged: '2026-11-24',
  title: 'iam:PassRole should not be allowed on all roles',
  keywords: ['PassRole wildcard', 'iam:PassedToService', 'privilege escalation', 'least privilege'],
  why: 'A principal that can pass any role can start a function or an instance with a more privileged role, and so escalate its privileges.',
  remedy: 'Restrict Resource to the roles that are passed, and add a condition on iam:PassedToService.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html':
      'Passing a role to a service allows it to act with the permissions of the role; roles can be passed within their account only, and the roles and services can be restricted.',
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/CWE_IAM_role.html':
      'The AWS managed policy for scheduled tasks allows passing any role under the condition that iam:PassedToService is ecs-tasks.amazonaws.com.',
  },
  aliases: {
    ...PEERS,
    'access-analyzer': [
      'PASS_ROLE_WITH_NOT_RESOURCE',
      'PASS_ROLE_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE',
      'PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE',
      'PASS_ROLE_WITH_STAR_IN_RESOURCE',
    ],
  },
  fix: 'suggestion',
  subsumes: ['iam-policy-create-slr-wildcard', 'iam-policy-service-wildcard-action'],
  *check(policy, context) {
    const at = policy.host.displayName;
    // Computed once, because a policy can have many statements.
    let services: readonly string[] | undefined;
    for (const allowance of allowancesOf(policy, context)) {
      const { statement, when: allowed, actions: listed } = allowance;
      const actions = listed.items.filter(
        ({ value }) => !never(any(is(value, PASSES_ROLES), is(value, PASSES_AMONG_ALL))),
      );
      if (actions.length === 0) continue;
      const resources = broadResources(itemsOf(statement.resources, true));
      const limits = limiting(allowance.held, context);
      const open = all(allowed, allowance.leaves(PASS_ROLE), not(restrictsResources(limits)));
      if (never(open)) continue;
      const named = all(
        open,
        exists(resources, (item) => is(item.value, EVERY_ROLE)),
      );
      const excluding = isPresent(statement.notResources);
      const others = all(
        open,
        excluding,
        not(exists(itemsOf(statement.notResources, true), (item) => is(item.value, EVERY_ROLE))),
      );
      const everything = any(
        exists(resources, (item) => is(item.value, EVERY_RESOURCE)),
        sometimes(excluding) ? namesIdentities(statement, context) : NO,
      );
      // AWS managed policies allow passing any role under such a condition.
      const toService = passedToService(statement);
      const limited = conditional(limits);
      const toRoles = (): readonly Fix[] =>
        flatMap(resources.items, ({ value }) =>
          narrowedResources({
            policy,
            statement,
            at: value,
            stack: context.stack,
            actionsOf: context.actions,
            quotaOf: context.quota,
          }),
        );
      const fixes = (): readonly Fix[] =>
        isPassRoleAlone(statement)
          ? [...limitedTo((services ??= servicesUsingRoles(policy)), policy, statement), ...toRoles()]
          : [];
      for (const action of actions) {
        // Other rules report all IAM actions on all resources, which includes this.
        const among = any(is(action.value, PASSES_ROLES), all(is(action.value, PASSES_AMONG_ALL), not(everything)));
        if (never(among)) continue;
        const taken = all(judgement(action.when), among);
        for (const [where, kind] of [
          [named, 'resource'],
          [others, 'not-resource'],
        ] as const)
          for (const by of ['name', 'wildcard'] as const) {
            const passes = all(where, taken, by === 'name' ? is(action.value, NAMED) : not(is(action.value, NAMED)));
            if (never(passes)) continue;
            const roles = kind === 'resource' ? 'all roles' : 'all roles outside NotResource';
            const aliases = { ...PEERS, ...analyzerAliases(CODES[kind][by]) };
            yield {
              decidedBy: () => decidedByResources(statement),
              violations: [{ wrong: all(passes, not(limited)), at: action.value, aliases }],
              fixes,
              related: () => principalsKeeping(allowance, [PASS_ROLE]),
              message: (shown) =>
                `${at} allows ${shown === PASS_ROLE ? PASS_ROLE : `${PASS_ROLE} (by ${shown})`} on ${roles}. This allows privilege escalation; restrict Resource to the roles that are passed.`,
            };
            yield {
              decidedBy: () => decidedByResources(statement),
              violations: [{ wrong: all(passes, not(toService)), at: action.value, aliases }],
              severity: 'medium',
              related: () => principalsKeeping(allowance, [PASS_ROLE]),
              message: (shown) =>
                `${at} allows ${shown} on ${roles}. Its conditions do not restrict the service; restrict Resource to the roles that are passed.`,
            };
          }
      }
    }
  },
});

const PASS_ROLE = 'iam:PassRole';

/** A string with a wildcard is not the name of the action, regardless of interpolated parts. */
const NAMED: Predicate = {
  ...oneOfIgnoringCase(PASS_ROLE),
  text: (written) => (/[*?]/.test(shapeOf(written)) ? false : canNameAction(PASS_ROLE)(written)),
};

const CODES: Readonly<Record<'resource' | 'not-resource', Readonly<Record<'name' | 'wildcard', Code>>>> = {
  resource: { name: 'PASS_ROLE_WITH_STAR_IN_RESOURCE', wildcard: 'PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE' },
  'not-resource': { name: 'PASS_ROLE_WITH_NOT_RESOURCE', wildcard: 'PASS_ROLE_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE' },
};

/**
 * Actions that pass a role to a service, with the name of the service.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/CWE_IAM_role.html
 */
const ROLE_USERS: readonly (readonly [action: string, service: string])[] = [
  ['ec2:RunInstances', 'ec2.amazonaws.com'],
  ['ec2:AssociateIamInstanceProfile', 'ec2.amazonaws.com'],
  ['ec2:ReplaceIamInstanceProfileAssociation', 'ec2.amazonaws.com'],
  ['lambda:CreateFunction', 'lambda.amazonaws.com'],
  ['lambda:UpdateFunctionConfiguration', 'lambda.amazonaws.com'],
  ['ecs:RegisterTaskDefinition', 'ecs-tasks.amazonaws.com'],
  ['ecs:RunTask', 'ecs-tasks.amazonaws.com'],
];

/**
 * Whether iam:PassRole is the only action of a statement. Other actions do not support the condition key of the fix.
 */
function isPassRoleAlone({ actions }: Statement): boolean {
  return always(every(itemsOf(actions, true), (item) => is(item.value, NAMED)));
}

/** The services to which actions of a policy pass roles. */
function servicesUsingRoles({ statements }: PolicyDocument): readonly string[] {
  const named = flatMap(statements, ({ actions }) =>
    ROLE_USERS.filter(([taker]) => always(exists(itemsOf(actions, true), (item) => is(item.value, covering(taker))))),
  );
  return [...new Set(named.map(([, service]) => service))];
}

/** A fix that restricts iam:PassRole to some services. */
function limitedTo(services: readonly string[], policy: PolicyDocument, statement: Statement): readonly Fix[] {
  if (services.length === 0) return [];
  return [
    {
      title: `Restrict to ${services.join(', ')} (no longer allows passing to other services)`,
      safe: false,
      edits: [
        {
          op: 'mergeCondition',
          resource: policy.host,
          target: statement.value,
          operator: 'StringEquals',
          key: 'iam:PassedToService',
          value: services.length === 1 ? services[0]! : services,
        },
      ],
    },
  ];
}

function covering(action: string): Predicate {
  return {
    known: ({ raw }) => {
      const pattern = actionPattern(raw);
      return pattern !== undefined && !isEverything(pattern) && covers(pattern, action);
    },
    text: canNameAction(action),
    collection: false,
  };
}

/** iam:PassRole by name or by a wildcard pattern. */
const PASSES_ROLES: Predicate = {
  known: ({ raw }) => {
    const pattern = actionPattern(raw);
    return pattern !== undefined && !isWholeService(pattern) && !isEverything(pattern) && covers(pattern, PASS_ROLE);
  },
  text: canNameAction(PASS_ROLE),
  reference: () => false,
  collection: false,
};

/** iam:PassRole as one of all IAM actions, or of all actions. */
const PASSES_AMONG_ALL: Predicate = {
  known: ({ raw }) => {
    const pattern = actionPattern(raw);
    return pattern !== undefined && (isWholeService(pattern) || isEverything(pattern)) && covers(pattern, PASS_ROLE);
  },
  text: canNameAction(PASS_ROLE),
  reference: () => false,
  collection: false,
};

/** Whether a condition restricts the services that roles are passed to; a wildcard does not. */
function passedToService({ conditions }: Statement): Judgement {
  return any(...conditions.map((condition) => namesService(condition, 'iam:passedtoservice')));
}
