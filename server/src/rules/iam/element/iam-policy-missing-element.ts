import { some } from '../../../base/words.ts';
import type { Fix } from '../../../model/edit.ts';
import {
  all,
  any,
  is,
  isAbsent,
  isPresent,
  judgement,
  not,
  UNKNOWABLE,
  type Judgement,
  type Predicate,
} from '../../../model/judgement.ts';
import { absentFrom, itemsOf, member } from '../../../model/navigate.ts';
import type { PolicyDocument, Statement } from '../../../model/policy.ts';
import { always, sometimes, unlessUnknown } from '../../../model/quantified.ts';
import type { Value } from '../../../model/value.ts';
import { isEmptyByDefault } from '../../../policy/condition/conditions.ts';
import {
  DOCUMENT_ELEMENTS,
  elementsOf,
  isIncompleteName,
  hasIncompleteElement,
  hasMisspelledElement,
  isBuiltFromBlocks,
  isShaped,
  statementExists,
  isUnreadable,
  STATEMENT_ELEMENTS,
} from '../../../policy/statement/elements.ts';
import { gapInStatement, missingElements, type MissingElement } from '../../../policy/statement/needed-elements.ts';
import { analyzerAliases, severityOf, type Code } from '../../access-analyzer.ts';
import { defineRule, type Report } from '../../rule.ts';

export default defineRule({
  id: 'iam-policy-missing-element',
  on: 'policy',
  selfContained: true,
  topic: 'identity',
  ...severityOf('MISSING_ACTION'),
  judged: '2026-11-26',
  title: 'Policies should have all required elements',
  keywords: [
    'missing element',
    'missing Effect',
    'missing Action',
    'missing Resource',
    'missing Principal',
    'MalformedPolicyDocument',
  ],
  why: 'AWS rejects a policy without a statement, and a statement without its effect, actions, resources or principals. Where AWS accepts it, as in key policies, the statement has no effect.',
  remedy: 'Add the element: Effect, Action, Resource, or Principal in resource-based policies and trust policies.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html':
      'A policy without Statement, and a statement without Effect, Action or NotAction, Resource or NotResource, or in resource-based policies Principal or NotPrincipal, are errors.',
    'https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html':
      'A statement of a key policy without Action or Resource has no effect, and the KMS API accepts it.',
    'https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policy-examples.html':
      'A repository policy has no Resource element.',
  },
  aliases: {
    ...analyzerAliases(
      'MISSING_ACTION',
      'MISSING_EFFECT',
      'MISSING_PRINCIPAL',
      'MISSING_RESOURCE',
      'MISSING_STATEMENT',
    ),
    parliament: ['MALFORMED'],
  },
  fix: 'suggestion',
  *check(policy) {
    // The unreadable part may contain the element.
    if (isUnreadable(policy)) return;
    // A policy with unknown content is not a policy without Statement.
    const bare = unlessUnknown(
      all(
        judgement(policy.when),
        isShaped(policy.value, 'object'),
        any(isAbsent(member(policy.value, 'Statement')), isEmptyList(policy)),
        not(isEmptyByDefault(member(policy.value, 'Statement'))),
      ),
    );
    // A Terraform data source that is the source of others can have no statements of its own.
    if (
      !isBuiltFromBlocks(policy) &&
      !hasIncompleteElement(policy.value, DOCUMENT_ELEMENTS) &&
      !hasMisspelledElement(policy.value, DOCUMENT_ELEMENTS, 'Statement')
    )
      yield {
        violations: [
          {
            wrong: bare,
            at: placeIn(policy.value, member(policy.value, 'Statement')),
            aliases: { ...analyzerAliases('MISSING_STATEMENT'), parliament: ['MALFORMED'] },
          },
        ],
        message: `${policy.host.displayName} has a policy without Statement. AWS rejects it; add one.`,
        ...severityOf('MISSING_STATEMENT'),
      };
    for (const statement of policy.statements) {
      // The author is still typing it. Another rule reports incomplete elements.
      if (hasIncompleteElement(statement.value, STATEMENT_ELEMENTS) || always(is(statement.effect, BEGUN))) continue;
      const lacked = missingElements(policy, statement);
      const everywhere = lacked.filter(({ lacking }) => always(lacking));
      if (everywhere.length > 0) yield reportOf(policy, statement, everywhere);
      for (const one of lacked) if (!everywhere.includes(one)) yield reportOf(policy, statement, [one]);
    }
  },
});

