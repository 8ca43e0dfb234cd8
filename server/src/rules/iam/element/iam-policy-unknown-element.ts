import { isTerraform } from '../../../model/format.ts';
import { all, judgement, type Judgement } from '../../../model/judgement.ts';
import type { PolicyDocument } from '../../../model/policy.ts';
import type { Value } from '../../../model/value.ts';
import { hasToolPlaceholder } from '../../../policy/condition/condition-keys.ts';
import {
  DOCUMENT_ELEMENTS,
  elementsOf,
  isIncompleteName,
  statementExists,
  isUnreadable,
  meantElement,
  STATEMENT_ELEMENTS,
} from '../../../policy/statement/elements.ts';
import { analyzerAliases, severityOf } from '../../access-analyzer.ts';
import { defineRule, type Report } from '../../rule.ts';

export default defineRule({
  id: 'iam-policy-unknown-element',
  on: 'policy',
  selfContained: true,
  topic: 'identity',
  ...severityOf('INVALID_POLICY_ELEMENT'),
  judged: '2026-11-26',
  title: 'Policies should not contain unknown elements',
  keywords: ['invalid element', 'misspelled element', 'policy grammar', 'MalformedPolicyDocument', 'case-sensitive'],
  why: 'AWS rejects a policy with an unknown element. Usually the name of a valid element is misspelled.',
  remedy: 'Use the element names of the policy grammar, which are singular and case-sensitive, or remove the element.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html':
      'A policy has Version, Id and Statement; a statement Sid, Effect, Principal, NotPrincipal, Action, NotAction, Resource, NotResource and Condition.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html':
      'An element that does not exist is an error.',
  },
  aliases: { ...analyzerAliases('INVALID_POLICY_ELEMENT'), parliament: ['MALFORMED'] },
  fix: 'safe',
  *check(policy) {
    // A key may continue in the unreadable part.
    if (isUnreadable(policy)) return;
    if (policy.shape !== 'statement')
      yield* unknownIn(policy, policy.value, DOCUMENT_ELEMENTS, judgement(policy.when), 'a policy');
    for (const statement of policy.statements)
      yield* unknownIn(policy, statement.value, STATEMENT_ELEMENTS, statementExists(policy, statement), 'a statement');
  },
});

function* unknownIn(
  { host }: PolicyDocument,
  object: Value,
  known: readonly string[],
  there: Judgement,
  what: string,
): Iterable<Report> {
  const elements = elementsOf(object);
  for (const { key, computedKey, at, value, when } of elements) {
    // Only Terraform can compute the name of an element.
    if (known.includes(key) || (hasToolPlaceholder(key) && isTerraform(host.format))) continue;
    const wrong = all(there, judgement(when));
    const near = meantElement(key, known);
    const intended = elements.some((other) => other.key === near) ? undefined : near;
    yield {
      violations: [{ wrong, at, aliases: { ...analyzerAliases('INVALID_POLICY_ELEMENT'), parliament: ['MALFORMED'] } }],
      message: `${host.displayName} has the unknown element ${key} in ${what}. AWS rejects it; ${intended ? `use ${intended}` : 'remove it'}.`,
      // AWS rejects the policy, so the fix changes no working policy. The author may still be typing an incomplete
      // name.
      ...(intended
        ? {
            fixes: () => [
              {
                title: `Rename ${key} to ${intended}`,
                safe: !isIncompleteName(key, intended) && computedKey === undefined,
                uncovers: 'effect',
                edits: [{ op: 'renameKey', resource: host, target: value, name: intended }],
              },
            ],
          }
        : {}),
    };
  }
}
