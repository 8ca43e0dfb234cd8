import { flatMap } from '../../../base/flat-map.ts';
import type { Fix } from '../../../model/edit.ts';
import { isIndependent } from '../../../model/independent.ts';
import { all, judgement } from '../../../model/judgement.ts';
import { itemsOf } from '../../../model/navigate.ts';
import type { PolicyDocument, Statement } from '../../../model/policy.ts';
import { always } from '../../../model/quantified.ts';
import type { Leaf, Value } from '../../../model/value.ts';
import { statementExists } from '../../../policy/statement/elements.ts';
import { actionCovers, redundantIn, resourceCovers } from '../../../policy/statement/redundant.ts';
import { canonicalStatement } from '../../../policy/statement/same-statement.ts';
import { identified, possibleTexts, writtenAction, type PossibleText } from '../../../policy/statement/written.ts';
import { analyzerAliases, severityOf, type Code } from '../../access-analyzer.ts';
import { defineRule, type Violation, type Report } from '../../rule.ts';

export default defineRule({
  id: 'iam-policy-redundant-entry',
  on: 'policy',
  selfContained: true,
  needs: { statement: ['list'] },
  topic: 'identity',
  ...severityOf('REDUNDANT_ACTION'),
  title: 'Policies should not list redundant actions or resources',
  keywords: ['redundant entry', 'duplicate action', 'wildcard', 'policy size'],
  why: 'An action or resource that a wildcard also covers has no effect. Readers may mistake it for a restriction, and it counts toward the policy size.',
  remedy: 'Remove the redundant entries, or the wildcard if only these entries are intended.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html':
      'Suggestions: actions and ARNs that another one with a wildcard covers can be removed without changing the permissions.',
  },
  judged: '2026-11-29',
  aliases: { 'access-analyzer': ['REDUNDANT_ACTION', 'REDUNDANT_RESOURCE'] },
  fix: 'safe',
  tag: 'unnecessary',
  *check(policy) {
    // Another rule recommends removing the second of two equal statements.
    for (const equal of equalStatements(policy)) {
      for (const list of ['actions', 'notActions'] as const) yield* inList(policy, equal, list, ACTIONS);
      for (const list of ['resources', 'notResources'] as const) yield* inList(policy, equal, list, RESOURCES);
    }
  },
});

/** Each statement with the later statements that are equal to it in every scenario. */
function equalStatements(policy: PolicyDocument): readonly (readonly Statement[])[] {
  const permanent = new Map<string, Statement[]>();
  const groups: Statement[][] = [];
  for (const statement of policy.statements) {
    const content = canonicalStatement(statement.value);
    const group = content === undefined ? undefined : permanent.get(content);
    if (group) {
      group.push(statement);
      continue;
    }
    const first = [statement];
    groups.push(first);
    if (content !== undefined && always(statementExists(policy, statement))) permanent.set(content, first);
  }
  return groups;
}

/** The entries of a list, and those that another entry includes. */
interface Entries {
  readonly code: Code;
  readonly textOf: (leaf: Leaf) => string | undefined;
  readonly covers: (wide: string, narrow: string) => boolean;
  readonly same: (text: string) => string;
}

const ACTIONS: Entries = {
  code: 'REDUNDANT_ACTION',
  textOf: writtenAction,
  covers: actionCovers,
  same: (text) => text.toLowerCase(),
};

const RESOURCES: Entries = {
  code: 'REDUNDANT_RESOURCE',
  textOf: identified,
  covers: resourceCovers,
  same: (text) => text,
};

/** The entries that one entry of a list covers, or that repeat it. */
interface Covered {
  readonly wide: PossibleText;
  readonly isRepeated: boolean;
  readonly covered: readonly PossibleText[];
}

function coveredIn(list: Value, { textOf, covers, same }: Entries): readonly Covered[] {
  const { items } = itemsOf(list);
  if (items.length < 2) return [];
  const entries = possibleTexts(items, textOf);
  const groups = new Map<string, Covered & { readonly covered: PossibleText[] }>();
  for (const [index, by] of redundantIn(entries, covers, same)) {
    const [entry, wide] = [entries[index]!, entries[by]!];
    const isRepeated = same(wide.text) === same(entry.text);
    const group = groups.get(`${by} ${isRepeated}`);
    if (group) group.covered.push(entry);
    else groups.set(`${by} ${isRepeated}`, { wide, isRepeated, covered: [entry] });
  }
  return [...groups.values()];
}

/** The same entries of an equal statement, so that both statements remain equal without them. */
function alikeIn(list: Value, { wide, isRepeated, covered }: Covered, entries: Entries): readonly PossibleText[] {
  const texts = new Set(covered.map(({ text }) => entries.same(text)));
  return flatMap(
    coveredIn(list, entries).filter(
      (other) => other.isRepeated === isRepeated && entries.same(other.wide.text) === entries.same(wide.text),
    ),
    (other) => other.covered.filter(({ text }) => texts.has(entries.same(text))),
  );
}

/** The entries that one entry covers are one finding, because they are removed together. */
function* inList(
  policy: PolicyDocument,
  [statement, ...others]: readonly Statement[],
  name: 'actions' | 'notActions' | 'resources' | 'notResources',
  entries: Entries,
): Iterable<Report> {
  if (!statement) return;
  for (const group of coveredIn(statement[name], entries)) {
    const { wide, isRepeated, covered } = group;
    const violations = covered.map(({ value, when }): Violation => ({
      wrong: all(statementExists(policy, statement), judgement(when)),
      at: value,
      aliases: analyzerAliases(entries.code),
    }));
    const removable = covered.filter(({ whole }) => whole);
    yield {
      violations,
      message: (text, _leaf, _one, besides) => {
        const more = besides().length;
        const shown = text === '' ? 'an empty string' : text;
        if (isRepeated)
          return `${policy.host.displayName} lists ${shown} ${more === 0 ? 'twice' : `${more + 2} times`} in one element. Remove ${more === 0 ? 'one' : 'all but one'}.`;
        return more === 0
          ? `${policy.host.displayName} lists ${shown}, which another entry covers. Remove it, or the wildcard if only this is intended.`
          : `${policy.host.displayName} lists ${shown} and ${more} more, which another entry covers. Remove them, or the wildcard if only these are intended.`;
      },
      related: () => [
        { value: wide.value, message: isRepeated ? 'It is listed here first.' : 'This entry covers it.' },
      ],
      fixes: (target, at): readonly Fix[] => {
        const beside = removable.filter(({ value }) => value !== at).map(({ value }) => value);
        const here = removable.some(({ value }) => value === at) ? [target, ...beside] : beside;
        if (here.length === 0) return [];
        const alike = flatMap(others, (other) =>
          alikeIn(other[name], group, entries)
            .filter(({ whole }) => whole)
            .map(({ value }) => value),
        );
        return [
          {
            title: 'Remove the redundant entries',
            safe: [wide.value, ...covered.map(({ value }) => value), ...alike].every(isIndependent),
            uncovers: 'part',
            each: true,
            edits: [...here, ...alike].map((one) => ({
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
