import { NewReference, NewText, type Fix } from '../../model/edit.ts';
import { all, any, exists, is, isPresent, judgement, not, type Judgement } from '../../model/judgement.ts';
import { itemsOf } from '../../model/navigate.ts';
import type { PolicyDocument, Statement } from '../../model/policy.ts';
import { isFalse, isTrue } from '../../model/predicate.ts';
import { conditionsOf, textsOfValue, type PlacedCondition } from '../../policy/conditions.ts';
import { isAllow, isDeny } from '../../policy/in-force.ts';
import { namesEverybody } from '../../policy/principal.ts';
import { reachesBucket, reachesObjects } from '../../policy/bucket-arn.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'iam-policy-secure-transport-condition',
  on: 'policy',
  selfContained: true,
  topic: 'encryption-in-transit',
  severity: 'medium',
  profile: 'recommended',
  since: '0.1',
  judged: '2026-11-26',
  title: 'Policies that ask for TLS deny requests without it, everybody’s, on all that there is',
  why: 'To allow something over TLS stops nobody whom another statement or policy lets in without; a denial that leaves out the bucket, its objects or some callers leaves these in the clear.',
  remedy:
    'Deny to everybody where aws:SecureTransport is false; in a bucket policy, for the bucket and for all its objects.',
  sources: [
    {
      url: 'https://repost.aws/knowledge-center/s3-bucket-policy-for-config-rule',
      claim:
        'A policy that allows HTTPS without denying HTTP does not comply; the one that does denies all actions on the bucket and its objects to everybody where aws:SecureTransport is false.',
      seen: '2026-11-26',
    },
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html',
      claim: 'aws:SecureTransport is true where a request was sent over TLS, false where not.',
      seen: '2026-11-26',
    },
  ],
  aliases: {},
  controls: {},
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
    const denials = placed.filter((one) => !isDeny(one.statement).no.isAlways()).slice(0, MOST_OTHERS + 1);
    for (const { statement, condition, there } of placed) {
      const [forTrue, forFalse] = [lists(condition.values, isTrue), lists(condition.values, isFalse)];
      const denies = all(there, isDeny(statement));
      yield {
        violations: [{ wrong: all(denies, forTrue, not(forFalse)), at: condition.values }],
        severity: 'high',
        message: `The policy in ${displayName} denies requests where aws:SecureTransport is true, which are those over TLS, and not the others; write false.`,
        fixes: (_, at) => [
          {
            title: 'Write false (denies requests without TLS instead of those with it)',
            safe: false,
            uncovers: 'effect',
            edits: [{ op: 'replace', resource: policy.host, target: at, value: 'false' }],
          },
        ],
      };
      if (policy.kind !== 'resource') continue;
      // What a bucket lacks altogether another rule says.
      if (policy.service === 's3') {
        yield* missingParts(policy, statement, all(denies, forFalse, isWhole(statement)), denials);
        continue;
      }
      if (ASKED_FOR.has(policy.host.type)) continue;
      yield {
        violations: [
          {
            wrong: all(denies, forFalse, isPresent(statement.principals), not(namesEverybody(statement.principals))),
            at: statement.principals,
          },
        ],
        severity: 'low',
        profile: 'strict',
        message: `The policy in ${displayName} denies requests without TLS to some principals alone, so that all others may send them; name everybody by "*".`,
      };
      yield {
        violations: [
          { wrong: all(there, isAllow(statement), forTrue, not(forFalse), not(denied)), at: condition.values },
        ],
        severity: 'low',
        profile: 'strict',
        message: `The policy in ${displayName} allows requests over TLS and denies none without, so that whoever is allowed by another statement or policy can do without TLS; add a statement that denies where aws:SecureTransport is false.`,
      };
    }
  },
});

/** Policies of which other rules say that they lack a denial for everybody. */
const ASKED_FOR: ReadonlySet<string> = new Set([
  'AWS::SNS::TopicPolicy',
  'AWS::SNS::TopicInlinePolicy',
  'AWS::SQS::QueuePolicy',
  'AWS::SQS::QueueInlinePolicy',
]);

function lists(values: Statement['actions'], what: typeof isTrue): Judgement {
  return exists(itemsOf(values, true), ({ value }) => is(value, what));
}

/** Whether a statement is about everything but, perhaps, a part of the resources. */
function isWhole(statement: Statement): Judgement {
  return all(
    namesEverybody(statement.principals),
    exists(itemsOf(statement.actions, true), ({ value }) =>
      is(value, { known: ({ raw }) => /^(?:\*|s3:\*)$/i.test(raw), text: () => false }),
    ),
  );
}

/** Another statement that denies requests without TLS may be about the rest; whichever of them it is. */
const MOST_OTHERS = 4;

function* missingParts(
  policy: PolicyDocument,
  statement: Statement,
  denies: Judgement,
  denials: readonly PlacedCondition[],
) {
  const resources = itemsOf(statement.resources, true);
  const some = exists(resources, ({ when }) => judgement(when));
  const others = any(
    ...denials
      .filter((other) => other.statement !== statement)
      .slice(0, MOST_OTHERS)
      .map(({ statement: other, there }) => all(there, isDeny(other))),
  );
  for (const [what, reaches, kept] of [
    ['the objects of the bucket', reachesObjects, 'the bucket'],
    ['the bucket itself', reachesBucket, 'its objects'],
  ] as const) {
    const wrong = all(denies, some, not(exists(resources, ({ value }) => reaches(value))), not(others));
    if (!wrong.no.isAlways())
      yield {
        violations: [{ wrong, at: statement.resources }],
        message: `The policy in ${policy.host.displayName} denies requests without TLS for ${kept} and not for ${what}, so that they still work there; list the ARN of the bucket, and that with /* behind it.`,
        fixes: (): readonly Fix[] => {
          const both = bothParts(policy, statement);
          return both
            ? [
                {
                  title: 'Deny it for the bucket and for its objects (stops clients that use plain HTTP)',
                  safe: false,
                  edits: [{ op: 'replace', resource: policy.host, target: statement.resources, value: both }],
                },
              ]
            : [];
        },
      };
  }
}

/** The bucket and its objects, by what is written or by a reference to the bucket beside it. */
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
