import { NewReference, NewText, type Fix } from '../../../model/edit.ts';
import { all, any, exists, is, isPresent, judgement, not, type Judgement } from '../../../model/judgement.ts';
import { itemsOf } from '../../../model/navigate.ts';
import type { Condition, PolicyDocument, Statement } from '../../../model/policy.ts';
import { isFalse, isTrue } from '../../../model/predicate.ts';
import { never } from '../../../model/quantified.ts';
import { conditionsOf, textsOfValue, type PlacedCondition } from '../../../policy/condition/conditions.ts';
import { isAllow, isDeny } from '../../../policy/condition/in-force.ts';
import { namesAnyPrincipal } from '../../../policy/principal/principal.ts';
import { reachesBucket, reachesObjects } from '../../../policy/resource/bucket-arn.ts';
import { canonicalStatement } from '../../../policy/statement/same-statement.ts';
import { defineRule } from '../../rule.ts';

export default defineRule({
  id: 'iam-policy-secure-transport-condition',
  on: 'policy',
  selfContained: true,
  needs: { keys: ['aws:securetransport'], operators: ['Bool'] },
  topic: 'encryption-in-transit',
  severity: 'medium',
  judged: '2026-11-26',
  title: 'aws:SecureTransport should be enforced for all principals and resources',
  keywords: ['encryption in transit', 'HTTPS only', 'TLS', 's3-bucket-ssl-requests-only', 'secure transport condition'],
  why: 'An Allow statement that requires TLS does not block requests that another statement or policy allows without TLS. A Deny statement that omits the bucket, its objects or some principals allows them unencrypted connections.',
  remedy:
    'Deny all principals where aws:SecureTransport is false; in a bucket policy, for the bucket and all its objects.',
  sources: {
    'https://repost.aws/knowledge-center/s3-bucket-policy-for-config-rule':
      'A policy that allows HTTPS without denying HTTP does not comply; the compliant one denies all principals all actions on the bucket and its objects where aws:SecureTransport is false.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html':
      'aws:SecureTransport is true where a request was sent over TLS, false where not.',
  },
  fix: 'suggestion',
  *check(policy) {
    const placed = conditionsOf(policy).filter(
      ({ key, operator }) => key === 'aws:securetransport' && operator?.family === 'Bool',
    );
    if (placed.length === 0) return;
    const { displayName } = policy.host;
    const denied = any(
      ...placed.map(({ statement, condition, there }) =>
        all(there, isDeny(statement), lists(condition.values, isFalse)),
      ),
    );
    const denials = placed.filter((one) => !never(isDeny(one.statement))).slice(0, MOST_OTHERS + 1);
    for (const { statement, condition, there } of placed) {
      const [forTrue, forFalse] = [lists(condition.values, isTrue), lists(condition.values, isFalse)];
      const denies = all(there, isDeny(statement));
      yield {
        violations: [
          { wrong: all(denies, forTrue, not(forFalse), isAlone(statement, condition)), at: condition.values },
        ],
        severity: 'high',
        message: `${displayName} denies requests over TLS and allows those without. Change aws:SecureTransport to false.`,
        fixes: (_, at) => [
          {
            title: 'Change to false (denies requests without TLS instead of those with TLS)',
            safe: false,
            uncovers: 'effect',
            edits: [{ op: 'replace', resource: policy.host, target: at, value: 'false' }],
          },
        ],
      };
      if (policy.kind !== 'resource') continue;
      // Another rule reports a bucket policy without such a denial.
      if (policy.service === 's3') {
        yield* missingParts(policy, statement, all(denies, forFalse, isWhole(statement)), denials);
        continue;
      }
      if (REPORTED_BY_OTHERS.has(policy.host.type)) continue;
      yield {
        violations: [
          {
            wrong: all(denies, forFalse, isPresent(statement.principals), not(namesAnyPrincipal(statement.principals))),
            at: statement.principals,
          },
        ],
        severity: 'low',
        profile: 'strict',
        message: `${displayName} denies requests without TLS only to some principals. Use Principal "*".`,
      };
      yield {
        violations: [
          { wrong: all(there, isAllow(statement), forTrue, not(forFalse), not(denied)), at: condition.values },
        ],
        severity: 'low',
        profile: 'strict',
        message: `${displayName} requires TLS only in this Allow statement. Other policies can allow access without TLS; add a Deny statement where aws:SecureTransport is false.`,
      };
    }
  },
});

