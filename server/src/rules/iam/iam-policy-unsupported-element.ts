import { capital } from '../../base/words.ts';
import { all, isPresent, judgement } from '../../model/judgement.ts';
import type { PolicyKind } from '../../model/policy.ts';
import { elementsOf, isThere, type Element } from '../../policy/elements.ts';
import { analyzerAliases, severityOf, type Code } from '../access-analyzer.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'iam-policy-unsupported-element',
  on: 'policy',
  selfContained: true,
  topic: 'identity',
  ...severityOf('UNSUPPORTED_PRINCIPAL'),
  since: '0.1',
  judged: '2026-11-26',
  title: 'IAM policy has no elements that its kind or another element excludes',
  why: 'A policy of an identity is about whoever has it and names no principal, a trust policy is about its role and names no resource, and an element excludes its negation; AWS refuses what mixes them.',
  remedy: 'Remove the element, or move the statement to a policy of the kind that takes it.',
  sources: [
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html',
      claim:
        'Principals in policies of identities and in service control policies, resources in trust policies, and an element beside its negation are errors.',
      seen: '2026-11-26',
    },
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
      claim: 'A policy that is attached to an identity cannot have a Principal.',
      seen: '2026-11-26',
    },
  ],
  aliases: {
    ...analyzerAliases(
      'UNSUPPORTED_PRINCIPAL',
      'SCP_SYNTAX_ERROR_PRINCIPAL',
      'ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE',
      'UNSUPPORTED_ELEMENT_COMBINATION',
    ),
    parliament: ['MALFORMED'],
  },
  controls: {},
  fix: 'safe',
  *check(policy) {
    const at = policy.host.displayName;
    const excluded = EXCLUDED[policy.kind];
    for (const statement of policy.statements) {
      const there = isThere(policy, statement);
      const elements = elementsOf(statement.value);
      const written = (name: string): Element | undefined => elements.find(({ key }) => key === name);
      for (const name of excluded?.names ?? []) {
        const element = written(name);
        if (!element || !excluded) continue;
        const wrong = all(there, judgement(element.when), isPresent(element.value));
        if (!isPresent(element.value).yes.satisfiable()) continue;
        yield {
          ...severityOf(excluded.code),
          violations: [{ wrong, at: element.at, aliases: analyzerAliases(excluded.code) }],
          message: `The policy in ${at} has ${name}, which ${excluded.why}, so AWS rejects it. ${capital(excluded.what)}.`,
          // What a file is for is inferred, and only a policy of a role is surely refused.
          fixes: () => [
            {
              title: excluded.safe ? `Remove ${name}` : `Remove ${name} (applies to every principal with this policy)`,
              safe: excluded.safe && policy.host.format !== 'iam-policy',
              uncovers: 'effect',
              edits: [{ op: 'remove', resource: policy.host, target: element.value }],
            },
          ],
        };
      }
      for (const name of ['Action', 'Resource', 'Principal']) {
        const [one, other] = [written(name), written(`Not${name}`)];
        if (!one || !other || excluded?.names.includes(name)) continue;
        const wrong = all(
          there,
          judgement(one.when),
          judgement(other.when),
          isPresent(one.value),
          isPresent(other.value),
        );
        if (!wrong.yes.satisfiable()) continue;
        yield {
          ...severityOf('UNSUPPORTED_ELEMENT_COMBINATION'),
          violations: [{ wrong, at: other.at, aliases: analyzerAliases('UNSUPPORTED_ELEMENT_COMBINATION') }],
          related: [{ value: one.at, message: `${name} is here.` }],
          message: `The policy in ${at} has a statement with both ${name} and Not${name}, so AWS rejects it. Keep one of them, or write two statements.`,
        };
      }
    }
  },
});

interface Excluded {
  readonly names: readonly string[];
  readonly code: Code;
  readonly why: string;
  readonly what: string;
  readonly safe: boolean;
}

const PRINCIPALS = ['Principal', 'NotPrincipal'];

const OF_IDENTITY: Excluded = {
  names: PRINCIPALS,
  code: 'UNSUPPORTED_PRINCIPAL',
  safe: false,
  why: 'identity-based policies do not support',
  what: 'remove it, or move the statement to the policy of the resource',
};

/** What statements of a kind of policy must not have. To say whom something is about limits it, so that to remove that is not safe. */
const EXCLUDED: Readonly<Partial<Record<PolicyKind, Excluded>>> = {
  identity: OF_IDENTITY,
  boundary: OF_IDENTITY,
  'permission-set': OF_IDENTITY,
  session: OF_IDENTITY,
  scp: {
    names: PRINCIPALS,
    code: 'SCP_SYNTAX_ERROR_PRINCIPAL',
    safe: false,
    why: 'service control policies do not support',
    what: 'remove it, and use a condition on aws:PrincipalArn',
  },
  trust: {
    names: ['Resource', 'NotResource'],
    code: 'ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE',
    safe: true,
    why: 'trust policies do not support',
    what: 'remove it',
  },
};