/** A prefix of an effect, which the author is still typing. */
const BEGUN: Predicate = {
  known: ({ raw }) => isIncompleteName(raw, 'Allow') || isIncompleteName(raw, 'Deny'),
  text: () => false,
  collection: false,
};

const CODE = {
  Effect: 'MISSING_EFFECT',
  Action: 'MISSING_ACTION',
  Principal: 'MISSING_PRINCIPAL',
  Resource: 'MISSING_RESOURCE',
} as const satisfies Readonly<Record<string, Code>>;

/** One report for all missing elements of a statement. */
function reportOf(policy: PolicyDocument, statement: Statement, lacked: readonly MissingElement[]): Report {
  const [{ needed, lacking }] = lacked as readonly [MissingElement, ...MissingElement[]];
  const at = policy.host.displayName;
  const names = lacked.map((one) => one.needed.names[0]);
  // KMS accepts such a key policy, but the statement has no effect.
  const isTaken = policy.service === 'kms' && names.every((name) => name === 'Action' || name === 'Resource');
  const so = isTaken ? 'KMS accepts it, but it has no effect' : 'AWS rejects it';
  const fixes = lacked.length === 1 ? fixesOf(policy, statement, needed.names[0]) : [];
  return {
    ...severityOf(CODE[needed.names[0]]),
    violations: [
      {
        wrong: all(statementExists(policy, statement), lacking, ...lacked.map((one) => isChosen(one, statement))),
        at: gapInStatement(statement.value),
        ...(always(lacking) ? {} : { dependsOn: member(statement.value, needed.names[0]) }),
        aliases: { ...analyzerAliases(...names.map((name) => CODE[name])), parliament: ['MALFORMED'] },
      },
    ],
    message:
      lacked.length === 1
        ? `${at} has a statement without ${needed.names.join(' or ')}. ${so}; add ${needed.names[0]}.`
        : `${at} has a statement without ${some(names)}. ${so}; add them.`,
    ...(fixes.length > 0 ? { fixes: () => fixes } : {}),
  };
}

/** Whether an element is missing by decision of the author. A variable that is empty by default is set by callers. */
function isChosen({ needed }: MissingElement, statement: Statement): Judgement {
  const given = needed.names.map((name) => isEmptyByDefault(member(statement.value, name)));
  return any(not(any(...given)), UNKNOWABLE);
}

/** Fixes that add the only missing element of a statement. */
function fixesOf(
  { kind, service, host }: PolicyDocument,
  { value, principals }: Statement,
  name: string,
): readonly Fix[] {
  const adding = (text: string): Fix => ({
    title: `Add ${name}: ${text}`,
    safe: false,
    uncovers: 'effect',
    edits: [{ op: 'addMember', resource: host, target: value, key: name, value: text }],
  });
  if (name === 'Effect') return [adding('Allow'), adding('Deny')];
  // In a key policy, `*` is the key itself and the only useful value. The statement then takes effect, so the fix is
  // not safe.
  if (name === 'Resource' && kind === 'resource' && service === 'kms') return [adding('*')];
  const kinds = elementsOf(principals).map(({ key }) => key);
  if (
    name === 'Action' &&
    kind === 'trust' &&
    kinds.length > 0 &&
    kinds.every((one) => one === 'Service' || one === 'AWS')
  )
    return [adding('sts:AssumeRole')];
  return [];
}

/** Whether the list of statements is empty. */
function isEmptyList({ value }: PolicyDocument): Judgement {
  const statements = member(value, 'Statement');
  const { items, complete } = itemsOf(statements, true);
  return items.length > 0 ? any() : all(judgement(complete), isShaped(statements, 'list'));
}

/** The place of a missing element, or of the empty list. */
function placeIn(document: Value, statements: Value): Value {
  return sometimes(isPresent(statements)) ? statements : absentFrom(document);
}
