import { fitting } from '../../../base/fix-title.ts';
import { splitAtPlaceholders } from '../../../base/placeholders.ts';
import type { Fix } from '../../../model/edit.ts';
import { all, among, any, exists, is, judgement, NO, not, YES, type Judgement } from '../../../model/judgement.ts';
import { gapIn, itemsOf, member } from '../../../model/navigate.ts';
import type { Condition, PolicyDocument, Statement } from '../../../model/policy.ts';
import { never } from '../../../model/quantified.ts';
import { actionTest } from '../../../policy/data/action.ts';
import { readOperator, written } from '../../../policy/text/condition-operator.ts';
import type { IamData } from '../../../policy/data/iam-data.ts';
import { keyPlace } from '../../../policy/condition/condition-place.ts';
import { listsEveryValue } from '../../../policy/condition/open-value.ts';
import { principal, principalsIn, readPrincipal, writtenText } from '../../../policy/principal/principal.ts';
import { isProvider } from '../../../policy/principal/provider.ts';
import { analyzerAliases, severityOf } from '../../access-analyzer.ts';
import { forIssuer, issuerOf } from '../../../policy/principal/issuer.ts';
import { defineRule } from '../../rule.ts';
import { isGitHub } from './github-claims.ts';
import { claimIn, PROVIDERS } from './oidc-providers.ts';
import { isAllow } from '../../../policy/condition/in-force.ts';

export default defineRule({
  id: 'iam-role-federated-audience',
  on: 'policy',
  kinds: ['trust'],
  needs: { statement: ['allow', 'principal'] },
  topic: 'identity',
  severity: 'low',
  profile: 'recommended',
  judged: '2026-11-26',
  title: 'Federated role trust policies should restrict the audience claim',
  keywords: [
    'OIDC',
    'SAML:aud',
    'identity provider',
    'AssumeRoleWithWebIdentity',
    'AssumeRoleWithSAML',
    'confused deputy',
  ],
  why: 'The audience claim identifies the service that a token was issued for. Without a condition on it, or with a set operator for this single-valued claim, a token for another service can assume the role too.',
  remedy: 'Use StringEquals on the aud claim of the provider, or on SAML:aud, without ForAnyValue or ForAllValues.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html':
      'A security warning is ForAnyValue with an audience that has one value; a suggestion is to confirm that the audience of another provider has several.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html':
      'aud is the audience of a token, SAML:aud the endpoint that an assertion is for, https://signin.aws.amazon.com/saml.',
  },
  aliases: { 'access-analyzer': ['CONFIRM_AUDIENCE_CLAIM_TYPE', 'FORANYVALUE_WITH_AUDIENCE_CLAIM_TYPE'] },
  fix: 'safe',
  *check(policy, { iam, stack }) {
    const { displayName } = policy.host;
    for (const statement of policy.statements) {
      const federated = principalsIn(statement.principals).filter(({ kind }) => kind === 'Federated');
      if (federated.length === 0) continue;
      const present = all(judgement(policy.when), judgement(statement.when), isAllow(statement));
      for (const condition of statement.conditions.filter((one) => claimIn(one) === 'aud')) {
        const qualifier = readOperator(condition.operator)?.qualifier;
        const single = hasOneAudience(condition, iam);
        // Another rule reports ForAllValues with single-valued keys.
        if (qualifier === undefined || (single && qualifier === 'ForAllValues')) continue;
        const code = single ? 'FORANYVALUE_WITH_AUDIENCE_CLAIM_TYPE' : 'CONFIRM_AUDIENCE_CLAIM_TYPE';
        yield {
          violations: [
            { wrong: all(present, judgement(condition.when)), at: keyPlace(condition), aliases: analyzerAliases(code) },
          ],
          message: (shown) =>
            single
              ? `${displayName} compares the single-valued ${shown} with ${condition.operator}. Use ${unqualified(condition)}.`
              : `${displayName} compares ${shown} with ${condition.operator}. Unless tokens of the provider have several audiences, use ${unqualified(condition)}.`,
          // No token would meet a condition on the key of another issuer.
          fixes: () =>
            federated.some(({ value }) => forIssuer(statement, issuerOf(value, stack)).idle.includes(condition))
              ? []
              : withoutQualifier(policy, statement, condition, single),
          ...severityOf(code),
        };
      }
      const weak = statement.conditions.find((condition) => claimIn(condition) === 'aud');
      const place = statement.conditions.length > 0 ? gapIn(member(statement.value, 'Condition')) : undefined;
      for (const { value, when } of federated) {
        const restricted = forIssuer(statement, issuerOf(value, stack));
        const limitsAudiences = among(
          any(
            ...restricted.statement.conditions
              .filter((condition) => AUDIENCES.has(claimIn(condition) ?? ''))
              .map(limitsAudience),
          ),
          statement.conditionsComplete,
        );
        const unlimited = all(present, judgement(when), not(restricted.closed), not(limitsAudiences));
        if (never(unlimited)) continue;
        const saml = any(
          is(value, { ...principal('Federated', ({ form }) => form === 'saml'), reference: () => false }),
          isProvider(value, 'AWS::IAM::SAMLProvider', stack),
        );
        yield {
          severity: 'low',
          profile: 'strict',
          violations: [
            {
              wrong: all(unlimited, allows(statement, 'sts:AssumeRoleWithSAML'), saml),
              at: place ?? value,
              aliases: {},
            },
          ],
          message: `${displayName} accepts SAML assertions for any endpoint. ${weak ? `Use StringEquals on ${weak.key} with` : 'Add a condition on SAML:aud with'} https://signin.aws.amazon.com/saml.`,
          fixes: () =>
            /^arn:aws-/.test(writtenText(value))
              ? []
              : adding(policy, statement, 'SAML:aud', 'https://signin.aws.amazon.com/saml'),
        };
        const oidc = any(
          is(value, {
            ...principal(
              'Federated',
              ({ form, name }) => form === 'oidc' || (form === 'domain' && !name!.startsWith('cognito-identity.')),
            ),
            reference: () => false,
          }),
          isProvider(value, 'AWS::IAM::OIDCProvider', stack),
        );
        yield {
          severity: 'low',
          profile: 'strict',
          violations: [
            {
              wrong: all(
                unlimited,
                allows(statement, 'sts:AssumeRoleWithWebIdentity'),
                oidc,
                not(isGitHub(value, statement.conditions, stack)),
              ),
              at: place ?? value,
              aliases: {},
            },
          ],
          message: `${displayName} accepts tokens for any audience of the identity provider. ${weak ? `Use StringEquals on ${weak.key} with a fixed value` : 'Add a condition on its aud claim'}.`,
          fixes: () => {
            // The key would have the issuer of one caller or scenario.
            if (value.origin.edit === 'none') return [];
            const { form, name = '' } = readPrincipal('Federated', writtenText(value));
            const audience = form === 'oidc' ? PROVIDERS.find(({ issuer }) => issuer.test(name))?.audience : undefined;
            return audience === undefined ? [] : adding(policy, statement, `${name}:aud`, audience);
          },
        };
      }
    }
  },
});

