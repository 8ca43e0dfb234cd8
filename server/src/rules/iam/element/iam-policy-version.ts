import { some } from '../../../base/words.ts';
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
} from '../../../model/judgement.ts';
import { absentFrom } from '../../../model/navigate.ts';
import type { PolicyDocument } from '../../../model/policy.ts';
import { oneOf } from '../../../model/predicate.ts';
import { always, never, unlessUnknown } from '../../../model/quantified.ts';
import {
  DOCUMENT_ELEMENTS,
  hasMisspelledElement,
  isShaped,
  isUnreadable,
  elementTexts,
  versionOf,
} from '../../../policy/statement/elements.ts';
import { isReadByVersion } from '../../../policy/text/variable.ts';
import { analyzerAliases, severityOf } from '../../access-analyzer.ts';
import { isMadeBySam } from '../../../policy/statement/made-by-sam.ts';
import { defineRule, type Cause } from '../../rule.ts';

const CURRENT = '2012-10-17';
const OLD = '2008-10-17';

export default defineRule({
  id: 'iam-policy-version',
  on: 'policy',
  selfContained: true,
  needs: { statement: ['other-version'] },
  topic: 'identity',
  ...severityOf('INVALID_VERSION'),
  judged: '2026-11-26',
  title: 'Policies should use the current policy language version',
  keywords: ['Version 2012-10-17', '2008-10-17', 'missing Version', 'policy variables'],
  why: 'Without a Version, AWS uses version 2008-10-17, which does not support policy variables. AWS rejects an unknown version.',
  remedy: 'Set Version to "2012-10-17", in quotes.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html':
      'The versions are 2012-10-17 and 2008-10-17; without the element it is 2008-10-17, and newer features such as variables are then treated as literal strings.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html':
      'An unknown version is an error, a missing one a warning.',
  },
  aliases: {
    ...analyzerAliases('INVALID_VERSION', 'MISSING_VERSION'),
    parliament: ['NO_VERSION', 'INVALID_VERSION', 'OLD_VERSION'],
  },
  fix: 'safe',
  *check(policy) {
    if (policy.shape === 'statement') return;
    const { host } = policy;
    const at = host.displayName;
    const version = versionOf(policy);
    const present = all(judgement(policy.when), isShaped(policy.value, 'object'));
    // With the current version, AWS resolves policy variables, which can change the effect of the policy.
    const safe = !mayHaveVariables(policy);
    const title = safe ? `Set Version to "${CURRENT}"` : `Set Version to "${CURRENT}" (resolves policy variables)`;
    const invalid = unlessUnknown(all(present, is(version, UNKNOWN_VERSION)));
    yield {
      violations: [
        {
          wrong: invalid,
          at: version,
          aliases: { ...analyzerAliases('INVALID_VERSION'), parliament: ['INVALID_VERSION'] },
        },
      ],
      message: (shown) =>
        `${at} has ${shown ? `the invalid Version ${shown}` : 'an empty Version'}. AWS rejects it; use "${CURRENT}".`,
      fixes: (leaf) => [
        { title, safe, uncovers: 'effect', edits: [{ op: 'replace', resource: host, target: leaf, value: CURRENT }] },
      ],
    };
    const missing = unlessUnknown(all(present, isAbsent(version)));
    // Other rules report an empty or unreadable policy first.
    const isEmpty = policy.statements.length === 0 && always(policy.complete);
    if (
      !isEmpty &&
      !isMadeBySam(policy) &&
      !isUnreadable(policy) &&
      !hasMisspelledElement(policy.value, DOCUMENT_ELEMENTS, 'Version')
    )
      yield {
        ...severityOf('MISSING_VERSION'),
        // Without a policy variable, the version has no effect. That is so in one of four policies in templates.
        // Another rule reports policy variables.
        ...(safe ? { severity: 'info', cause: without(at) } : {}),
        profile: 'strict',
        violations: [
          {
            wrong: missing,
            at: absentFrom(policy.value),
            aliases: { ...analyzerAliases('MISSING_VERSION'), parliament: ['NO_VERSION'] },
          },
        ],
        message: `${at} has a policy without Version. AWS does not resolve policy variables in it; set Version to "${CURRENT}".`,
        fixes: () => [
          {
            title,
            safe,
            uncovers: 'effect',
            edits: [{ op: 'addMember', resource: host, target: policy.value, key: 'Version', value: CURRENT }],
          },
        ],
      };
    const old = unlessUnknown(all(present, is(version, oneOf(OLD))));
    yield {
      severity: 'info',
      profile: 'strict',
      violations: [{ wrong: old, at: version, aliases: { parliament: ['OLD_VERSION'] } }],
      message: `${at} has a policy with Version ${OLD}. AWS does not resolve policy variables in it; set Version to "${CURRENT}".`,
      fixes: (leaf) => [
        { title, safe, uncovers: 'effect', edits: [{ op: 'replace', resource: host, target: leaf, value: CURRENT }] },
      ],
    };
  },
});

/** The common cause of missing versions in a document: an author usually omits all of them. */
function without(name: string): Cause {
  return {
    of: 'document',
    what: 'missing',
    name,
    message: (names) =>
      `${some(names, 2)} have policies without Version. AWS does not resolve policy variables in them; set Version to "${CURRENT}".`,
  };
}

const UNKNOWN_VERSION: Predicate = { known: ({ raw }) => raw !== CURRENT && raw !== OLD, collection: false };

/** Whether a policy has a policy variable of the current version, or may have one. */
function mayHaveVariables({ statements, complete }: PolicyDocument): boolean {
  const found: Judgement = any(
    ...statements.map((statement) =>
      any(
        exists(
          { items: [...elementTexts(statement.resources), ...elementTexts(statement.notResources)], complete },
          ({ value }) => isReadByVersion(value),
        ),
        ...statement.conditions.map(({ values }) =>
          exists({ items: elementTexts(values), complete }, ({ value }) => isReadByVersion(value)),
        ),
        not(judgement(statement.conditionsComplete)),
      ),
    ),
  );
  return !never(found);
}
