import { capital } from '../../../base/words.ts';
import type { Fix } from '../../../model/edit.ts';
import { all, any, is, judgement, NO, not, YES, type Judgement } from '../../../model/judgement.ts';
import { soleItem } from '../../../model/navigate.ts';
import type { PolicyDocument, Statement } from '../../../model/policy.ts';
import { isTrue } from '../../../model/predicate.ts';
import { never } from '../../../model/quantified.ts';
import type { Stack } from '../../../model/resource.ts';
import { readOperator } from '../../../policy/text/condition-operator.ts';
import { newOwnAccount } from '../../../policy/principal/own-account.ts';
import { restrictsToKnown } from '../../../policy/principal/narrowing.ts';
import {
  publicPrincipals,
  principal,
  principalsIn,
  readPrincipal,
  writtenText,
} from '../../../policy/principal/principal.ts';
import { mayDeny } from '../../../policy/condition/in-force.ts';
import { conditional } from '../../../policy/condition/scope.ts';
import {
  restrictsSource,
  isOfOneAccount,
  isSourceKey,
  RUNS_IN_ACCOUNT,
  SENDS_ACCOUNT_FOR_ROLES,
  SENDS_ACCOUNT_TO_RESOURCES,
  SENDS_NO_SOURCE_TO_KEYS,
  SENDS_NO_SOURCE_TO_TOPICS,
  SHARES_CATALOGS,
} from '../../../policy/principal/service-source.ts';
import { isMadeBySam } from '../../../policy/statement/made-by-sam.ts';
import { namesAction } from '../../../policy/resource/statement-names.ts';
import { weakCondition } from '../../../policy/condition/weak-condition.ts';
import { analyzerAliases, severityOf } from '../../access-analyzer.ts';
import { defineRule, type Violation, type Report } from '../../rule.ts';
import { isAllow } from '../../../policy/condition/in-force.ts';
import { decidedByGrant } from '../decided-by.ts';
import { withConditions } from '../../../policy/statement/with-conditions.ts';

export default defineRule({
  id: 'iam-policy-confused-deputy',
  on: 'policy',
  selfContained: true,
  kinds: ['resource', 'trust'],
  needs: { statement: ['allow', 'principal'] },
  topic: 'identity',
  severity: 'medium',
  judged: '2026-11-26',
  title: 'Policies for AWS services should prevent the confused deputy problem',
  keywords: ['aws:SourceArn', 'aws:SourceAccount', 'aws:SourceOrgID', 'service principal', 'cross-service access'],
  why: 'An AWS service acts for all of its customers under one service principal. Without a condition on the source, another customer can have the service access your resource.',
  remedy:
    'Add a condition on aws:SourceArn, aws:SourceAccount, aws:SourceOrgID or aws:SourceOrgPaths with your resource, account or organization, if the service sends the key.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html':
      'In resource-based policies that allow a service, aws:SourceArn, aws:SourceAccount, aws:SourceOrgID and aws:SourceOrgPaths prevent the service from acting for other customers; not all services send all of them.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html':
      'Allowing a service without a condition on the source is a security warning; other keys, such as aws:Referer, instead of these are a suggestion.',
    'https://aws.github.io/modern-data-architecture-accelerator/typedocs/functions/_aws-mdaa_cloudwatch-constructs.grantCloudWatchAlarmsTopicAccess.html':
      'Conditions on aws:SourceAccount, aws:SourceArn and aws:SourceOrgID are not supported in the key policy with which EventBridge sends to an encrypted topic: its requests do not have them. CloudWatch alarms have them, for topic and key.',
    'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html': {
      claim: 'The policy of a topic can have no conditions for EventBridge.',
      seen: '2026-11-27',
    },
    'https://docs.aws.amazon.com/lake-formation/latest/dg/hybrid-cross-account.html': {
      claim:
        'The policy of a catalog that Lake Formation also shares allows AWS RAM glue:ShareResource without a condition.',
      seen: '2026-11-27',
    },
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html':
      'A role can be passed only to a service in the same AWS account.',
  },
  aliases: {
    'access-analyzer': ['RECOMMENDED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL', 'RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL'],
  },
  fix: 'suggestion',
  *check(policy, { stack }) {
    const { displayName } = policy.host;
    const ofRole = policy.kind === 'trust';
    // SAM has no property for the condition.
    if (ofRole && isMadeBySam(policy)) return;
    for (const statement of policy.statements) {
      const services = principalsIn(statement.principals).filter(({ kind }) => kind === 'Service');
      if (services.length === 0) {
        yield* forAnyService(policy, statement);
        continue;
      }
      const open = all(
        judgement(policy.when),
        judgement(statement.when),
        isAllow(statement),
        not(restrictsSource(statement)),
        ofRole ? namesAction(statement, 'sts:AssumeRole') : YES,
      );
      if (never(open)) continue;
      const limited = conditional(statement);
      const weak = weakCondition(statement, isSourceKey);
      const exempt = ofRole ? RUNS_IN_ACCOUNT : EXEMPT_SERVICES.get(policy.service ?? '');
      // A single condition is missing, so all services of the statement are one finding.
      const violationsOf = (
        code: 'RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL' | 'RECOMMENDED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL',
        where: Judgement,
      ): readonly Violation[] =>
        services.map(({ value, when }) => ({
          wrong: all(
            open,
            judgement(when),
            is(
              value,
              principal('Service', ({ form, name }) => form === 'service' && !exempt?.has(name!)),
            ),
            not(isOfOneAccount(statement, value)),
            where,
          ),
          at: value,
          aliases: analyzerAliases(code),
        }));
      const fixes = (): readonly Fix[] => withAccount(policy, statement, stack);
      const unlimited = violationsOf('RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL', not(limited));
      yield {
        ...severityOf('RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL'),
        // A role can be passed only within its account, so other customers cannot use it. Many services send no source
        // for roles, and nearly every template has such roles.
        ...(ofRole ? ({ severity: 'info', profile: 'strict' } as const) : {}),
        violations: unlimited,
        decidedBy: () => decidedByGrant(statement),
        message: (shown, _leaf, _fault, besides) =>
          ofRole
            ? `${displayName} allows ${shown}${more(besides())} to act for any AWS customer (confused deputy). Add aws:SourceAccount or aws:SourceArn if the service sends it.`
            : `Any AWS customer can reach ${displayName} through ${shown}${more(besides())} (confused deputy). Add a condition on aws:SourceArn or aws:SourceAccount.`,
        fixes,
      };
      // A source condition that any customer can meet is more dangerous than it looks, and Access Analyzer accepts it.
      const others = violationsOf('RECOMMENDED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL', limited).map((fault) =>
        weak ? { ...fault, aliases: {} } : fault,
      );
      yield {
        ...(!weak
          ? severityOf('RECOMMENDED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL')
          : ofRole
            ? ({ severity: 'info', profile: 'strict' } as const)
            : {}),
        violations: others,
        decidedBy: () => decidedByGrant(statement),
        message: (shown, _leaf, _fault, besides) =>
          `Any AWS customer can reach ${displayName} through ${shown}${more(besides())}. ${weak ? `${capital(weak.because)}. ${weak.remedy}` : 'No condition restricts the source; add aws:SourceArn or aws:SourceAccount'}.`,
        fixes,
      };
    }
  },
});