/** Whether a condition restricts the audience to values, as opposed to a pattern that matches every audience. */
function limitsAudience({ key, operator, values, when }: Condition): Judgement {
  const read = readOperator(operator);
  return all(
    judgement(when),
    read && (read.negated || read.family === 'Null') ? NO : read ? not(listsEveryValue(read, key, values)) : YES,
  );
}

/**
 * Claims with the audience of a token. Facebook and Login with Amazon use `app_id` for the application.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
 */
const AUDIENCES: ReadonlySet<string> = new Set(['app_id', 'aud']);

/** Whether tokens of a provider have a single audience, as with EKS and the providers whose keys IAM defines. */
function hasOneAudience({ key }: Condition, iam: IamData | undefined): boolean {
  const issuer = key.slice(0, key.lastIndexOf(':')).toLowerCase();
  return (
    issuer === 'saml' ||
    (iam?.keyPrefixes ?? []).some((prefix) => patternOf(prefix).test(issuer)) ||
    PROVIDERS.some((provider) => provider.issuer.test(issuer))
  );
}

/** The pattern of a key prefix of IAM, which can contain placeholders: `oidc.circleci.com/org/${OrgId}`. */
function patternOf(prefix: string): RegExp {
  return new RegExp(
    `^${splitAtPlaceholders(prefix.toLowerCase())
      .map((part) => (part.startsWith('${') ? '[^/]+' : part.replace(/[.*+?^$()|[\]\\/{}]/g, '\\$&')))
      .join('')}$`,
  );
}

function unqualified({ operator }: Condition): string {
  const read = readOperator(operator);
  return read ? written({ ...read, qualifier: undefined }) : operator;
}

/** A fix that removes the set operator, if the operator has no other keys and the new operator does not exist yet. */
function withoutQualifier(
  policy: PolicyDocument,
  { value, conditions }: Statement,
  condition: Condition,
  single: boolean,
): readonly Fix[] {
  const plain = unqualified(condition);
  const together = conditions.filter(({ operator }) => operator === condition.operator);
  if (together.length > 1 || conditions.some(({ operator }) => operator.toLowerCase() === plain.toLowerCase()))
    return [];
  // With a single listed value, ForAnyValue matches the same requests.
  return [
    {
      title: `Change the operator to ${plain}`,
      safe: single && condition.computed === undefined,
      edits: [
        {
          op: 'renameKey',
          resource: policy.host,
          target: member(member(value, 'Condition'), condition.operator),
          name: plain,
        },
      ],
    },
  ];
}

function allows({ actions }: Statement, call: string): Judgement {
  const covering = actionTest(call);
  return exists(itemsOf(actions, true), (action) => is(action.value, covering));
}

function adding(policy: PolicyDocument, statement: Statement, key: string, value: string): readonly Fix[] {
  return [
    {
      title: fitting(
        [key, 'the audience'].map((where) => `Require ${value} in ${where} (denies tokens for other audiences)`),
      ),
      safe: false,
      edits: [
        { op: 'mergeCondition', resource: policy.host, target: statement.value, operator: 'StringEquals', key, value },
      ],
    },
  ];
}
