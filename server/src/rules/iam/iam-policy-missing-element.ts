import { all, any, isAbsent, judgement, not, type Judgement } from '../../model/judgement.ts';
import { absentFrom, itemsOf, member } from '../../model/navigate.ts';
import type { PolicyDocument } from '../../model/policy.ts';
import type { Value } from '../../model/value.ts';
import { DOCUMENT_ELEMENTS, isMisspelt, isPutTogether, isShaped, isThere, STATEMENT_ELEMENTS } from '../../policy/elements.ts';
import { called, weight, type Code } from '../access-analyzer.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'iam-policy-missing-element',
  on: 'policy',
  topic: 'identity', ...weight('MISSING_ACTION'), since: '0.1', judged: '2026-11-26',
  title: 'IAM policy has the elements that it needs',
  why: 'AWS refuses a policy without a statement, and a statement that lacks its effect, its actions, or whom and what it is about.',
  remedy: 'Add the element: Effect, Action, Resource, in policies of resources and roles Principal.',
  sources: [
    { url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html', claim: 'A policy without Statement, and a statement without Effect, Action or NotAction, Resource or NotResource, or in resource policies Principal or NotPrincipal, are errors.', seen: '2026-11-26' },
    { url: 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policy-examples.html', claim: 'The policy of a repository names no resource.', seen: '2026-11-26' },
  ],
  aliases: { ...called('MISSING_ACTION', 'MISSING_EFFECT', 'MISSING_PRINCIPAL', 'MISSING_RESOURCE', 'MISSING_STATEMENT'), parliament: ['MALFORMED'] },
  controls: {},
  fix: 'none',
  *check(policy) {
    const at = policy.host.displayName;
    const bare = all(judgement(policy.exists), isShaped(policy.value, 'object'), any(isAbsent(member(policy.value, 'Statement')), isEmptyList(policy)));
    // A source of statements that only others start from may have none of its own.
    if (bare.yes.satisfiable() && !isPutTogether(policy) && !isMisspelt(policy.value, DOCUMENT_ELEMENTS, 'Statement')) yield {
      ...weight('MISSING_STATEMENT'),
      faults: [{ wrong: bare, at: placeIn(policy.value, member(policy.value, 'Statement')), aliases: called('MISSING_STATEMENT') }],
      message: `The policy in ${at} has no statement, so it says nothing and AWS refuses it; add a Statement.`,
    };
    for (const statement of policy.statements) {
      const isObject = isShaped(statement.value, 'object');
      for (const { code, names, says } of needed(policy)) {
        const lacking = all(isObject, ...names.map((name) => isAbsent(member(statement.value, name))));
        if (!lacking.yes.satisfiable() || isMisspelt(statement.value, STATEMENT_ELEMENTS, ...names)) continue;
        yield {
          ...weight(code),
          faults: [{ wrong: all(isThere(policy, statement), lacking), at: absentFrom(statement.value), aliases: called(code) }],
          message: `The policy in ${at} has a statement without ${names.join(' or ')}, so it does not say ${says}, and AWS refuses it; add ${names[0]}.`,
        };
      }
    }
  },
});

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

interface Needed {
  readonly code: Code;
  /** One of these. */
  readonly names: readonly string[];
  readonly says: string;
}

const ALWAYS: readonly Needed[] = [
  { code: 'MISSING_EFFECT', names: ['Effect'], says: 'whether it allows or denies' },
  { code: 'MISSING_ACTION', names: ['Action', 'NotAction'], says: 'which actions it is about' },
];
const RESOURCE: Needed = { code: 'MISSING_RESOURCE', names: ['Resource', 'NotResource'], says: 'which resources it is about' };
const PRINCIPAL: Needed = { code: 'MISSING_PRINCIPAL', names: ['Principal', 'NotPrincipal'], says: 'whom it is about' };

/** Services whose policies of resources name resources. Those of others are about the resource that has them, and need not say it. */
const NAMING_RESOURCES: ReadonlySet<string> = new Set(['s3', 's3express', 'kms', 'sns', 'lambda', 'secretsmanager', 'dynamodb', 'kinesis', 'glue', 'logs', 'backup', 'events', 'execute-api']);

function needed({ kind, service }: PolicyDocument): readonly Needed[] {
  switch (kind) {
    case 'trust': return [...ALWAYS, PRINCIPAL];
    case 'resource': return [...ALWAYS, PRINCIPAL, ...service !== undefined && NAMING_RESOURCES.has(service) ? [RESOURCE] : []];
    case 'unclear': case 'endpoint': return ALWAYS;
    default: return [...ALWAYS, RESOURCE];
  }
}
