import type { Fix } from '../../model/edit.ts';
import type { Condition, PolicyDocument, Statement } from '../../model/policy.ts';
import { lookUp, nearestKey, servicesOf, withoutTagKey } from '../../policy/condition-keys.ts';
import { keyPlace, withKey } from '../../policy/condition-place.ts';
import { isThere, textsOf } from '../../policy/conditions.ts';
import { analyzerAliases, severityOf, type Code } from '../access-analyzer.ts';
import { defineRule, type Context, type Report } from '../rule.ts';

export default defineRule({
  id: 'iam-policy-condition-key',
  on: 'policy',
  selfContained: true,
  conditions: true,
  topic: 'identity',
  severity: 'high',
  profile: 'recommended',
  since: '0.1',
  judged: '2026-11-26',
  title: 'Conditions of IAM policies are about keys that exist',
  why: 'A key that does not exist is in no request. A condition on it is never met, or always is, and then a statement that denies something denies nothing.',
  remedy:
    'Write the key as the service or the list of global condition keys has it. A key about tags has the key of the tag behind a slash.',
  sources: [
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html',
      claim: 'The condition keys that begin with aws:, and what is in them; the key of a tag comes after a slash.',
      seen: '2026-11-26',
    },
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html',
      claim:
        'Keys that do not exist, that are not service:key and that lack the key of a tag are errors; aws:ARN is to be replaced by aws:PrincipalArn or aws:SourceArn.',
      seen: '2026-11-26',
    },
    {
      url: 'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html',
      claim: 'Each service lists its condition keys.',
      seen: '2026-11-26',
    },
  ],
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
  controls: {},
  fix: 'suggestion',
  *check(policy, context) {
    for (const statement of policy.statements)
      for (const condition of statement.conditions) {
        const said = report(policy, statement, condition, context);
        if (said) yield said;
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
        wrong: isThere(policy, statement, condition),
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
      ? [{ title: `Change the key to ${other} (the condition counts then)`, safe: false, uncovers: 'effect', edits }]
      : [];
  };
  // The new key has the role for its sessions, so that a value that names sessions would match none, and a denial would end or reach everyone.
  const principalInstead = (): readonly Fix[] =>
    textsOf(condition)?.every((text) => NAMES_PRINCIPAL.test(text)) ? rename('aws:PrincipalArn') : [];
  if (key.toLowerCase() === 'aws:arn') {
    // Only who is asked by something can mean what asks.
    return policy.kind === 'resource' || policy.kind === 'rcp' || policy.kind === 'unclear'
      ? wrong(
          'UNSUPPORTED_GLOBAL_CONDITION_KEY',
          `The policy in ${at} compares the unsupported key ${key}. Use aws:PrincipalArn for the caller, or aws:SourceArn for the resource that a service acts for.`,
          () => principalInstead(),
        )
      : wrong(
          'DEPRECATED_GLOBAL_CONDITION_KEY',
          `The policy in ${at} compares the deprecated key ${key}. Use aws:PrincipalArn, which holds the role instead of its session.`,
          () => principalInstead(),
        );
  }
  const found = lookUp(key, statement, context, policy.kind === 'trust');
  switch (found.is) {
    case 'no-format':
      return wrong(
        'INVALID_CONDITION_KEY_FORMAT',
        `The policy in ${at} compares ${key}, which is no condition key, as it names no service; write it like aws:SourceIp or s3:prefix.`,
        () => {
          const meant = key.includes(':') ? undefined : nearestKey(`aws:${key}`, statement, context);
          return meant === undefined ? [] : rename(meant);
        },
      );
    case 'no-key': {
      const base = withoutTagKey(key, context);
      if (base !== undefined)
        return wrong(
          'MISSING_TAG_KEY_IN_CONDITION',
          `The policy in ${at} compares ${key} without the key of a tag, which is in no request; write ${base}/ and the key of the tag.`,
          () => [],
        );
      const meant = nearestKey(key, statement, context);
      const code = found.service === 'aws' ? 'INVALID_GLOBAL_CONDITION_KEY' : 'INVALID_SERVICE_CONDITION_KEY';
      const whose =
        found.service === 'aws'
          ? 'which is none of the keys of all services'
          : `which ${context.iam?.services.get(found.service) ?? found.service} does not have`;
      // Without a key that it could be meant for it may be a new one.
      return wrong(
        code,
        `The policy in ${at} compares ${key}, ${whose} (as of ${date}), so no request has it; ${meant ? `write ${meant} if that is meant` : 'look it up in the list of condition keys'}.`,
        () => (meant === undefined ? [] : rename(meant)),
        meant === undefined ? { severity: 'medium' } : {},
      );
    }
    case 'no-service': {
      // Then the actions are unknown too, of which more is to be said.
      if (servicesOf(statement).has(found.service)) return undefined;
      const meant = nearestKey(key, statement, context);
      return wrong(
        'INVALID_SERVICE',
        `The policy in ${at} compares ${key}, and there is no service ${found.service} (as of ${date}), so no request has that key; ${meant ? `write ${meant} if that is meant` : 'look it up in the list of condition keys'}.`,
        () => (meant === undefined ? [] : rename(meant)),
        meant === undefined ? { severity: 'low' } : {},
      );
    }
    case 'key':
    case 'unclear':
      return undefined;
  }
}

/** What the new key can have. */
const NAMES_PRINCIPAL = /^arn:[^:]*:iam::[^:]*:(?:(?:user|role)\/[^$]+|root)$/;

/** Of these parliament says that no action has the key. */
const UNKNOWN: ReadonlySet<Code> = new Set([
  'INVALID_CONDITION_KEY_FORMAT',
  'INVALID_GLOBAL_CONDITION_KEY',
  'INVALID_SERVICE',
  'INVALID_SERVICE_CONDITION_KEY',
  'MISSING_TAG_KEY_IN_CONDITION',
]);
