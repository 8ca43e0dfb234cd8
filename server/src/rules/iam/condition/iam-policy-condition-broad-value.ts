import { all, any, judgement, type Predicate } from '../../../model/judgement.ts';
import type { PolicyKind } from '../../../model/policy.ts';
import { never } from '../../../model/quantified.ts';
import {
  isBroadPattern,
  sensitivityOf,
  dependsOnCaller,
  type Sensitivity,
} from '../../../policy/condition/sensitive-key.ts';
import { conditionsOf, listedValues, literalMeets } from '../../../policy/condition/conditions.ts';
import { isAllow, isDeny } from '../../../policy/condition/in-force.ts';
import { analyzerAliases, severityOf } from '../../access-analyzer.ts';
import { defineRule } from '../../rule.ts';

export default defineRule({
  id: 'iam-policy-condition-broad-value',
  on: 'policy',
  selfContained: true,
  needs: { operators: ['String'] },
  topic: 'identity',
  severity: 'high',
  judged: '2026-11-26',
  title: 'Identity condition keys should not use broad wildcards',
  keywords: [
    'broad condition value',
    'aws:PrincipalOrgID',
    'aws:SourceAccount',
    'aws:SourceVpce',
    'cross-account',
    'policy variable',
  ],
  why: 'AWS assigns the IDs of accounts, organizations and networks at random. A pattern that IDs of others match too, or a value that the caller controls, gives them access.',
  remedy:
    'Write the IDs in full; of an organization path, at least the first six characters before a wildcard or variable.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html':
      'A wildcard in the value of a sensitive key is an error, one in other keys with fewer than six characters before it, and one in aws:userid before the colon, unless it is the only character there; the same applies to policy variables.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sensitive':
      'Ten keys are sensitive: aws:PrincipalAccount, aws:PrincipalOrgID, aws:ResourceAccount, aws:ResourceOrgID, aws:SourceAccount, aws:SourceOrgID, aws:SourceVpc, aws:SourceVpce, aws:VpceAccount and aws:VpceOrgID. Wildcards have no valid use in them, not even with a part of the value.',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html':
      'A bucket policy is not public where it grants access to fixed values, without wildcards and variables, of keys such as aws:PrincipalOrgID, aws:SourceVpc and aws:SourceAccount.',
  },
  aliases: analyzerAliases('VARIABLE_USAGE_TOO_PERMISSIVE', 'WILDCARD_USAGE_TOO_PERMISSIVE'),
  fix: 'none',
  subsumes: ['iam-policy-condition-any-value'],
  *check(policy) {
    for (const { statement, condition, operator, key, there } of conditionsOf(policy)) {
      const sensitivity = operator?.family === 'String' ? sensitivityOf(key) : undefined;
      if (!operator || !sensitivity) continue;
      // Principals that such a value matches have access: an Allow statement grants it, or a Deny statement exempts
      // them.
      const applies = all(there, operator.negated ? isDeny(statement) : isAllow(statement));
      if (never(applies)) continue;
      for (const { value, when } of listedValues(condition)) {
        const here = all(applies, judgement(when));
        const wild = all(here, operator.how === 'like' ? literalMeets(value, BROAD[sensitivity]) : any());
        yield {
          violations: [{ wrong: wild, at: value, aliases: analyzerAliases('WILDCARD_USAGE_TOO_PERMISSIVE') }],
          ...severityOf('WILDCARD_USAGE_TOO_PERMISSIVE'),
          message: (shown) =>
            `${policy.host.displayName} compares ${condition.key} with ${shown}, matching other customers. ${WRITE[sensitivity]}.`,
        };
        const varying =
          NAMING_PRINCIPALS.has(policy.kind) && sensitivity !== 'user-id' && !OF_RESOURCES.has(key)
            ? all(here, literalMeets(value, TAKEN))
            : any();
        yield {
          violations: [{ wrong: varying, at: value, aliases: analyzerAliases('VARIABLE_USAGE_TOO_PERMISSIVE') }],
          ...severityOf('VARIABLE_USAGE_TOO_PERMISSIVE'),
          message: (shown) =>
            `${policy.host.displayName} compares ${condition.key} with ${shown}, which the caller controls. Write the IDs in full.`,
        };
      }
    }
  },
});

/**
 * Policies that can grant access to principals outside the account. A principal with an identity-based policy has tags
 * that its own account assigned.
 */
const NAMING_PRINCIPALS: ReadonlySet<PolicyKind> = new Set<PolicyKind>(['resource', 'trust', 'rcp', 'endpoint']);

/**
 * Keys about the owner of the resource. A statement can compare it with the account or organization of the principal.
 */
const OF_RESOURCES: ReadonlySet<string> = new Set(['aws:resourceaccount', 'aws:resourceorgid']);

const BROAD: Readonly<Record<Sensitivity, Predicate>> = {
  'no-pattern': broad('no-pattern'),
  'six-characters': broad('six-characters'),
  'user-id': broad('user-id'),
};

function broad(sensitivity: Sensitivity): Predicate {
  return { known: ({ raw }) => isBroadPattern(raw, sensitivity), text: () => false, reference: () => false };
}

/** What to write instead. */
const WRITE: Readonly<Record<Sensitivity, string>> = {
  'no-pattern': 'Write the IDs in full',
  'six-characters': 'Write the IDs in full, or at least six characters before the wildcard',
  'user-id': 'Write the ID in full before the colon',
};

const TAKEN: Predicate = { known: ({ raw }) => dependsOnCaller(raw), text: () => false, reference: () => false };
