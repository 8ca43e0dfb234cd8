import { some } from '../../base/words.ts';
import type { Fix } from '../../model/edit.ts';
import { all, any, is, isAbsent, judgement, not, type Judgement, type Predicate } from '../../model/judgement.ts';
import { absentFrom, itemsOf, member } from '../../model/navigate.ts';
import type { PolicyDocument, Statement } from '../../model/policy.ts';
import type { Value } from '../../model/value.ts';
import {
  DOCUMENT_ELEMENTS,
  elementsOf,
  isBeginning,
  isBegun,
  isMisspelt,
  isPutTogether,
  isShaped,
  isThere,
  isUnreadable,
  STATEMENT_ELEMENTS,
} from '../../policy/elements.ts';
import { gapInStatement, lackedBy, type Lacked } from '../../policy/needed-elements.ts';
import { analyzerAliases, severityOf, type Code } from '../access-analyzer.ts';
import { defineRule, type Report } from '../rule.ts';

export default defineRule({
  id: 'iam-policy-missing-element',
  on: 'policy',
  selfContained: true,
  topic: 'identity',
  ...severityOf('MISSING_ACTION'),
  since: '0.1',
  judged: '2026-11-26',
  title: 'IAM policy has the elements that it needs',
  why: 'AWS refuses a policy without a statement, and a statement that lacks its effect, its actions, or whom and what it is about; where it does not, as in policies of keys, the statement does nothing.',
  remedy: 'Add the element: Effect, Action, Resource, in policies of resources and roles Principal.',
  sources: [
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html',
      claim:
        'A policy without Statement, and a statement without Effect, Action or NotAction, Resource or NotResource, or in resource policies Principal or NotPrincipal, are errors.',
      seen: '2026-11-26',
    },
    {
      url: 'https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/kms/aws.sdk.kotlin.services.kms.model/-put-key-policy-request/policy.html',
      claim: 'A statement of a key policy without Action or Resource has no effect, and the API of KMS takes it.',
      seen: '2026-11-26',
    },
    {
      url: 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policy-examples.html',
      claim: 'The policy of a repository names no resource.',
      seen: '2026-11-26',
    },
  ],
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
  controls: {},
  fix: 'suggestion',
  *check(policy) {
    // What cannot be read may have it.
    if (isUnreadable(policy)) return;
    const bare = all(
      judgement(policy.exists),
      isShaped(policy.value, 'object'),
      any(isAbsent(member(policy.value, 'Statement')), isEmptyList(policy)),
    );
    // A source of statements that only others start from may have none of its own.
    if (
      bare.yes.satisfiable() &&
      !isPutTogether(policy) &&
      !isBegun(policy.value, DOCUMENT_ELEMENTS) &&
      !isMisspelt(policy.value, DOCUMENT_ELEMENTS, 'Statement')
    )
      yield {
        ...severityOf('MISSING_STATEMENT'),
        violations: [
          {
            wrong: bare,
            at: placeIn(policy.value, member(policy.value, 'Statement')),
            aliases: analyzerAliases('MISSING_STATEMENT'),
          },
        ],
        message: `The policy in ${policy.host.displayName} has no Statement, so AWS rejects it. Add one.`,
      };
    for (const statement of policy.statements) {
      // Somebody is writing it, and what is begun says so itself.
      if (isBegun(statement.value, STATEMENT_ELEMENTS) || is(statement.effect, BEGUN).yes.isAlways()) continue;
      const lacked = lackedBy(policy, statement);
      const always = lacked.filter(({ lacking }) => lacking.yes.isAlways());
      if (always.length > 0) yield reportOf(policy, statement, always);
      for (const one of lacked) if (!always.includes(one)) yield reportOf(policy, statement, [one]);
    }
  },
});

/** An effect that is the beginning of one. */
const BEGUN: Predicate = {
  known: ({ raw }) => isBeginning(raw, 'Allow') || isBeginning(raw, 'Deny'),
  text: () => false,
  collection: false,
};

const CODE = {
  Effect: 'MISSING_EFFECT',
  Action: 'MISSING_ACTION',
  Principal: 'MISSING_PRINCIPAL',
  Resource: 'MISSING_RESOURCE',
} as const satisfies Readonly<Record<string, Code>>;

/** One finding says all that a statement lacks. */
function reportOf(policy: PolicyDocument, statement: Statement, lacked: readonly Lacked[]): Report {
  const [{ needed, lacking }] = lacked as readonly [Lacked, ...Lacked[]];
  const at = policy.host.displayName;
  const names = lacked.map((one) => one.needed.names[0]);
  // A key takes such a policy, and the statement does nothing.
  const isTaken = policy.service === 'kms' && names.every((name) => name === 'Action' || name === 'Resource');
  const so = isTaken ? 'it has no effect, although KMS accepts the policy' : 'AWS rejects it';
  const fixes = lacked.length === 1 ? fixesOf(policy, statement, needed.names[0]) : [];
  return {
    ...severityOf(CODE[needed.names[0]]),
    violations: [
      {
        wrong: all(isThere(policy, statement), lacking),
        at: gapInStatement(statement.value),
        aliases: analyzerAliases(...names.map((name) => CODE[name])),
      },
    ],
    message:
      lacked.length === 1
        ? `The policy in ${at} has a statement without ${needed.names.join(' or ')}, so ${so}. Add ${needed.names[0]}.`
        : `The policy in ${at} has a statement without ${some(names)}, so ${so}. Add them.`,
    ...(fixes.length > 0 ? { fixes: () => fixes } : {}),
  };
}

/** What can be added in the place of the only element that a statement lacks. */
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
  // In the policy of a key this is the key itself, and there is nothing else to write; but the statement has an effect then.
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

/** A list of statements in which there is none. */
function isEmptyList({ value }: PolicyDocument): Judgement {
  const statements = member(value, 'Statement');
  const { items, complete } = itemsOf(statements, true);
  return items.length > 0 ? any() : all(judgement(complete), isShaped(statements, 'list'));
}

/** The place of an element that is missing, or of the list that is empty. */
function placeIn(document: Value, statements: Value): Value {
  return not(isAbsent(statements)).yes.satisfiable() ? statements : absentFrom(document);
}
