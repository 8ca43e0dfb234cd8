import { some } from '../../base/words.ts';
import {
  all,
  any,
  exists,
  is,
  isAbsent,
  judgement,
  not,
  type Judgement,
  type Predicate,
} from '../../model/judgement.ts';
import { absentFrom } from '../../model/navigate.ts';
import type { PolicyDocument } from '../../model/policy.ts';
import { oneOf } from '../../model/predicate.ts';
import { DOCUMENT_ELEMENTS, isMisspelt, isShaped, isUnreadable, textsOf, versionOf } from '../../policy/elements.ts';
import { isReadByVersion } from '../../policy/variable.ts';
import { analyzerAliases, severityOf } from '../access-analyzer.ts';
import { defineRule, type Cause } from '../rule.ts';

const CURRENT = '2012-10-17';
const OLD = '2008-10-17';

export default defineRule({
  id: 'iam-policy-version',
  on: 'policy',
  selfContained: true,
  topic: 'identity',
  ...severityOf('INVALID_VERSION'),
  since: '0.1',
  judged: '2026-11-26',
  title: 'IAM policy is written in the current version of the policy language',
  why: 'Without a version AWS reads a policy as one of 2008, in which variables are ordinary text; a version that does not exist it refuses.',
  remedy: 'Set Version to "2012-10-17", in quotes.',
  sources: [
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html',
      claim:
        'There are 2012-10-17 and 2008-10-17; without the element it is 2008-10-17, and newer features such as variables are then treated as literal text.',
      seen: '2026-11-26',
    },
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html',
      claim: 'A version that does not exist is an error, none a warning.',
      seen: '2026-11-26',
    },
  ],
  aliases: {
    ...analyzerAliases('INVALID_VERSION', 'MISSING_VERSION'),
    parliament: ['NO_VERSION', 'INVALID_VERSION', 'OLD_VERSION'],
  },
  controls: {},
  fix: 'safe',
  *check(policy) {
    if (policy.shape === 'statement') return;
    const { host } = policy;
    const at = host.displayName;
    const version = versionOf(policy);
    const there = all(judgement(policy.exists), isShaped(policy.value, 'object'));
    // With the current version what looks like a variable is replaced, so the policy says something else then.
    const safe = !mayHaveVariables(policy);
    const title = safe ? `Set Version to "${CURRENT}"` : `Set Version to "${CURRENT}", so that variables are replaced`;
    const invalid = all(there, is(version, UNKNOWN_VERSION));
    if (invalid.yes.satisfiable())
      yield {
        violations: [
          {
            wrong: invalid,
            at: version,
            aliases: { ...analyzerAliases('INVALID_VERSION'), parliament: ['INVALID_VERSION'] },
          },
        ],
        message: (shown) =>
          `The policy in ${at} has ${shown ? `the invalid Version ${shown}` : 'an empty Version'}, so AWS rejects it. Set Version to "${CURRENT}".`,
        fixes: (leaf) => [
          { title, safe, uncovers: 'effect', edits: [{ op: 'replace', resource: host, target: leaf, value: CURRENT }] },
        ],
      };
    const missing = all(there, isAbsent(version));
    // Where there is nothing to read, or it cannot be read, that is to be said first.
    const isEmpty = policy.statements.length === 0 && policy.complete.yes.isAlways();
    if (
      missing.yes.satisfiable() &&
      !isEmpty &&
      !isUnreadable(policy) &&
      !isMisspelt(policy.value, DOCUMENT_ELEMENTS, 'Version')
    )
      yield {
        ...severityOf('MISSING_VERSION'),
        // Where there is no variable to take for text nothing comes of it, as in one of four policies of templates; where there is one, another rule says so.
        ...(safe ? { severity: 'info', cause: without(at) } : {}),
        profile: 'strict',
        violations: [
          {
            wrong: missing,
            at: absentFrom(policy.value),
            aliases: { ...analyzerAliases('MISSING_VERSION'), parliament: ['NO_VERSION'] },
          },
        ],
        message: `The policy in ${at} has no Version, so policy variables in it are not replaced. Set Version to "${CURRENT}".`,
        fixes: () => [
          {
            title,
            safe,
            uncovers: 'effect',
            edits: [{ op: 'addMember', resource: host, target: policy.value, key: 'Version', value: CURRENT }],
          },
        ],
      };
    const old = all(there, is(version, oneOf(OLD)));
    if (old.yes.satisfiable())
      yield {
        severity: 'info',
        profile: 'strict',
        violations: [{ wrong: old, at: version, aliases: { parliament: ['OLD_VERSION'] } }],
        message: `The policy in ${at} has Version ${OLD}, so policy variables in it are not replaced. Set Version to "${CURRENT}".`,
        fixes: (leaf) => [
          { title, safe, uncovers: 'effect', edits: [{ op: 'replace', resource: host, target: leaf, value: CURRENT }] },
        ],
      };
  },
});

/** An author who leaves out the version does so everywhere, and nothing comes of it where there is no variable. */
function without(name: string): Cause {
  return {
    of: 'document',
    what: 'missing',
    name,
    message: (names) =>
      `The policies in ${some(names, 3)} have no Version, so policy variables in them are not replaced. Set Version to "${CURRENT}".`,
  };
}

const UNKNOWN_VERSION: Predicate = { known: ({ raw }) => raw !== CURRENT && raw !== OLD, collection: false };

/** Whether a policy has something that the current version takes for a variable, or cannot be seen to have none. */
function mayHaveVariables({ statements, complete }: PolicyDocument): boolean {
  const found: Judgement = any(
    ...statements.map((statement) =>
      any(
        exists(
          { items: [...textsOf(statement.resources), ...textsOf(statement.notResources)], complete },
          ({ value }) => isReadByVersion(value),
        ),
        ...statement.conditions.map(({ values }) =>
          exists({ items: textsOf(values), complete }, ({ value }) => isReadByVersion(value)),
        ),
        not(judgement(statement.conditionsComplete)),
      ),
    ),
  );
  return !found.no.isAlways();
}
