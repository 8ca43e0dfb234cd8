import { addTo } from '../../../base/groups.ts';
import { all, any, is, judgement } from '../../../model/judgement.ts';
import { oneOf } from '../../../model/predicate.ts';
import { principalsIn, readPrincipal, writtenText, type NamedPrincipal } from '../../../policy/principal/principal.ts';
import { analyzerAliases, severityOf } from '../../access-analyzer.ts';
import { defineRule } from '../../rule.ts';

export default defineRule({
  id: 'iam-role-trust-redundant-principal',
  on: 'policy',
  selfContained: true,
  kinds: ['trust'],
  needs: { statement: ['allow', 'principal'] },
  topic: 'identity',
  severity: 'info',
  judged: '2026-11-29',
  title: 'Trust policies should not list redundant principals',
  keywords: ['role session', 'assumed-role session', 'IAM role'],
  why: 'A role as a principal includes all its sessions. A session listed with its role looks like a restriction, but has no effect.',
  remedy: 'Remove the session, or the role if only that session is intended.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html':
      'It suggests to remove the session of a role that a trust policy lists together with the role.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html':
      'A role as a principal includes the sessions of the role; the ARN of a session is arn:aws:sts::account:assumed-role/role/session.',
  },
  accessed: '2026-11-26',
  aliases: { 'access-analyzer': ['REDUNDANT_PRINCIPAL_IN_ROLE_TRUST_POLICY'] },
  fix: 'suggestion',
  tag: 'unnecessary',
  *check(policy) {
    for (const statement of policy.statements) {
      const named = principalsIn(statement.principals).filter(({ kind }) => kind === 'AWS');
      if (named.length < 2) continue;
      const roles = new Map<string, NamedPrincipal[]>();
      for (const one of named) {
        const { form, account, name } = readPrincipal('AWS', writtenText(one.value));
        if (form !== 'role') continue;
        // The ARN of a session contains the name of its role without the path.
        addTo(roles, roleOf(account, name!.slice(name!.lastIndexOf('/') + 1)), one);
      }
      for (const { value, when } of named) {
        const { form, account, name } = readPrincipal('AWS', writtenText(value));
        const beside = form === 'session' ? roles.get(roleOf(account, name!.split('/')[0]!)) : undefined;
        if (beside)
          yield {
            violations: [
              {
                wrong: all(
                  judgement(policy.when),
                  judgement(statement.when),
                  is(statement.effect, oneOf('Allow')),
                  judgement(when),
                  any(...beside.map((role) => judgement(role.when))),
                ),
                at: value,
                aliases: analyzerAliases('REDUNDANT_PRINCIPAL_IN_ROLE_TRUST_POLICY'),
              },
            ],
            related: beside.map((role) => ({
              value: role.value,
              when: role.when,
              message: 'The role of the session is here.',
            })),
            message: (shown) =>
              `${policy.host.displayName} lists the session ${shown} and its role. The role includes all its sessions; remove one of them.`,
            fixes: () => [
              {
                title: 'Remove the session (its role still includes it)',
                safe: false,
                edits: [{ op: 'removeItem', resource: policy.host, target: value }],
              },
            ],
            ...severityOf('REDUNDANT_PRINCIPAL_IN_ROLE_TRUST_POLICY'),
          };
      }
    }
  },
});

function roleOf(account: string | undefined, name: string): string {
  return `${account ?? ''}/${name.toLowerCase()}`;
}
