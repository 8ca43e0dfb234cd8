import { some } from '../../../base/words.ts';
import type { Fix } from '../../../model/edit.ts';
import {
  all,
  among,
  any,
  exists,
  is,
  isPresent,
  judgement,
  not,
  YES,
  type Judgement,
  type Predicate,
} from '../../../model/judgement.ts';
import { itemsOf } from '../../../model/navigate.ts';
import type { PolicyDocument, Statement } from '../../../model/policy.ts';
import type { Stack } from '../../../model/resource.ts';
import { oneOf, oneOfIgnoringCase } from '../../../model/predicate.ts';
import { always, never, unlessUnknown } from '../../../model/quantified.ts';
import { isProvider } from '../../../policy/principal/provider.ts';
import {
  principal,
  principalsIn,
  writtenText,
  type NamedPrincipal,
  type PrincipalForm,
} from '../../../policy/principal/principal.ts';
import { actionsMatching } from '../../../policy/resource/statement-names.ts';
import { analyzerAliases, severityOf } from '../../access-analyzer.ts';
import { defineRule } from '../../rule.ts';

export default defineRule({
  id: 'iam-role-trust-action-mismatch',
  on: 'policy',
  kinds: ['trust'],
  needs: { statement: ['allow', 'principal'] },
  topic: 'identity',
  severity: 'high',
  judged: '2026-11-26',
  title: 'Trust policy actions should match the principal type',
  keywords: [
    'sts:AssumeRole',
    'AssumeRoleWithSAML',
    'AssumeRoleWithWebIdentity',
    'IAM Roles Anywhere',
    'action mismatch',
    'IAM role',
  ],
  why: 'Accounts and services call AssumeRole, users of a SAML provider AssumeRoleWithSAML, and those of an OIDC provider AssumeRoleWithWebIdentity. With another action, no principal can assume the role.',
  remedy:
    'Allow sts:AssumeRole to accounts, roles and services, sts:AssumeRoleWithSAML to SAML providers and sts:AssumeRoleWithWebIdentity to OIDC providers. IAM Roles Anywhere also needs sts:TagSession and sts:SetSourceIdentity.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html':
      'An action that does not match the principals is an error: SAML providers match AssumeRoleWithSAML, OIDC providers AssumeRoleWithWebIdentity.',
    'https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html':
      'A role for IAM Roles Anywhere has to allow rolesanywhere.amazonaws.com sts:AssumeRole, sts:SetSourceIdentity and sts:TagSession.',
  },
  aliases: { 'access-analyzer': ['MISMATCHED_ACTION_FOR_PRINCIPAL', 'MISSING_ACTION_FOR_ROLES_ANYWHERE_TRUST_POLICY'] },
  fix: 'suggestion',
  *check(policy, { stack }) {
    const { displayName } = policy.host;
    for (const statement of policy.statements) {
      const allowed = all(judgement(policy.when), judgement(statement.when), is(statement.effect, oneOf('Allow')));
      if (never(allowed)) continue;
      const named = principalsIn(statement.principals);
      for (const { value: action, when } of itemsOf(statement.actions, true).items)
        for (const call of CALLS) {
          const isCall = is(action, NAMING[call]);
          if (never(isCall)) continue;
          const mismatched = all(
            allowed,
            judgement(when),
            isCall,
            isPresent(statement.principals),
            // An unknown provider is one for which the action is right, and nothing is known of unknown principals.
            unlessUnknown(
              all(
                // A list can be empty in the scenario.
                any(...named.map((one) => judgement(one.when))),
                not(anyCalls(named, call, stack)),
              ),
            ),
            not(is(statement.principals, oneOf('*'))),
          );
          if (never(mismatched) || named.length === 0) continue;
          const right = CALLS.filter(
            (other) => other !== call && named.every((one) => always(calls(one, other, stack))),
          );
          // The statement can also allow the correct action.
          const beside = right.find((other) =>
            always(exists(itemsOf(statement.actions, true), (item) => is(item.value, actionsMatching(other)))),
          );
          yield {
            violations: [
              { wrong: mismatched, at: action, aliases: analyzerAliases('MISMATCHED_ACTION_FOR_PRINCIPAL') },
            ],
            message: `${displayName} allows ${call} to ${kindsOf(named)}. They cannot use it; ${beside ? `remove it, because ${beside} is also allowed` : otherCall(named, stack, call)}.`,
            fixes: () =>
              beside
                ? [
                    {
                      title: `Remove ${call} (has no effect)`,
                      safe: false,
                      edits: [{ op: 'removeItem', resource: policy.host, target: action }],
                    },
                  ]
                : right.map((other): Fix => ({
                    title: `Change to ${other}`,
                    safe: false,
                    uncovers: 'effect',
                    edits: [{ op: 'replace', resource: policy.host, target: action, value: other }],
                  })),
            ...severityOf('MISMATCHED_ACTION_FOR_PRINCIPAL'),
          };
        }
      for (const { kind, value, when } of named)
        if (kind === 'Service') {
          // An unknown service is not assumed to be IAM Roles Anywhere.
          const anywhere = unlessUnknown(
            all(
              allowed,
              judgement(when),
              is(
                value,
                principal('Service', ({ name }) => name === 'rolesanywhere'),
              ),
            ),
          );
          const missing = ANYWHERE.filter((action) => !always(grants(policy, action)));
          yield {
            violations: [
              {
                wrong: all(anywhere, any(...missing.map((action) => not(grants(policy, action))))),
                at: value,
                aliases: analyzerAliases('MISSING_ACTION_FOR_ROLES_ANYWHERE_TRUST_POLICY'),
              },
            ],
            message: `${displayName} does not allow IAM Roles Anywhere ${missing.join(' and ')}. It cannot assume the role; add ${missing.length > 1 ? 'these actions' : 'this action'}.`,
            fixes: () => withActions(policy, statement, missing),
            ...severityOf('MISSING_ACTION_FOR_ROLES_ANYWHERE_TRUST_POLICY'),
          };
        }
    }
  },
});

