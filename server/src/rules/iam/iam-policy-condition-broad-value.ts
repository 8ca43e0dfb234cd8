import { all, any, judgement, type Predicate } from '../../model/judgement.ts';
import type { PolicyKind } from '../../model/policy.ts';
import { isBroadPattern, isSensitiveKey, takesFromCaller } from '../../policy/sensitive-key.ts';
import { conditionsOf, isAllow, isDeny, listed, says } from '../../policy/conditions.ts';
import { called, weight } from '../access-analyzer.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'iam-policy-condition-broad-value',
  on: 'policy', alone: true, conditions: true,
  topic: 'identity', severity: 'high', profile: 'recommended', since: '0.1', judged: '2026-11-26',
  title: 'IAM conditions that tell somebody from everybody else name whom they mean',
  why: 'Ids of accounts, organisations and networks are given out at random. A pattern that others fit too, or a value that the caller brings along, lets in those who were to be kept out.',
  remedy: 'Write the ids in full, or at least the first six characters before a wildcard or variable.',
  sources: [
    { url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html', claim: 'A wildcard or a policy variable in the value of a sensitive key is too permissive with fewer than six characters before it. Which keys are sensitive it does not say.', seen: '2026-11-26' },
    { url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html', claim: 'A policy of a bucket is not public where it grants access to fixed values, without wildcards and variables, of keys such as aws:PrincipalOrgID, aws:SourceVpc and aws:SourceAccount.', seen: '2026-11-26' },
  ],
  aliases: called('VARIABLE_USAGE_TOO_PERMISSIVE', 'WILDCARD_USAGE_TOO_PERMISSIVE'),
  controls: {},
  fix: 'none',
  subsumes: ['iam-policy-condition-any-value'],
  *check(policy) {
    for (const { statement, condition, operator, key, there } of conditionsOf(policy)) {
      if (operator?.family !== 'String' || !isSensitiveKey(key)) continue;
      // Whoever such a value fits is let in: by a statement that allows, or past one that denies everybody else.
      const lets = all(there, operator.negated ? isDeny(statement) : isAllow(statement));
      if (lets.no.isAlways()) continue;
      for (const { value, when } of listed(condition)) {
        const here = all(lets, judgement(when));
        const wild = all(here, operator.how === 'like' ? says(value, BROAD) : any());
        if (!wild.no.isAlways()) yield {
          faults: [{ wrong: wild, at: value, aliases: called('WILDCARD_USAGE_TOO_PERMISSIVE') }],
          ...weight('WILDCARD_USAGE_TOO_PERMISSIVE'),
          message: (shown) => `The policy in ${policy.host.displayName} lets in everybody whose ${condition.key} is like ${shown}, and not only those who are meant; write the ids in full, or at least six characters before the wildcard.`,
        };
        const varying = NAMING_PRINCIPALS.has(policy.kind) ? all(here, says(value, TAKEN)) : any();
        if (!varying.no.isAlways()) yield {
          faults: [{ wrong: varying, at: value, aliases: called('VARIABLE_USAGE_TOO_PERMISSIVE') }],
          ...weight('VARIABLE_USAGE_TOO_PERMISSIVE'),
          message: (shown) => `The policy in ${policy.host.displayName} compares ${condition.key} with ${shown}, which the caller brings along, so that others than those meant can come in; write the ids in full, or at least six characters before the variable.`,
        };
      }
    }
  },
});

/** Policies through which others than identities of the account can come in. Who holds a policy of an identity has the tags that its account gave. */
const NAMING_PRINCIPALS: ReadonlySet<PolicyKind> = new Set<PolicyKind>(['resource', 'trust', 'rcp', 'endpoint']);

const BROAD: Predicate = { known: ({ raw }) => isBroadPattern(raw), text: () => false, reference: () => false };

const TAKEN: Predicate = { known: ({ raw }) => takesFromCaller(raw), text: () => false, reference: () => false };
