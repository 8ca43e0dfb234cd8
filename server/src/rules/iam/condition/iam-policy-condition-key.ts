import type { Fix } from '../../../model/edit.ts';
import type { Condition, PolicyDocument, Statement } from '../../../model/policy.ts';
import { lookUp, nearestKey, servicesOf, withoutTagKey } from '../../../policy/condition/condition-keys.ts';
import { keyPlace, withKey } from '../../../policy/condition/condition-place.ts';
import { conditionExists, conditionTexts } from '../../../policy/condition/conditions.ts';
import { analyzerAliases, severityOf, type Code } from '../../access-analyzer.ts';
import { defineRule, type Context, type Report } from '../../rule.ts';

export default defineRule({
  id: 'iam-policy-condition-key',
  on: 'policy',
  selfContained: true,
  needs: { statement: ['condition'] },
  topic: 'identity',
  severity: 'high',
  judged: '2026-11-26',
  title: 'Policy condition keys should exist',
  keywords: ['invalid condition key', 'unknown condition key', 'global condition key', 'context key', 'aws:ARN'],
  why: 'No request has a key that does not exist. A condition on it is never or always met: an Allow statement grants nothing, or a Deny statement denies nothing.',
  remedy:
    'Use a condition key of the service or a global condition key. A tag condition key ends with a slash and the tag key, such as aws:PrincipalTag/team.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html':
      'The condition keys that begin with aws:, and their values; the tag key follows a slash.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html':
      'Keys that do not exist, that are not service:key and that lack the tag key are errors; aws:ARN is to be replaced by aws:PrincipalArn or aws:SourceArn.',
    'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html':
      'Each service lists its condition keys.',
  },
  aliases: {
    'access-analyzer': [
      'DEPRECATED_GLOBAL_CONDITION_KEY',
      'INVALID_CONDITION_KEY_FORMAT',
      'INVALID_GLOBAL_CONDITION_KEY',
      'INVALID_SERVICE',
      'INVALID_SERVICE_CONDITION_KEY',
      'MISSING_TAG_KEY_IN_CONDITION',
      'UNSUPPORTED_GLOBAL_CONDITION_KEY',
    ],
    parliament: ['UNKNOWN_CONDITION_FOR_ACTION'],
  },
  fix: 'suggestion',
  *check(policy, context) {
    for (const statement of policy.statements)
      for (const condition of statement.conditions) {
        const found = report(policy, statement, condition, context);
        if (found) yield found;
      }
  },
});

function report(
  policy: PolicyDocument,
  statement: Statement,
  condition: Condition,
  context: Context,
): Report | undefined {
  const { key } = condition;
  const at = policy.host.displayName;
  const date = context.iam?.date;
  const wrong = (code: Code, message: string, fixes: () => readonly Fix[], more: Partial<Report> = {}): Report => ({
    ...severityOf(code),
    message,
    fixes,
    violations: [
      {
        wrong: conditionExists(policy, statement, condition),
        at: keyPlace(condition),
        aliases: {
          ...analyzerAliases(code),
          ...(UNKNOWN.has(code) ? { parliament: ['UNKNOWN_CONDITION_FOR_ACTION'] } : {}),
        },
      },
    ],
    ...more,
  });
  const rename = (other: string): readonly Fix[] => {
    const edits = withKey(policy, statement, condition, other);
    return edits
      ? [{ title: `Change the key to ${other} (the condition takes effect)`, safe: false, uncovers: 'effect', edits }]
      : [];
  };
  // The value of the new key is the role of a session, so a session ARN would match no request, and a Deny statement
  // would apply to no principals or to all of them.
  const principalInstead = (): readonly Fix[] =>
    conditionTexts(condition)?.every((text) => NAMES_PRINCIPAL.test(text)) ? rename('aws:PrincipalArn') : [];
  if (key.toLowerCase() === 'aws:arn') {
    // The resource on whose behalf a service makes a request can be meant only in policies of the requested resources.
    return policy.kind === 'resource' || policy.kind === 'rcp' || policy.kind === 'unclear'
      ? wrong(
          'UNSUPPORTED_GLOBAL_CONDITION_KEY',
          `${at} compares the unsupported key ${key}. Use aws:PrincipalArn for the caller, or aws:SourceArn for the source of a service request.`,
          () => principalInstead(),
        )
      : wrong(
          'DEPRECATED_GLOBAL_CONDITION_KEY',
          `${at} compares the deprecated key ${key}. Use aws:PrincipalArn, which holds the role instead of its session.`,
          () => principalInstead(),
        );
  }
  const found = lookUp(key, statement, context, policy.kind === 'trust');
  switch (found.is) {
    case 'no-format':
      return wrong(
        'INVALID_CONDITION_KEY_FORMAT',
        `${at} compares ${key}, which is not a valid condition key. Use the form service:key, such as aws:SourceIp or s3:prefix.`,
        () => {
          const intended = key.includes(':') ? undefined : nearestKey(`aws:${key}`, statement, context);
          return intended === undefined ? [] : rename(intended);
        },
      );
    case 'no-key': {
      const base = withoutTagKey(key, context);
      if (base !== undefined)
        return wrong(
          'MISSING_TAG_KEY_IN_CONDITION',
          `${at} compares ${key} without a tag key. No request has this key; use ${base}/ and the tag key.`,
          () => [],
        );
      const intended = nearestKey(key, statement, context);
      const code = found.service === 'aws' ? 'INVALID_GLOBAL_CONDITION_KEY' : 'INVALID_SERVICE_CONDITION_KEY';
      const whose =
        found.service === 'aws'
          ? 'an unknown global condition key'
          : `an unknown condition key of ${context.iam?.services.get(found.service) ?? found.service}`;
      // A key without a similar one may be newer than the data.
      return wrong(
        code,
        `${at} compares ${key}, ${whose}. It does not exist (as of ${date}); ${intended ? `the closest match is ${intended}` : 'check the spelling'}.`,
        () => (intended === undefined ? [] : rename(intended)),
        intended === undefined ? { severity: 'medium' } : {},
      );
    }
    case 'no-service': {
      // The actions are then unknown too, and the rule about actions reports the service.
      if (servicesOf(statement).has(found.service)) return undefined;
      const intended = nearestKey(key, statement, context);
      return wrong(
        'INVALID_SERVICE',
        `${at} compares ${key}, a key of the unknown service ${found.service}. The service does not exist (as of ${date}); ${intended ? `the closest match is ${intended}` : 'check the spelling'}.`,
        () => (intended === undefined ? [] : rename(intended)),
        intended === undefined ? { severity: 'low' } : {},
      );
    }
    case 'key':
    case 'unclear':
      return undefined;
  }
}

/** Values that aws:PrincipalArn can have. */
const NAMES_PRINCIPAL = /^arn:[^:]*:iam::[^:]*:(?:(?:user|role)\/[^$]+|root)$/;

/** The codes for which parliament reports an unknown condition key. */
const UNKNOWN: ReadonlySet<Code> = new Set([
  'INVALID_CONDITION_KEY_FORMAT',
  'INVALID_GLOBAL_CONDITION_KEY',
  'INVALID_SERVICE',
  'INVALID_SERVICE_CONDITION_KEY',
  'MISSING_TAG_KEY_IN_CONDITION',
]);
