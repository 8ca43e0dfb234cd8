import { all, judgement, type Judgement } from '../../../model/judgement.ts';
import type { PolicyDocument, PolicyKind, Statement } from '../../../model/policy.ts';
import { always, unlessUnknown } from '../../../model/quantified.ts';
import type { Value } from '../../../model/value.ts';
import {
  elementsOf,
  isEmptyList,
  isEmptyObject,
  isBuiltFromBlocks,
  statementExists,
  isUnreadable,
} from '../../../policy/statement/elements.ts';
import { lacksRequiredElement } from '../../../policy/statement/needed-elements.ts';
import { analyzerAliases, severityOf, type Code } from '../../access-analyzer.ts';
import { defineRule, type Report } from '../../rule.ts';

export default defineRule({
  id: 'iam-policy-empty-element',
  on: 'policy',
  selfContained: true,
  topic: 'identity',
  ...severityOf('EMPTY_ARRAY_ACTION'),
  judged: '2026-11-26',
  title: 'Policies should not contain empty elements',
  keywords: ['empty Action', 'empty Resource', 'empty Principal', 'empty Condition', 'empty array', 'no effect'],
  why: 'A statement without actions, resources or principals has no effect, and IAM rejects it in identity-based policies. An empty Condition restricts nothing, which is rarely intended.',
  remedy: 'Specify the values, or remove the statement or the element.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html':
      'Empty lists of actions, resources and principals have no effect and are worth a suggestion, and so are empty objects of principals and conditions.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html': 'A list has one value or more.',
    'https://github.com/aws-samples/aws-health-aware/issues/1':
      'IAM rejects a role policy with an empty list of resources: a statement must contain resources.',
  },
  aliases: analyzerAliases(
    'EMPTY_ARRAY_ACTION',
    'EMPTY_ARRAY_PRINCIPAL',
    'EMPTY_ARRAY_RESOURCE',
    'EMPTY_OBJECT_PRINCIPAL',
    'EMPTY_OBJECT_CONDITION',
  ),
  fix: 'suggestion',
  *check(policy) {
    // The Terraform provider omits empty elements.
    if (isBuiltFromBlocks(policy) || isUnreadable(policy)) return;
    for (const statement of policy.statements) {
      // Another rule reports missing elements first.
      if (lacksRequiredElement(policy, statement)) continue;
      for (const one of emptiesOf(statement)) {
        yield reportOf(policy, one, all(statementExists(policy, statement), unlessUnknown(one.empty)));
        // A single empty element makes a statement ineffective.
        if (always(one.empty)) break;
      }
    }
  },
});

interface Empty {
  readonly code: Code;
  readonly name: string;
  readonly value: Value;
  readonly empty: Judgement;
}

/**
 * The empty elements of a statement. NotAction, NotResource and NotPrincipal are omitted, because excluding nothing has
 * an effect.
 */
function* emptiesOf(statement: Statement): Iterable<Empty> {
  const lists = [
    ['EMPTY_ARRAY_ACTION', 'Action', statement.actions],
    ['EMPTY_ARRAY_RESOURCE', 'Resource', statement.resources],
    ['EMPTY_ARRAY_PRINCIPAL', 'Principal', statement.principals],
  ] as const;
  for (const [code, name, value] of lists) yield { code, name, value, empty: isEmptyList(value) };
  yield {
    code: 'EMPTY_OBJECT_PRINCIPAL',
    name: 'Principal',
    value: statement.principals,
    empty: isEmptyObject(statement.principals),
  };
  for (const { key, value, when } of elementsOf(statement.principals))
    yield {
      code: 'EMPTY_ARRAY_PRINCIPAL',
      name: `Principal.${key}`,
      value,
      empty: all(judgement(when), isEmptyList(value)),
    };
  for (const { key, value, when } of elementsOf(statement.value))
    if (key === 'Condition')
      yield { code: 'EMPTY_OBJECT_CONDITION', name: key, value, empty: all(judgement(when), isEmptyObject(value)) };
}

function reportOf({ kind, host }: PolicyDocument, { code, name, value }: Empty, wrong: Judgement): Report {
  const at = host.displayName;
  const violations = [{ wrong, at: value, aliases: analyzerAliases(code) }];
  if (code === 'EMPTY_OBJECT_CONDITION')
    return {
      violations,
      message: `${at} has an empty Condition, which restricts nothing. Specify the conditions, or remove the element.`,
      // AWS documents both that the condition has no effect and that the statement has none.
      fixes: (leaf) => [
        { title: 'Remove the empty Condition', safe: false, edits: [{ op: 'remove', resource: host, target: leaf }] },
      ],
      ...severityOf(code),
    };
  // Access Analyzer reports only a suggestion, but IAM rejects such a policy.
  if (OF_IDENTITIES.has(kind))
    return {
      severity: 'medium',
      profile: 'recommended',
      violations,
      message: `${at} has a statement with an empty ${name}. IAM rejects it; specify a value, or remove the statement.`,
    };
  return {
    violations,
    message: `${at} has a statement with an empty ${name}. The statement has no effect; specify a value, or remove it.`,
    ...severityOf(code),
  };
}

/** Kinds of policies that IAM attaches to identities. */
const OF_IDENTITIES: ReadonlySet<PolicyKind> = new Set<PolicyKind>(['identity', 'boundary', 'permission-set']);
