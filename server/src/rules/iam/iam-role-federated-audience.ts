import { splitAtPlaceholders } from '../../base/placeholders.ts';
import type { Fix } from '../../model/edit.ts';
import { all, among, any, exists, is, judgement, NO, not, YES, type Judgement } from '../../model/judgement.ts';
import { gapIn, itemsOf, member } from '../../model/navigate.ts';
import type { Condition, PolicyDocument, Statement } from '../../model/policy.ts';
import { naming } from '../../policy/action.ts';
import { readOperator, written } from '../../policy/condition-operator.ts';
import type { IamData } from '../../policy/iam-data.ts';
import { keyPlace } from '../../policy/condition-place.ts';
import { listsEveryValue } from '../../policy/open-value.ts';
import { principal, principalsIn, readPrincipal, writtenText } from '../../policy/principal.ts';
import { isProvider } from '../../policy/provider.ts';
import { analyzerAliases, severityOf } from '../access-analyzer.ts';
import { defineRule } from '../rule.ts';
import { isGitHub } from './github-claims.ts';
import { claimIn, PROVIDERS } from './oidc-providers.ts';
import { isAllow } from '../../policy/in-force.ts';

export default defineRule({
  id: 'iam-role-federated-audience',
  on: 'policy',
  kinds: ['trust'],
  topic: 'identity',
  severity: 'low',
  profile: 'recommended',
  since: '0.1',
  judged: '2026-11-26',
  title: 'IAM role for an identity provider compares the audience of its tokens',
  why: 'The audience says for whom a provider made a token. Without it, or where it is compared as one of several although there is only one, a token that was made for another service opens the role too.',
  remedy: 'Compare the aud of the provider, or SAML:aud, by StringEquals, without ForAnyValue or ForAllValues.',
  sources: [
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html',
      claim:
        'A security warning is ForAnyValue with an audience that has one value; a suggestion is to confirm that the audience of another provider has several.',
      seen: '2026-11-26',
    },
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html',
      claim:
        'aud is the audience of a token, SAML:aud the endpoint that an assertion is for, https://signin.aws.amazon.com/saml.',
      seen: '2026-11-26',
    },
  ],
  aliases: { 'access-analyzer': ['CONFIRM_AUDIENCE_CLAIM_TYPE', 'FORANYVALUE_WITH_AUDIENCE_CLAIM_TYPE'] },
  controls: {},
  fix: 'safe',
  *check(policy, { iam, stack }) {
    const { displayName } = policy.host;
    for (const statement of policy.statements) {
      const federated = principalsIn(statement.principals).filter(({ kind }) => kind === 'Federated');
      if (federated.length === 0) continue;
      const there = all(judgement(policy.exists), judgement(statement.when), isAllow(statement));
      for (const condition of statement.conditions.filter((one) => claimIn(one) === 'aud')) {
        const qualifier = readOperator(condition.operator)?.qualifier;
        const single = hasOneAudience(condition, iam);
        // That ForAllValues holds without a key is a finding about all keys that have one value.
        if (qualifier === undefined || (single && qualifier === 'ForAllValues')) continue;
        const code = single ? 'FORANYVALUE_WITH_AUDIENCE_CLAIM_TYPE' : 'CONFIRM_AUDIENCE_CLAIM_TYPE';
        yield {
          ...severityOf(code),
          violations: [
            { wrong: all(there, judgement(condition.when)), at: keyPlace(condition), aliases: analyzerAliases(code) },
          ],
          message: (shown) =>
            single
              ? `The trust policy of ${displayName} compares ${shown} by ${condition.operator}, which is for keys with several values although a token has one audience; write ${unqualified(condition)}.`
              : `The trust policy of ${displayName} compares ${shown} by ${condition.operator}, which is right only if tokens of the provider have several audiences; otherwise write ${unqualified(condition)}.`,
          fixes: () => withoutQualifier(policy, statement, condition, single),
        };
      }
      const asks = among(
        any(...statement.conditions.filter((condition) => AUDIENCES.has(claimIn(condition) ?? '')).map(limitsAudience)),
        statement.conditionsComplete,
      );
      const weak = statement.conditions.find((condition) => claimIn(condition) === 'aud');
      const place = statement.conditions.length > 0 ? gapIn(member(statement.value, 'Condition')) : undefined;
      for (const { value, when } of federated) {
        const unasked = all(there, judgement(when), not(asks));
        if (unasked.no.isAlways()) continue;
        const saml = any(
          is(value, { ...principal('Federated', ({ form }) => form === 'saml'), reference: () => false }),
          isProvider(value, 'AWS::IAM::SAMLProvider', stack),
        );
        yield {
          severity: 'low',
          profile: 'strict',
          violations: [
            { wrong: all(unasked, allows(statement, 'sts:AssumeRoleWithSAML'), saml), at: place ?? value, aliases: {} },
          ],
          message: `The trust policy of ${displayName} accepts SAML assertions for any endpoint. ${weak ? `Compare ${weak.key} by StringEquals with` : 'Add a condition that SAML:aud is'} https://signin.aws.amazon.com/saml.`,
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
                unasked,
                allows(statement, 'sts:AssumeRoleWithWebIdentity'),
                oidc,
                not(isGitHub(value, statement.conditions, stack)),
              ),
              at: place ?? value,
              aliases: {},
            },
          ],
          message: `The trust policy of ${displayName} accepts tokens for any audience of the identity provider, also those for other services. ${weak ? `Give ${weak.key} a fixed value by StringEquals` : 'Add a condition on its aud'}.`,
          fixes: () => {
            const { form, name = '' } = readPrincipal('Federated', writtenText(value));
            const audience = form === 'oidc' ? PROVIDERS.find(({ issuer }) => issuer.test(name))?.audience : undefined;
            return audience === undefined ? [] : adding(policy, statement, `${name}:aud`, audience);
          },
        };
      }
    }
  },
});

