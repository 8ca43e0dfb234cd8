import { Guard } from '../../base/guard.ts';
import type { Fix } from '../../model/edit.ts';
import { all, judgement } from '../../model/judgement.ts';
import { itemsOf } from '../../model/navigate.ts';
import type { PolicyDocument, Statement } from '../../model/policy.ts';
import type { Leaf, Value } from '../../model/value.ts';
import { isThere } from '../../policy/elements.ts';
import { actionCovers, redundantIn, resourceCovers } from '../../policy/redundant.ts';
import { identified, settledTexts, writtenAction } from '../../policy/written.ts';
import { called, weight, type Code } from '../access-analyzer.ts';
import { defineRule, type Report } from '../rule.ts';

export default defineRule({
  id: 'iam-policy-redundant-entry',
  on: 'policy', alone: true,
  topic: 'identity', ...weight('REDUNDANT_ACTION'), since: '0.1',
  title: 'IAM policy names no action or resource that another entry covers',
  why: 'What stands beside a wildcard that covers it changes nothing: a reader takes it for the limit that it is not, and it counts against the size of the policy.',
  remedy: 'Remove what is covered, or, where only that was meant, the wildcard.',
  sources: [
    { url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html', claim: 'Suggestions: actions and ARNs that another one with a wildcard covers can be removed without changing the permissions.', seen: '2026-11-26' },
  ],
  aliases: { 'access-analyzer': ['REDUNDANT_ACTION', 'REDUNDANT_RESOURCE'] },
  controls: {},
  fix: 'safe',
  *check(policy) {
    for (const statement of policy.statements) {
      for (const list of [statement.actions, statement.notActions]) yield* inList(policy, statement, list, writtenAction, 'REDUNDANT_ACTION', actionCovers, (text) => text.toLowerCase());
      for (const list of [statement.resources, statement.notResources]) yield* inList(policy, statement, list, identified, 'REDUNDANT_RESOURCE', resourceCovers, (text) => text);
    }
  },
});

function* inList(
  policy: PolicyDocument, statement: Statement, list: Value, textOf: (leaf: Leaf) => string | undefined,
  code: Code, covers: (wide: string, narrow: string) => boolean, same: (text: string) => string,
): Iterable<Report> {
  const { items } = itemsOf(list);
  if (items.length < 2) return;
  const entries = settledTexts(items, textOf);
  for (const [index, by] of redundantIn(entries, covers, same)) {
    const { value, guard, whole } = entries[index]!;
    const wide = entries[by]!;
    yield {
      faults: [{ wrong: all(isThere(policy, statement), judgement({ yes: guard, no: Guard.never })), at: value, aliases: called(code) }],
      message: (shown) => same(wide.text) === same(entries[index]!.text)
        ? `The policy in ${policy.host.displayName} names ${shown} twice in one list, which changes nothing; remove one.`
        : `The policy in ${policy.host.displayName} names ${shown} beside an entry that covers it, so it changes nothing; remove it, or the wildcard if only this is meant.`,
      related: () => [{ value: wide.value, message: 'This covers it.' }],
      fixes: (target): readonly Fix[] => !whole ? [] : [{ title: 'Remove what is covered already', safe: true, uncovers: 'part', edits: [{ op: 'removeItem', resource: policy.host, target, unlessCommented: true }] }],
    };
  }
}