const CALLS = ['sts:AssumeRole', 'sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity'] as const;

type Call = (typeof CALLS)[number];

const NAMING = Object.fromEntries(CALLS.map((call) => [call, oneOfIgnoringCase(call)])) as Readonly<
  Record<Call, Predicate>
>;

/** Whether a principal can assume roles with an action. A wildcard principal can use each of them. */
function calls({ kind, value }: NamedPrincipal, call: Call, stack: Stack): Judgement {
  switch (kind) {
    case 'AWS':
      return call === 'sts:AssumeRole'
        ? YES
        : is(value, { reference: () => false, ...principal('AWS', ({ form }) => form === 'anyone') });
    case 'Service':
      return call === 'sts:AssumeRole' ? YES : any();
    case 'Federated': {
      // For an unknown provider, the call in Action shows which kind is intended.
      const isOf = (form: PrincipalForm): Judgement =>
        is(value, { unknown: false, ...principal('Federated', (reading) => reading.form === form) });
      const [saml, oidc] = [
        isProvider(value, 'AWS::IAM::SAMLProvider', stack, undefined, false),
        isProvider(value, 'AWS::IAM::OIDCProvider', stack, undefined, false),
      ];
      if (call === 'sts:AssumeRoleWithSAML') return any(all(not(any(isOf('oidc'), isOf('domain'))), not(oidc)), saml);
      return call === 'sts:AssumeRoleWithWebIdentity' ? any(all(not(isOf('saml')), not(saml)), oidc) : any();
    }
    // Another rule reports principals that AWS rejects.
    default:
      return YES;
  }
}

function anyCalls(named: readonly NamedPrincipal[], call: Call, stack: Stack): Judgement {
  return any(...named.map((one) => all(judgement(one.when), calls(one, call, stack))));
}

/** The principals of a statement, in words. */
function kindsOf(named: readonly NamedPrincipal[]): string {
  const kinds = new Set(named.map(({ kind }) => kind));
  const words = [
    ...(kinds.has('AWS') ? ['accounts', 'roles'] : []),
    ...(kinds.has('Service') ? ['services'] : []),
    ...(kinds.has('Federated') ? ['users of an identity provider'] : []),
  ];
  return some(words);
}

function otherCall(named: readonly NamedPrincipal[], stack: Stack, call: Call): string {
  const others = CALLS.filter((other) => other !== call && named.some((one) => always(calls(one, other, stack))));
  return others.length === 1 ? `use ${others[0]!}` : 'use sts:AssumeRoleWithSAML or sts:AssumeRoleWithWebIdentity';
}

const ANYWHERE = ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession'] as const;

/** Whether a statement of a policy allows IAM Roles Anywhere an action. */
function grants(policy: PolicyDocument, action: string): Judgement {
  const named = actionsMatching(action);
  return among(
    any(
      ...policy.statements.map((statement) =>
        all(
          judgement(statement.when),
          is(statement.effect, oneOf('Allow')),
          any(
            ...principalsIn(statement.principals)
              .filter(({ kind }) => kind === 'Service')
              .map(({ value, when }) =>
                all(
                  judgement(when),
                  is(
                    value,
                    principal('Service', ({ name }) => name === 'rolesanywhere'),
                  ),
                ),
              ),
          ),
          any(
            exists(itemsOf(statement.actions, true), (item) => is(item.value, named)),
            all(
              isPresent(statement.notActions),
              not(exists(itemsOf(statement.notActions, true), (item) => is(item.value, named))),
            ),
          ),
        ),
      ),
    ),
    policy.complete,
  );
}

function withActions(policy: PolicyDocument, { actions }: Statement, missing: readonly string[]): readonly Fix[] {
  const items = itemsOf(actions, true).items.map(({ value }) => writtenText(value));
  if (items.length === 0 || items.includes('') || missing.length === 0) return [];
  return [
    {
      title: `Add ${missing.join(' and ')}`,
      safe: false,
      uncovers: 'effect',
      edits: missing.map((value) => ({ op: 'insertItem' as const, resource: policy.host, list: actions, value })),
    },
  ];
}
