import { Guard } from '../../base/guard.ts';
import type { Fix } from '../../model/edit.ts';
import { all, judgement } from '../../model/judgement.ts';
import { itemsOf } from '../../model/navigate.ts';
import type { PolicyDocument, Statement } from '../../model/policy.ts';
import type { Leaf, Value } from '../../model/value.ts';
import { isThere } from '../../policy/elements.ts';
import { actionCovers, redundantIn, resourceCovers } from '../../policy/redundant.ts';
import { contentOf } from '../../policy/same-statement.ts';
import { identified, settledTexts, writtenAction, type Settled } from '../../policy/written.ts';
import { analyzerAliases, severityOf, type Code } from '../access-analyzer.ts';
import { defineRule, type Violation, type Report } from '../rule.ts';

export default defineRule({
  id: 'iam-policy-redundant-entry',
  on: 'policy',
  selfContained: true,
  topic: 'identity',
  ...severityOf('REDUNDANT_ACTION'),
  since: '0.1',
  title: 'Policies should not list redundant actions or resources',
  why: 'An entry that a wildcard covers changes nothing. A reader takes it for a limit, and it counts against the size of the policy.',
  remedy: 'Remove what is covered, or, where only that was meant, the wildcard.',
  sources: [
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html',
      claim:
        'Suggestions: actions and ARNs that another one with a wildcard covers can be removed without changing the permissions.',
      seen: '2026-11-26',
    },
  ],
  aliases: { 'access-analyzer': ['REDUNDANT_ACTION', 'REDUNDANT_RESOURCE'] },
  controls: {},
  fix: 'safe',
  *check(policy) {
    const said = new Set<string>();
    for (const statement of policy.statements) {
      // The second of two equal statements is to be removed, which another rule says.
      const content = contentOf(statement.value);
      if (content !== undefined && said.has(content)) continue;
      if (content !== undefined && isThere(policy, statement).yes.isAlways()) said.add(content);
      for (const list of [statement.actions, statement.notActions])
        yield* inList(policy, statement, list, writtenAction, 'REDUNDANT_ACTION', actionCovers, (text) =>
          text.toLowerCase(),
        );
      for (const list of [statement.resources, statement.notResources])
        yield* inList(policy, statement, list, identified, 'REDUNDANT_RESOURCE', resourceCovers, (text) => text);
    }
  },
});

function* inList(
  policy: PolicyDocument,
  statement: Statement,
  list: Value,
  textOf: (leaf: Leaf) => string | undefined,
  code: Code,
  covers: (wide: string, narrow: string) => boolean,
  same: (text: string) => string,
): Iterable<Report> {
  const { items } = itemsOf(list);
  if (items.length < 2) return;
  const entries = settledTexts(items, textOf);
  // All that one entry covers is one finding, because the entries are removed together.
  const groups = new Map<
    string,
    { readonly wide: Settled; readonly isRepeated: boolean; readonly covered: Settled[] }
  >();
  for (const [index, by] of redundantIn(entries, covers, same)) {
    const [entry, wide] = [entries[index]!, entries[by]!];
    const isRepeated = same(wide.text) === same(entry.text);
    const group = groups.get(`${by} ${isRepeated}`);
    if (group) group.covered.push(entry);
    else groups.set(`${by} ${isRepeated}`, { wide, isRepeated, covered: [entry] });
  }
  for (const { wide, isRepeated, covered } of groups.values()) {
    const violations = covered.map(({ value, guard }): Violation => ({
      wrong: all(isThere(policy, statement), judgement({ yes: guard, no: Guard.never })),
      at: value,
      aliases: analyzerAliases(code),
    }));
    const removable = covered.filter(({ whole }) => whole);
    yield {
      violations,
      message: (shown, _, one) => {
        const others = violations.filter(
          (other) => other !== one && other.wrong.yes.and(one.wrong.yes).satisfiable(),
        ).length;
        if (isRepeated)
          return `The policy in ${policy.host.displayName} lists ${shown} ${others === 0 ? 'twice' : `${others + 2} times`} in one element. Remove ${others === 0 ? 'one' : 'all but one'}.`;
        return others === 0
          ? `The policy in ${policy.host.displayName} lists ${shown}, which another entry covers. Remove it, or the wildcard if only this is meant.`
          : `The policy in ${policy.host.displayName} lists ${shown} and ${others} more, which another entry covers. Remove them, or the wildcard if only these are meant.`;
      },
      related: () => [
        { value: wide.value, message: isRepeated ? 'It is listed here first.' : 'This entry covers it.' },
      ],
      fixes: (target, at): readonly Fix[] => {
        const others = removable.filter(({ value }) => value !== at).map(({ value }) => value);
        const targets = removable.some(({ value }) => value === at) ? [target, ...others] : others;
        return targets.length === 0
          ? []
          : [
              {
                title: 'Remove what is covered already',
                safe: true,
                uncovers: 'part',
                each: true,
                edits: targets.map((one) => ({
                  op: 'removeItem',
                  resource: policy.host,
                  target: one,
                  unlessCommented: true,
                })),
              },
            ];
      },
    };
  }
}
