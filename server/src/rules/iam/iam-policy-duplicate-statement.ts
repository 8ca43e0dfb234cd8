import { all, judgement, NO } from '../../model/judgement.ts';
import type { Leaf } from '../../model/value.ts';
import { branchesOf, isThere } from '../../policy/elements.ts';
import { contentOf, isOwnStatement, withAnother, type Earlier } from '../../policy/same-statement.ts';
import { analyzerAliases, severityOf } from '../access-analyzer.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'iam-policy-duplicate-statement',
  on: 'policy',
  selfContained: true,
  topic: 'identity',
  ...severityOf('REDUNDANT_STATEMENT'),
  since: '0.1',
  judged: '2026-11-26',
  title: 'IAM policy says nothing twice',
  why: 'A statement that is there twice counts twice towards the size of the policy, and who changes one of them overlooks the other.',
  remedy: 'Remove one of the two statements.',
  sources: [
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html',
      claim: 'Statements that are identical are redundant; one of them can be removed.',
      seen: '2026-11-26',
    },
  ],
  aliases: analyzerAliases('REDUNDANT_STATEMENT'),
  controls: {},
  fix: 'safe',
  subsumes: ['iam-policy-mergeable-statement'],
  *check(policy) {
    const earlier = new Map<string, Earlier<Leaf>>();
    for (const statement of policy.statements)
      for (const { value, when } of branchesOf(statement.value)) {
        const content = contentOf(value);
        // What is empty or has nothing but a name is another rule's.
        if (content === undefined || content === '{}') continue;
        const before = earlier.get(content);
        const there = all(isThere(policy, statement), judgement(when));
        earlier.set(content, withAnother(before, value, there));
        const wrong = before ? all(there, before.there) : NO;
        if (!before || wrong.no.isAlways()) continue;
        yield {
          violations: [{ wrong, at: value, aliases: analyzerAliases('REDUNDANT_STATEMENT') }],
          related: [{ value: before.first, message: 'The same is said here.' }],
          message: `The policy in ${policy.host.displayName} has two equal statements, of which one has no effect. Remove one.`,
          // Where the other one is not always there, this one is needed; one that is not always there is made by something else.
          ...(before.there.yes.isAlways() && there.yes.isAlways() && isOwnStatement(statement.value)
            ? {
                fixes: () => [
                  {
                    title: 'Remove the statement that says the same as an earlier one',
                    safe: true,
                    edits: [{ op: 'removeItem', resource: policy.host, target: value, unlessCommented: true }],
                  },
                ],
              }
            : {}),
        };
      }
  },
});
