import { capital } from '../../../base/words.ts';
import { isPolicyFile } from '../../../model/format.ts';
import { all, isPresent, judgement } from '../../../model/judgement.ts';
import type { PolicyKind } from '../../../model/policy.ts';
import { unlessUnknown } from '../../../model/quantified.ts';
import { elementsOf, statementExists, type WrittenElement } from '../../../policy/statement/elements.ts';
import { analyzerAliases, severityOf, type Code } from '../../access-analyzer.ts';
import { defineRule } from '../../rule.ts';

export default defineRule({
  id: 'iam-policy-unsupported-element',
  on: 'policy',
  selfContained: true,
  topic: 'identity',
  ...severityOf('UNSUPPORTED_PRINCIPAL'),
  judged: '2026-11-26',
  title: 'Policies should not contain elements that their type does not support',
  keywords: [
    'Principal in an identity-based policy',
    'Resource in a trust policy',
    'Action and NotAction',
    'unsupported element',
  ],
  why: 'Identity-based policies do not support Principal, trust policies do not support Resource, and no statement supports an element together with its negation. AWS rejects such policies.',
  remedy: 'Remove the element, or move the statement to a policy of a type that supports it.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html':
      'Principals in identity-based policies and in service control policies, resources in trust policies, and an element together with its negation are errors.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html':
      'A policy that is attached to an identity cannot have a Principal.',
  },
  aliases: {
    ...analyzerAliases(
      'UNSUPPORTED_PRINCIPAL',
      'SCP_SYNTAX_ERROR_PRINCIPAL',
      'ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE',
      'UNSUPPORTED_ELEMENT_COMBINATION',
    ),
    parliament: ['MALFORMED'],
  },
  fix: 'safe',
  *check(policy) {
    const at = policy.host.displayName;
    const excluded = EXCLUDED[policy.kind];
    for (const statement of policy.statements) {
      const present = statementExists(policy, statement);
      const elements = elementsOf(statement.value);
      const written = (name: string): WrittenElement | undefined => elements.find(({ key }) => key === name);
      for (const name of excluded?.names ?? []) {
        const element = written(name);
        if (!element || !excluded) continue;
        const wrong = all(present, judgement(element.when), unlessUnknown(isPresent(element.value)));
        yield {
          violations: [
            { wrong, at: element.at, aliases: { ...analyzerAliases(excluded.code), parliament: ['MALFORMED'] } },
          ],
          message: `${at} has ${name}, which ${excluded.why}. ${capital(excluded.what)}.`,
          // The kind of a file is inferred. AWS certainly rejects only the policy of a role.
          fixes: () => [
            {
              title: excluded.safe ? `Remove ${name}` : `Remove ${name} (applies to all principals with this policy)`,
              safe: excluded.safe && !isPolicyFile(policy.host.format),
              uncovers: 'effect',
              edits: [{ op: 'remove', resource: policy.host, target: element.value }],
            },
          ],
          ...severityOf(excluded.code),
        };
      }
      for (const name of ['Action', 'Resource', 'Principal']) {
        const [one, other] = [written(name), written(`Not${name}`)];
        if (!one || !other || excluded?.names.includes(name)) continue;
        const wrong = unlessUnknown(
          all(present, judgement(one.when), judgement(other.when), isPresent(one.value), isPresent(other.value)),
        );
        yield {
          violations: [
            {
              wrong,
              at: other.at,
              aliases: { ...analyzerAliases('UNSUPPORTED_ELEMENT_COMBINATION'), parliament: ['MALFORMED'] },
            },
          ],
          related: [{ value: one.at, message: `${name} is here.` }],
          message: `${at} has a statement with both ${name} and Not${name}. AWS rejects it; keep one of them, or use two statements.`,
          ...severityOf('UNSUPPORTED_ELEMENT_COMBINATION'),
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

/** The unsupported elements of each kind of policy. Principals restrict a statement, so removing them is not safe. */
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