/**
 * Claims that say for whom a token is: Facebook and Login with Amazon call the application `app_id`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
 */
/** Where a condition limits the audience: it compares it with values, and not with a pattern that every audience matches. */
function limitsAudience({ key, operator, values, when }: Condition): Judgement {
  const read = readOperator(operator);
  return all(
    judgement(when),
    read && (read.negated || read.family === 'Null') ? NO : read ? not(listsEveryValue(read, key, values)) : YES,
  );
}

const AUDIENCES: ReadonlySet<string> = new Set(['app_id', 'aud']);

/** Whether tokens of a provider have one audience: those of the providers whose keys IAM knows, and of EKS, do. */
function hasOneAudience({ key }: Condition, iam: IamData | undefined): boolean {
  const issuer = key.slice(0, key.lastIndexOf(':')).toLowerCase();
  return (
    issuer === 'saml' ||
    (iam?.keyPrefixes ?? []).some((prefix) => patternOf(prefix).test(issuer)) ||
    PROVIDERS.some((provider) => provider.issuer.test(issuer))
  );
}

/** What IAM knows of a provider can leave a part open: `oidc.circleci.com/org/${OrgId}`. */
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

/** The same comparison without what is for several values, where the operator stands for no other keys and is not there yet. */
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
  // ForAnyValue of one value holds exactly where the value is one of those listed.
  return [
    {
      title: `Compare by ${plain}`,
      safe: single,
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
  const covering = naming(call);
  return exists(itemsOf(actions, true), (action) => is(action.value, covering));
}

function adding(policy: PolicyDocument, statement: Statement, key: string, value: string): readonly Fix[] {
  return [
    {
      title: `Add the condition that ${key} is ${value} (keeps out what is for another audience)`,
      safe: false,
      edits: [
        { op: 'mergeCondition', resource: policy.host, target: statement.value, operator: 'StringEquals', key, value },
      ],
    },
  ];
}
