import { addTo } from '../../base/groups.ts';
import { all, any, is, judgement } from '../../model/judgement.ts';
import { oneOf } from '../../model/predicate.ts';
import { principalsIn, readPrincipal, writtenText, type NamedPrincipal } from '../../policy/principal.ts';
import { analyzerAliases, severityOf } from '../access-analyzer.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'iam-role-trust-redundant-principal',
  on: 'policy',
  selfContained: true,
  kinds: ['trust'],
  topic: 'identity',
  severity: 'info',
  profile: 'strict',
  since: '0.1',
  title: 'Trust policy of an IAM role names no session beside its role',
  why: 'A role stands for all its sessions. A session beside it looks like a limit that there is not.',
  remedy: 'Remove the session, or the role where that one session alone is meant.',
  sources: [
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html',
      claim: 'A suggestion is to remove the session of a role that a trust policy names beside the role itself.',
      seen: '2026-11-26',
    },
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
      claim:
        'A role as a principal stands for the sessions of the role; a session can be named by arn:aws:sts::account:assumed-role/role/session.',
      seen: '2026-11-26',
    },
  ],
  aliases: { 'access-analyzer': ['REDUNDANT_PRINCIPAL_IN_ROLE_TRUST_POLICY'] },
  controls: {},
  fix: 'suggestion',
  *check(policy) {
    for (const statement of policy.statements) {
      const named = principalsIn(statement.principals).filter(({ kind }) => kind === 'AWS');
      if (named.length < 2) continue;
      const roles = new Map<string, NamedPrincipal[]>();
      for (const one of named) {
        const { form, account, name } = readPrincipal('AWS', writtenText(one.value));
        if (form !== 'role') continue;
        // A session has the name of its role without the path.
        addTo(roles, roleOf(account, name!.slice(name!.lastIndexOf('/') + 1)), one);
      }
      for (const { value, when } of named) {
        const { form, account, name } = readPrincipal('AWS', writtenText(value));
        const beside = form === 'session' ? roles.get(roleOf(account, name!.split('/')[0]!)) : undefined;
        if (beside)
          yield {
            ...severityOf('REDUNDANT_PRINCIPAL_IN_ROLE_TRUST_POLICY'),
            violations: [
              {
                wrong: all(
                  judgement(policy.exists),
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
              message: 'The role of the session.',
            })),
            message: (shown) =>
              `The trust policy of ${policy.host.displayName} names the session ${shown} beside its role, which stands for all its sessions; remove one of them.`,
            fixes: () => [
              {
                title: 'Remove the session (its role stays, which stands for it)',
                safe: false,
                edits: [{ op: 'removeItem', resource: policy.host, target: value }],
              },
            ],
          };
      }
    }
  },
});

function roleOf(account: string | undefined, name: string): string {
  return `${account ?? ''}/${name.toLowerCase()}`;
}
