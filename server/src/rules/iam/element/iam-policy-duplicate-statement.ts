import { isIndependent } from '../../../model/independent.ts';
import { all, judgement } from '../../../model/judgement.ts';
import { always } from '../../../model/quantified.ts';
import type { Leaf } from '../../../model/value.ts';
import { branchesOf, statementExists } from '../../../policy/statement/elements.ts';
import {
  canonicalStatement,
  isOwnStatement,
  withEqual,
  type EarlierEqual,
} from '../../../policy/statement/same-statement.ts';
import { analyzerAliases, severityOf } from '../../access-analyzer.ts';
import { defineRule } from '../../rule.ts';

export default defineRule({
  id: 'iam-policy-duplicate-statement',
  on: 'policy',
  selfContained: true,
  needs: { statement: ['statements'] },
  topic: 'identity',
  ...severityOf('REDUNDANT_STATEMENT'),
  judged: '2026-11-26',
  title: 'Policies should not contain duplicate statements',
  keywords: ['redundant statement', 'identical statements'],
  why: 'A duplicate statement counts twice toward the policy size, and an author who changes one of them easily overlooks the other.',
  remedy: 'Remove one of the two statements.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html':
      'Statements that are identical are redundant; one of them can be removed.',
  },
  aliases: analyzerAliases('REDUNDANT_STATEMENT'),
  fix: 'safe',
  tag: 'unnecessary',
  subsumes: ['iam-policy-mergeable-statement'],
  *check(policy) {
    const earlier = new Map<string, EarlierEqual<Leaf>>();
    for (const statement of policy.statements)
      for (const { value, when } of branchesOf(statement.value)) {
        const content = canonicalStatement(value);
        // Another rule reports an empty statement.
        if (content === undefined || content === '{}') continue;
        const before = earlier.get(content);
        const present = all(statementExists(policy, statement), judgement(when));
        earlier.set(content, withEqual(before, value, present));
        if (!before) continue;
        const wrong = all(present, before.there);
        yield {
          violations: [{ wrong, at: value, aliases: analyzerAliases('REDUNDANT_STATEMENT') }],
          related: [{ value: before.first, message: 'The same statement is also here.' }],
          message: `${policy.host.displayName} has two identical statements. Remove one of them.`,
          // If the other statement exists only in some scenarios, this one is needed. If this one exists only in some,
          // it is generated.
          ...(always(before.there) && always(present) && isOwnStatement(statement.value)
            ? {
                fixes: () => [
                  {
                    title: 'Remove the duplicate statement',
                    // With other values of parameters, the statements can differ.
                    safe: isIndependent(value) && isIndependent(before.first),
                    edits: [{ op: 'removeItem', resource: policy.host, target: value, unlessCommented: true }],
                  },
                ],
              }
            : {}),
        };
      }
  },
});
