import { all, any, is, isAbsent } from '../../model/judgement.ts';
import { oneOf } from '../../model/predicate.ts';
import { formFix } from '../forms/words.ts';
import { defineRule } from '../rule.ts';
import { anyonesPullRequests, FILTER_GROUPS, filterGroups, FILTER_SOURCE } from './webhook-filters.ts';

const APPROVAL = 'Triggers.PullRequestBuildPolicy.RequiresCommentApproval';

export default defineRule({
  id: 'codebuild-webhook-pull-request-approval',
  on: 'resource',
  reads: { 'AWS::CodeBuild::Project': [APPROVAL, FILTER_GROUPS] },
  topic: 'identity',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'CodeBuild should require approval for pull requests',
  keywords: ['DISABLED', 'fork', 'untrusted code', 'webhook', 'CI/CD'],
  why: 'Anyone who can open a pull request runs code in the build, with the permissions of the service role and the credentials of the source.',
  remedy: 'Require approval, or add an ACTOR_ACCOUNT_ID filter to each filter group that builds pull requests.',
  sources: {
    'https://docs.aws.amazon.com/codebuild/latest/userguide/pull-request-build-policy.html':
      'With DISABLED, pull requests start builds without an approval. The default is ALL_PULL_REQUESTS: pull requests need a comment of a trusted contributor, unless they are from one.',
    'https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_codebuild.GitHubSourceProps.html':
      'Without filters, all pushes and pull requests start a build.',
    ...FILTER_SOURCE,
  },
  fix: 'suggestion',
  *check(project) {
    const approval = project.get(APPROVAL);
    const groups = project.get(FILTER_GROUPS);
    yield {
      violations: [
        {
          wrong: all(
            is(approval, oneOf('DISABLED')),
            any(isAbsent(groups), ...filterGroups(groups).map((group) => anyonesPullRequests(group))),
          ),
          at: approval,
        },
      ],
      message: `${project.displayName} builds pull requests of anyone without approval. Require approval, or filter by ACTOR_ACCOUNT_ID.`,
      fixes: (leaf) =>
        formFix({ cost: 'contributors must approve builds in a comment' }, 'Require approval', [
          { op: 'replace', resource: project, target: leaf, value: 'ALL_PULL_REQUESTS' },
        ]),
    };
  },
});
