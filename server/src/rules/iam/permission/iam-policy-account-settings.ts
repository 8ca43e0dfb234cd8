import { all, any, exists, is, isPresent, judgement, not, type Predicate } from '../../../model/judgement.ts';
import { itemsOf } from '../../../model/navigate.ts';
import { oneOfIgnoringCase } from '../../../model/predicate.ts';
import { never } from '../../../model/quantified.ts';
import { ACCOUNT_SETTINGS } from '../../../policy/data/account-settings.ts';
import { actionIndex, mayBeCovered } from '../../../policy/data/action-index.ts';
import { actionPattern, covers, isEverything, isWholeService } from '../../../policy/data/action.ts';
import { allowancesOf } from '../../../policy/allowance/allowance.ts';
import { limiting } from '../../../policy/allowance/limiting.ts';
import { EVERY_RESOURCE } from '../../../policy/resource/resource-pattern.ts';
import { conditional } from '../../../policy/condition/scope.ts';
import { defineRule, type Report } from '../../rule.ts';

/** The services with such actions. */
const SERVICES = [...new Set([...ACCOUNT_SETTINGS.keys()].map((action) => action.split(':')[0]!))];

export default defineRule({
  id: 'iam-policy-account-settings',
  on: 'policy',
  selfContained: true,
  kinds: ['identity', 'permission-set'],
  needs: { statement: ['allow', ['wildcard-resource', 'not-resource']], services: SERVICES },
  topic: 'identity',
  severity: 'medium',
  judged: '2026-11-28',
  title: 'IAM policies should not allow changes to account-level security settings',
  keywords: ['s3:PutAccountPublicAccessBlock', 'organizations:LeaveOrganization', 'service control policy'],
  why: 'Account-level settings such as S3 Block Public Access protect every resource at once. Their actions do not support resource-level permissions, so one misused permission removes the protection from the whole account.',
  remedy:
    'Remove the action, or move it to a role that only administrators assume. In an organization, deny it with a service control policy.',
  sources: {
    'https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_PutPublicAccessBlock.html':
      's3:PutAccountPublicAccessBlock is the permission to change the public access block of an AWS account.',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-iam-role-policies.html':
      'Creating an S3 Batch Operations job requires s3:CreateJob and iam:PassRole for the role of the job.',
    'https://docs.aws.amazon.com/organizations/latest/APIReference/API_LeaveOrganization.html':
      'A member account calls it to leave its organization; service control policies can prevent that.',
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisableSnapshotBlockPublicAccess.html':
      'It disables an account-level setting of the Region, after which users can share snapshots publicly.',
  },
  fix: 'none',
  *check(policy, context) {
    for (const allowance of allowancesOf(policy, context)) {
      const { statement, when, actions } = allowance;
      // These actions do not support resource-level permissions, so NotResource excludes nothing.
      const open = all(
        when,
        any(
          exists(itemsOf(statement.resources, true), (item) => is(item.value, EVERY_RESOURCE)),
          isPresent(statement.notResources),
        ),
      );
      if (never(open)) continue;
      const limited = conditional(limiting(allowance.held, context));
      for (const action of actions.items)
        for (const name of mayBeCovered(INDEX, action.value)) {
          const does = ACCOUNT_SETTINGS.get(name)!;
          const wrong = all(
            open,
            judgement(action.when),
            is(action.value, matchesAction(name)),
            allowance.leaves(name),
          );
          if (never(wrong)) continue;
          const byName = is(action.value, oneOfIgnoringCase(name));
          const report = (more: Partial<Report>, ...where: readonly (typeof wrong)[]): Report => ({
            violations: [{ wrong: all(wrong, ...where), at: action.value }],
            message: `${policy.host.displayName} allows the account-level action ${name}. It can ${does}; leave it to an administrator role.`,
            ...more,
          });
          yield report({}, byName, not(limited));
          // A wildcard is meant for other actions, and conditions limit the principals and networks.
          yield report({ severity: 'low', profile: 'strict' });
        }
    }
  },
});

const INDEX = actionIndex(ACCOUNT_SETTINGS.keys());

/** An action by its name or by a wildcard pattern. Other rules report `service:*` and `*`. */
function matchesAction(name: string): Predicate {
  return {
    known: ({ raw }) => {
      const pattern = actionPattern(raw);
      return pattern !== undefined && !isEverything(pattern) && !isWholeService(pattern) && covers(pattern, name);
    },
    text: () => false,
    reference: () => false,
    collection: false,
  };
}