/**
 * Reports a public statement that is restricted to AWS services, because any customer can use a service of its choice.
 */
function* forAnyService(policy: PolicyDocument, statement: Statement): Iterable<Report> {
  const services = statement.conditions.filter(({ key }) => key.toLowerCase() === 'aws:principalisawsservice');
  if (services.length === 0) return;
  const forServices = any(
    ...services.map(({ operator, values, when }) =>
      readOperator(operator)?.family === 'Bool' ? all(judgement(when), is(soleItem(values), isTrue)) : NO,
    ),
  );
  const others = withConditions(
    statement,
    statement.conditions.filter((condition) => !services.includes(condition)),
  );
  const open = all(
    judgement(policy.when),
    judgement(statement.when),
    isAllow(statement),
    forServices,
    not(restrictsToKnown(others)),
    not(restrictsSource(statement)),
  );
  for (const { at, anyPrincipal } of publicPrincipals(statement))
    yield {
      violations: [{ wrong: all(open, anyPrincipal), at, aliases: {} }],
      decidedBy: () => decidedByGrant(statement),
      message: `Any AWS customer can reach ${policy.host.displayName} through any AWS service (confused deputy). Name the service, and add aws:SourceArn or aws:SourceAccount.`,
    };
}

/** The number of other services of the same finding, in words. */
function more({ length }: readonly Violation[]): string {
  return length === 0 ? '' : ` and ${length} more`;
}

/**
 * Services that send no source to another service, by the service that has the policy. A condition on the source is
 * then impossible.
 */
const EXEMPT_SERVICES: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['glue', SHARES_CATALOGS],
  ['kms', SENDS_NO_SOURCE_TO_KEYS],
  ['sns', SENDS_NO_SOURCE_TO_TOPICS],
]);

/**
 * A fix that adds aws:SourceAccount, if all principals of the statement are services that are known to send it and the
 * document can name the account.
 */
function withAccount(policy: PolicyDocument, statement: Statement, stack: Stack): readonly Fix[] {
  if (policy.service === 'kms' || mayDeny(statement)) return [];
  const sending = policy.kind === 'trust' ? SENDS_ACCOUNT_FOR_ROLES : SENDS_ACCOUNT_TO_RESOURCES;
  const known = principalsIn(statement.principals).every(
    ({ kind, value }) => kind === 'Service' && sending.has(readPrincipal('Service', writtenText(value)).name ?? ''),
  );
  const account = known ? newOwnAccount(policy.host, stack) : undefined;
  if (!account) return [];
  return [
    {
      title: 'Restrict to this account (denies requests for other accounts)',
      safe: false,
      edits: [
        {
          op: 'mergeCondition',
          resource: policy.host,
          target: statement.value,
          operator: 'StringEquals',
          key: 'aws:SourceAccount',
          value: account,
        },
      ],
    },
  ];
}
