import type { Fix } from '../../model/edit.ts';
import { all, is, judgement, not, YES } from '../../model/judgement.ts';
import type { PolicyDocument, Statement } from '../../model/policy.ts';
import { oneOf } from '../../model/predicate.ts';
import type { Stack } from '../../model/resource.ts';
import { newOwnAccount } from '../../policy/own-account.ts';
import { principal, principalsIn, readPrincipal, writtenText } from '../../policy/principal.ts';
import { conditional } from '../../policy/scope.ts';
import { asksForSource, isOfOneAccount, RUNS_IN_ACCOUNT, SENDS_ACCOUNT_FOR_ROLES, SENDS_ACCOUNT_TO_RESOURCES, SENDS_NO_SOURCE_TO_KEYS, SENDS_NO_SOURCE_TO_TOPICS, SHARES_CATALOGS } from '../../policy/service-source.ts';
import { namesAction } from '../../policy/statement-names.ts';
import { called, weight } from '../access-analyzer.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'iam-policy-confused-deputy',
  on: 'policy', alone: true, kinds: ['resource', 'trust'],
  topic: 'identity', severity: 'medium', profile: 'recommended', since: '0.1', judged: '2026-11-26',
  title: 'Policies say for whom an AWS service may act',
  why: 'A service acts for all its customers under one name. Where a policy lets it in whoever it acts for, another customer can have it read, write or notify what belongs to you.',
  remedy: 'Add a condition on aws:SourceArn, aws:SourceAccount, aws:SourceOrgID or aws:SourceOrgPaths with your resource, account or organisation, if the service sends the key.',
  sources: [
    { url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html', claim: 'In policies of resources that let a service in, aws:SourceArn, aws:SourceAccount, aws:SourceOrgID and aws:SourceOrgPaths keep the service from acting for others; not all services send all of them.', seen: '2026-11-26' },
    { url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html', claim: 'To let a service in without its source is a security warning; other keys, such as aws:Referer, in the place of these are a suggestion.', seen: '2026-11-26' },
    { url: 'https://aws.github.io/modern-data-architecture-accelerator/typedocs/functions/_aws-mdaa_cloudwatch-constructs.grantCloudWatchAlarmsTopicAccess.html', claim: 'Conditions on aws:SourceAccount, aws:SourceArn and aws:SourceOrgID are not supported in the policy of a key by which EventBridge sends to an encrypted topic: its requests do not have them. Alarms of CloudWatch have them, for topic and key.', seen: '2026-11-26' },
    { url: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html', claim: 'The policy of a topic can have no conditions for EventBridge.', seen: '2026-11-27' },
    { url: 'https://docs.aws.amazon.com/lake-formation/latest/dg/hybrid-cross-account.html', claim: 'The policy of a catalog that is shared by Lake Formation too lets in AWS RAM with glue:ShareResource and no condition.', seen: '2026-11-27' },
    { url: 'https://github.com/prowler-cloud/prowler/issues/2810', claim: 'Roles cannot be passed to another account, and services such as EC2, Lambda, API Gateway, Backup and Glue send no source when they assume a role, so that trust policies without one are no finding to most people.', seen: '2026-11-26' },
  ],
  aliases: { 'access-analyzer': ['RECOMMENDED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL', 'RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL'] },
  controls: {},
  fix: 'suggestion',
  *check(policy, { stack }) {
    const { displayName } = policy.host;
    const ofRole = policy.kind === 'trust';
    for (const statement of policy.statements) {
      const services = principalsIn(statement.principals).filter(({ kind }) => kind === 'Service');
      if (services.length === 0) continue;
      const open = all(judgement(policy.exists), judgement(statement.when), is(statement.effect, oneOf('Allow')), not(asksForSource(statement)), ofRole ? namesAction(statement, 'sts:AssumeRole') : YES);
      if (open.no.isAlways()) continue;
      const limited = conditional(statement);
      const spared = ofRole ? RUNS_IN_ACCOUNT : SPARED.get(policy.service ?? '');
      for (const { value, when } of services) {
        const lets = all(open, judgement(when), is(value, principal('Service', ({ form, name }) => form === 'service' && !spared?.has(name!))), not(isOfOneAccount(statement, value)));
        const fixes = (): readonly Fix[] => withAccount(policy, statement, stack);
        yield {
          ...weight('RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL'),
          // A role is passed within its account only, many services send no source for roles, and nearly every template has such roles.
          ...ofRole ? { severity: 'low', profile: 'strict' } as const : {},
          faults: [{ wrong: all(lets, not(limited)), at: value, aliases: called('RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL') }],
          message: (shown) => ofRole
            ? `The trust policy of ${displayName} lets ${shown} assume the role whoever it acts for; if the service sends it, add a condition on aws:SourceAccount or aws:SourceArn.`
            : `The policy in ${displayName} lets ${shown} in whoever it acts for, so that other customers can have it do the same; add a condition on aws:SourceArn or aws:SourceAccount.`,
          fixes,
        };
        yield {
          ...weight('RECOMMENDED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL'),
          faults: [{ wrong: all(lets, limited), at: value, aliases: called('RECOMMENDED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL') }],
          message: (shown) => `The ${ofRole ? 'trust policy of' : 'policy in'} ${displayName} lets ${shown} in under conditions that do not say for whom it acts; aws:SourceArn or aws:SourceAccount do.`,
          fixes,
        };
      }
    }
  },
});

/** Services that a policy can let in whoever they act for, as there is no other way, by the service that has the policy. */
const SPARED: ReadonlyMap<string, ReadonlySet<string>> = new Map([['glue', SHARES_CATALOGS], ['kms', SENDS_NO_SOURCE_TO_KEYS], ['sns', SENDS_NO_SOURCE_TO_TOPICS]]);

/** Adds the account, where all that the statement lets in is services which are known to send it, and where the document can name it. */
function withAccount(policy: PolicyDocument, statement: Statement, stack: Stack): readonly Fix[] {
  if (policy.service === 'kms') return [];
  const sending = policy.kind === 'trust' ? SENDS_ACCOUNT_FOR_ROLES : SENDS_ACCOUNT_TO_RESOURCES;
  const known = principalsIn(statement.principals).every(({ kind, value }) => kind === 'Service' && sending.has(readPrincipal('Service', writtenText(value)).name ?? ''));
  const account = known ? newOwnAccount(policy.host, stack) : undefined;
  if (!account) return [];
  return [{
    title: 'Let it in for this account only (keeps out what it does for other accounts)', safe: false,
    edits: [{ op: 'mergeCondition', resource: policy.host, target: statement.value, operator: 'StringEquals', key: 'aws:SourceAccount', value: account }],
  }];
}