/** Policies for which other rules report a missing Deny statement for all principals. */
const REPORTED_BY_OTHERS: ReadonlySet<string> = new Set([
  'AWS::SNS::TopicPolicy',
  'AWS::SNS::TopicInlinePolicy',
  'AWS::SQS::QueuePolicy',
  'AWS::SQS::QueueInlinePolicy',
]);

function lists(values: Statement['actions'], what: typeof isTrue): Judgement {
  return exists(itemsOf(values, true), ({ value }) => is(value, what));
}

/**
 * Whether a statement has no other condition. Another one can be about the same TLS requests, such as those with an old
 * version (s3:TlsVersion).
 */
function isAlone({ conditions, conditionsComplete }: Statement, condition: Condition): Judgement {
  return all(
    judgement(conditionsComplete),
    ...conditions.filter((other) => other !== condition).map(({ when }) => not(judgement(when))),
  );
}

/** Whether a statement applies to all principals and all actions. */
function isWhole(statement: Statement): Judgement {
  return all(
    namesAnyPrincipal(statement.principals),
    exists(itemsOf(statement.actions, true), ({ value }) =>
      is(value, { known: ({ raw }) => /^(?:\*|s3:\*)$/i.test(raw), text: () => false }),
    ),
  );
}

/** The maximum number of other Deny statements that are examined. One of them can cover the remaining resources. */
const MOST_OTHERS = 4;

function* missingParts(
  policy: PolicyDocument,
  statement: Statement,
  denies: Judgement,
  denials: readonly PlacedCondition[],
) {
  const resources = itemsOf(statement.resources, true);
  const some = exists(resources, ({ when }) => judgement(when));
  const listed = resources.items.map(({ value }) => value);
  // An equal statement covers no further resources.
  const content = canonicalStatement(statement.value);
  const others = any(
    ...denials
      .filter((other) => other.statement !== statement)
      .filter((other) => content === undefined || canonicalStatement(other.statement.value) !== content)
      .slice(0, MOST_OTHERS)
      .map(({ statement: other, there }) => all(there, isDeny(other))),
  );
  for (const [what, reaches, kept] of [
    ['its objects', reachesObjects, 'the bucket'],
    ['the bucket', reachesBucket, 'its objects'],
  ] as const) {
    const wrong = all(denies, some, not(exists(resources, ({ value }) => reaches(value, listed))), not(others));
    yield {
      violations: [{ wrong, at: statement.resources }],
      message: `${policy.host.displayName} denies requests without TLS for ${kept} only, not for ${what}. List both the bucket ARN and the bucket ARN with /*.`,
      fixes: (): readonly Fix[] => {
        const both = bothParts(policy, statement);
        return both
          ? [
              {
                title: 'Deny for the bucket and its objects (blocks clients that use HTTP)',
                safe: false,
                edits: [{ op: 'replace', resource: policy.host, target: statement.resources, value: both }],
              },
            ]
          : [];
      },
    };
  }
}

/** The ARNs of the bucket and its objects, copied from an ARN or by a reference to the bucket of the policy. */
function bothParts(policy: PolicyDocument, statement: Statement) {
  const texts = textsOfValue(statement.resources);
  if (texts?.length === 1) {
    const bucket = texts[0]!.replace(/\/\*$/, '');
    return bucket.includes('/') ? undefined : [bucket, `${bucket}/*`];
  }
  const [edge] = policy.host.related('bucket').edges;
  if (!edge || edge.resource.external || itemsOf(statement.resources, true).items.length !== 1) return undefined;
  const arn = new NewReference(edge.resource, 'Arn');
  return [arn, new NewText(arn, '/*')];
}
