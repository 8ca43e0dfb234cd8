import { all, is, NO, type Predicate } from '../../../model/judgement.ts';
import type { PolicyDocument } from '../../../model/policy.ts';
import { never, unlessUnknown } from '../../../model/quantified.ts';
import {
  isBuiltFromBlocks,
  statementExists,
  knownSids,
  OF_IAM,
  sidOf,
  type KnownSid,
} from '../../../policy/statement/elements.ts';
import { isUnfinished } from '../../../policy/statement/needed-elements.ts';
import { withEqual, type EarlierEqual } from '../../../policy/statement/same-statement.ts';
import { analyzerAliases, severityOf } from '../../access-analyzer.ts';
import { defineRule, type Report } from '../../rule.ts';

export default defineRule({
  id: 'iam-policy-sid',
  on: 'policy',
  selfContained: true,
  needs: { statement: ['sid'] },
  topic: 'identity',
  ...severityOf('UNIQUE_SIDS_REQUIRED'),
  judged: '2026-11-26',
  title: 'Statement IDs (Sid) should be valid and unique',
  keywords: ['duplicate Sid', 'invalid Sid', 'MalformedPolicyDocument'],
  why: 'IAM rejects a policy with duplicate Sids, or with a Sid that contains other characters than letters and digits. In other policies, duplicate Sids are ambiguous.',
  remedy: 'Give each statement a unique Sid of letters and digits, or none.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html':
      'A Sid is optional and has ASCII letters and digits; in IAM it is unique within a policy, and services can ask for more.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html':
      'Duplicate Sids are an error in some kinds of policies, including those of IAM, and a warning in others; other characters are an error, an empty Sid is a suggestion.',
    'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html':
      'A Sid can have spaces in a key policy, but not in an IAM policy.',
    'https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-language-api-permissions-reference.html':
      'Each statement of a topic policy has a unique Sid.',
  },
  aliases: {
    ...analyzerAliases('UNIQUE_SIDS_REQUIRED', 'UNIQUE_SIDS_RECOMMENDED', 'UNSUPPORTED_SID', 'EMPTY_SID_VALUE'),
    parliament: ['DUPLICATE_SID', 'INVALID_SID'],
  },
  fix: 'safe',
  *check(policy) {
    const named = knownSids(policy);
    yield* doubled(policy, named);
    if (OF_IAM.has(policy.kind)) yield* unsupported(policy, named);
    for (const statement of policy.statements) {
      const sid = sidOf(statement);
      const empty = unlessUnknown(all(statementExists(policy, statement), is(sid, EMPTY)));
      // The Terraform provider omits empty elements.
      if (!isBuiltFromBlocks(policy) && !isUnfinished(policy, statement))
        yield {
          violations: [{ wrong: empty, at: sid, aliases: { ...analyzerAliases('EMPTY_SID_VALUE'), parliament: [] } }],
          message: `${policy.host.displayName} has an empty Sid. Specify a name, or remove it.`,
          fixes: (leaf) => [
            {
              title: 'Remove the empty Sid',
              safe: true,
              edits: [{ op: 'remove', resource: policy.host, target: leaf }],
            },
          ],
          ...severityOf('EMPTY_SID_VALUE'),
        };
    }
  },
});

const EMPTY: Predicate = { known: ({ raw }) => raw === '', text: () => false, collection: false };

const OTHER_CHARACTER = /[^A-Za-z0-9]/;

/** A Sid with unsupported characters. Only the literal parts of a template string are known. */
const UNSUPPORTED: Predicate = {
  known: ({ raw }) => OTHER_CHARACTER.test(raw),
  text: ({ pieces }) => pieces.some((piece) => typeof piece === 'string' && OTHER_CHARACTER.test(piece)) || undefined,
  collection: false,
};

/** Reports statements that have the Sid of an earlier one in some scenario. */
function* doubled({ kind, service, host }: PolicyDocument, named: readonly KnownSid[]): Iterable<Report> {
  const code = OF_IAM.has(kind) ? 'UNIQUE_SIDS_REQUIRED' : 'UNIQUE_SIDS_RECOMMENDED';
  const consequence = OF_IAM.has(kind)
    ? ', so AWS rejects it'
    : service === 'sns'
      ? ', and SNS requires unique ones'
      : '';
  const taken = new Set(named.map(({ sid }) => sid));
  const earlier = new Map<string, EarlierEqual<KnownSid>>();
  for (const one of named) {
    const before = earlier.get(one.sid);
    earlier.set(one.sid, withEqual(before, one, one.when));
    const wrong = before ? all(one.when, before.there) : NO;
    if (!before || never(wrong)) continue;
    const name = unused(one.sid, taken);
    taken.add(name);
    yield {
      violations: [{ wrong, at: one.at, aliases: { ...analyzerAliases(code), parliament: ['DUPLICATE_SID'] } }],
      related: [{ value: before.first.at, message: 'The first statement with this Sid is here.' }],
      message: `${host.displayName} has two statements with the Sid ${one.sid}${consequence}. Rename one of them.`,
      // The author chooses the name, so the fix is not safe.
      fixes: (leaf) => [
        {
          title: `Rename the Sid to ${name}`,
          safe: false,
          edits: [{ op: 'replace', resource: host, target: leaf, value: name }],
        },
      ],
      ...severityOf(code),
    };
  }
}

function* unsupported(policy: PolicyDocument, named: readonly KnownSid[]): Iterable<Report> {
  const taken = new Set(named.map(({ sid }) => sid));
  for (const statement of policy.statements) {
    const sid = sidOf(statement);
    const wrong = unlessUnknown(all(statementExists(policy, statement), is(sid, UNSUPPORTED)));
    yield {
      violations: [{ wrong, at: sid, aliases: { ...analyzerAliases('UNSUPPORTED_SID'), parliament: ['INVALID_SID'] } }],
      message: (shown) =>
        `${policy.host.displayName} has the invalid Sid "${shown}". AWS accepts only ASCII letters and digits; remove the other characters.`,
      fixes: (leaf) => {
        const [only] = named.filter(({ at }) => at === leaf);
        const name = only?.sid.replace(/[^A-Za-z0-9]+(.?)/g, (_, next: string) => next.toUpperCase()) ?? '';
        return name === '' || taken.has(name)
          ? []
          : [
              {
                title: `Rename the Sid to ${name}`,
                safe: true,
                edits: [{ op: 'replace', resource: policy.host, target: leaf, value: name }],
              },
            ];
      },
      ...severityOf('UNSUPPORTED_SID'),
    };
  }
}

function unused(sid: string, taken: ReadonlySet<string>): string {
  // Some resource policies have words as a Sid.
  const base = sid.includes(' ') ? `${sid} ` : sid;
  let n = 2;
  while (taken.has(`${base}${n}`)) n++;
  return `${base}${n}`;
}
