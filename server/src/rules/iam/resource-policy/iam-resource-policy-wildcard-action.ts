import { flatMap } from '../../../base/flat-map.ts';
import { ownEntry } from '../../../base/table.ts';
import type { Aliases } from '../../../model/finding.ts';
import { all, any, is, isPresent, judgement, not, type Judgement, type Predicate } from '../../../model/judgement.ts';
import { itemsOf } from '../../../model/navigate.ts';
import { never } from '../../../model/quantified.ts';
import type { Condition, PolicyDocument, Statement } from '../../../model/policy.ts';
import type { Stack } from '../../../model/resource.ts';
import { actionPattern, isEverything, isWholeService } from '../../../policy/data/action.ts';
import { isAllow } from '../../../policy/condition/in-force.ts';
import { isForeign } from '../../../policy/principal/own-account.ts';
import { principal, principalsIn } from '../../../policy/principal/principal.ts';
import { defineRule } from '../../rule.ts';
import { decidedByPrincipals } from '../decided-by.ts';

/** The checks of other tools, by the service of the policy: for wildcards, and for Allow with NotAction. */
const PEERS: Readonly<Record<string, { readonly wildcard: Aliases; readonly notAction: Aliases }>> = {
  s3: {
    wildcard: { cfn_nag: ['F15'], guard: ['S3_BUCKET_POLICY_NO_WILDCARD_ACTION'] },
    notAction: { cfn_nag: ['W20'], guard: ['S3_BUCKET_POLICY_NO_ALLOW_PLUS_NOT_ACTION'] },
  },
  sqs: {
    wildcard: {
      checkov: ['CKV_AWS_72'],
      trivy: ['AWS-0097'],
      cfn_nag: ['F20'],
      guard: ['SQS_QUEUEPOLICY_NO_WILDCARD_ACTION'],
    },
    notAction: { cfn_nag: ['W18'], guard: ['SQS_QUEUEPOLICY_NO_ALLOW_PLUS_NOT_ACTION'] },
  },
  sns: { wildcard: {}, notAction: { cfn_nag: ['W19'], guard: ['SNS_TOPICPOLICY_NO_ALLOW_PLUS_NOT_ACTION'] } },
  sts: {
    wildcard: { cfn_nag: ['F2'], guard: ['IAM_ROLE_NO_FULL_ACCESS_ON_TRUST_POLICY'] },
    notAction: { cfn_nag: ['W14'], guard: ['IAM_ROLE_NO_ALLOW_PLUS_NOT_ACTION_ON_TRUST_POLICY'] },
  },
};

export default defineRule({
  id: 'iam-resource-policy-wildcard-action',
  on: 'policy',
  kinds: ['resource', 'trust'],
  needs: { statement: ['allow', ['principal', 'not-principal'], ['wildcard-action', 'not-action']] },
  topic: 'data-exposure',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'Resource-based policies should not allow all actions',
  keywords: [
    'wildcard action',
    'Action *',
    's3:*',
    'sqs:*',
    'Allow with NotAction',
    'bucket policy',
    'queue policy',
    'topic policy',
    'trust policy',
    'least privilege',
  ],
  why: 'All actions of a service include those that change the policy, delete the resource or its data, and actions that AWS adds later. With Allow, NotAction allows all of them but a few.',
  remedy: 'List the actions that the principals need under Action.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html':
      'With Allow, all applicable actions that NotAction does not list are allowed.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html':
      'A wildcard instead of the action name matches all actions of a service.',
    'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html':
      'The default key policy gives the account that owns the key all KMS operations, so key policies are exempt.',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html':
      'An access point and its bucket must both permit a request; AWS recommends that the bucket policy delegates to its access points.',
  },
  aliases: {
    checkov: ['CKV_AWS_72'],
    trivy: ['AWS-0097'],
    cfn_nag: ['F2', 'F15', 'F20', 'W14', 'W18', 'W19', 'W20'],
    guard: flatMap(Object.values(PEERS), ({ wildcard, notAction }) => [
      ...(wildcard.guard ?? []),
      ...(notAction.guard ?? []),
    ]),
  },
  fix: 'none',
  *check(policy, { stack }) {
    const service = policy.kind === 'trust' ? 'sts' : policy.service;
    if (service === undefined || service === 'kms') return;
    const at = policy.host.displayName;
    const whole = allActionsOf(service);
    const peers = ownEntry(PEERS, service);
    for (const statement of policy.statements) {
      const allows = all(allowsOthers(policy, statement, stack));
      if (never(allows)) continue;
      const excluded = all(allows, isPresent(statement.notActions));
      const advice =
        service === 'sts'
          ? 'List the action that the principal needs, such as sts:AssumeRole.'
          : 'They include actions that AWS adds later; list the actions that are needed.';
      for (const { value, when } of itemsOf(statement.actions, true).items)
        yield {
          decidedBy: () => decidedByPrincipals(statement),
          violations: [
            { wrong: all(allows, judgement(when), is(value, whole)), at: value, aliases: peers?.wildcard ?? {} },
          ],
          message: `${at} allows all ${service} actions. ${advice}`,
        };
      yield {
        decidedBy: () => decidedByPrincipals(statement),
        violations: [{ wrong: excluded, at: statement.notActions, aliases: peers?.notAction ?? {} }],
        message: `${at} allows all actions that NotAction does not list. List the actions that are needed under Action.`,
      };
    }
  },
});

/** All actions, or all of one service. References and template strings count as narrower. */
function allActionsOf(service: string): Predicate {
  return {
    known: ({ raw }) => {
      const pattern = actionPattern(raw);
      return (
        pattern !== undefined && (isEverything(pattern) || (isWholeService(pattern) && pattern.service === service))
      );
    },
    text: () => false,
    reference: () => false,
    collection: false,
  };
}

/**
 * Where a statement allows something to others than the account that owns the resource. Its owner has full access to
 * it anyway, and default policies of SQS and others grant it.
 */
function allowsOthers(policy: PolicyDocument, statement: Statement, stack: Stack): Judgement {
  const named = principalsIn(statement.principals);
  const owner = principal('AWS', ({ form, account }) =>
    form === 'root' || form === 'account' ? negated(isForeign(account, stack, undefined, policy.host)) : false,
  );
  return all(
    judgement(policy.when),
    judgement(statement.when),
    isAllow(statement),
    not(any(...statement.conditions.filter(isOfAccessPoint).map(({ when }) => judgement(when)))),
    named.length === 0
      ? any(isPresent(statement.principals), isPresent(statement.notPrincipals))
      : any(
          ...named.map(({ kind, value, when }) => all(judgement(when), kind === 'AWS' ? not(is(value, owner)) : all())),
        ),
  );
}

/** A condition with which a bucket policy leaves access control to the policies of access points, as AWS recommends. */
function isOfAccessPoint({ key }: Condition): boolean {
  return /^s3:dataaccesspoint(?:account|arn)$/i.test(key);
}

function negated(answer: boolean | undefined): boolean | undefined {
  return answer === undefined ? undefined : !answer;
}
