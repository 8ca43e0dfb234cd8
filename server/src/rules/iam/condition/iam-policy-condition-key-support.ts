import { memoizeName } from '../../../base/memoize.ts';
import { fitting } from '../../../base/fix-title.ts';
import { flatMap } from '../../../base/flat-map.ts';
import { some } from '../../../base/words.ts';
import {
  all,
  among,
  any,
  exists,
  is,
  isPresent,
  judge,
  judgement,
  not,
  type Judgement,
  type Predicate,
} from '../../../model/judgement.ts';
import { itemsOf } from '../../../model/navigate.ts';
import type { Condition, PolicyDocument, Statement } from '../../../model/policy.ts';
import { oneOf } from '../../../model/predicate.ts';
import { actionPattern, actionTest } from '../../../policy/data/action.ts';
import { lookUp } from '../../../policy/condition/condition-keys.ts';
import { readOperator } from '../../../policy/text/condition-operator.ts';
import { keyPlace } from '../../../policy/condition/condition-place.ts';
import { conditionExists, knownTexts, needsKey, metWithoutKey } from '../../../policy/condition/conditions.ts';
import { ENDPOINT_KEYS } from '../../../policy/data/endpoint-keys.ts';
import { actionText, countsForNone, matchesNoWrites } from '../../../policy/condition/key-support.ts';
import { separateStatementFix, withAction, withoutActions } from '../../../policy/narrowing/statement-parts.ts';
import { analyzerAliases, severityOf } from '../../access-analyzer.ts';
import { defineRule, type Context, type Report } from '../../rule.ts';

export default defineRule({
  id: 'iam-policy-condition-key-support',
  on: 'policy',
  selfContained: true,
  needs: { statement: ['condition'] },
  topic: 'identity',
  severity: 'high',
  judged: '2026-11-26',
  title: 'Actions should support the condition keys of their statement',
  keywords: [
    'unsupported condition key',
    'aws:VpceAccount',
    'aws:RequestTag',
    'sts:TagSession',
    'sts:SetSourceIdentity',
  ],
  why: 'A condition key that an action does not support is missing from its requests. The statement then never allows, or never denies, that action, whatever the condition says.',
  remedy: 'Move the actions that do not support the key to a separate statement without it.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html':
      'An action that does not support a condition key is an error, and AWS recommends a statement without the key for it; a key can require another action, and only some services send some keys.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html':
      'The services that send aws:VpceAccount, aws:VpceOrgID and aws:VpceOrgPaths; with others these keys lead to unintended results.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html':
      'Passing session tags requires sts:TagSession in addition to the action that assumes the role.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html':
      'Setting a source identity requires sts:SetSourceIdentity in the trust policy of the role.',
  },
  aliases: {
    ...analyzerAliases(
      'UNSUPPORTED_ACTION_FOR_CONDITION_KEY',
      'MISSING_ACTION_FOR_CONDITION_KEY',
      'USE_CONDITION_KEY_ONLY_WITH_SUPPORTED_SERVICES',
    ),
    parliament: ['UNKNOWN_CONDITION_FOR_ACTION'],
  },
  fix: 'suggestion',
  *check(policy, context) {
    for (const statement of policy.statements)
      for (const condition of statement.conditions) {
        const operator = readOperator(condition.operator);
        // IfExists shows that the author knows of actions without the key.
        if (!operator || operator.ifExists || operator.qualifier === 'ForAllValues') continue;
        yield* ofEndpoints(policy, statement, condition);
        yield* ofSessions(policy, statement, condition);
        yield* unsupported(policy, statement, condition, context);
      }
  },
});

/** Reports actions of a statement that do not support a condition key. */
function* unsupported(
  policy: PolicyDocument,
  statement: Statement,
  condition: Condition,
  context: Context,
): Iterable<Report> {
  const { key } = condition;
  const found = lookUp(key, statement, context, true);
  const isSent = SENT_TAGS.test(key);
  // All actions support global keys, except keys about tags. Keys of identity providers and endpoints are reported
  // elsewhere.
  if (found.is !== 'key' || ((found.global || /^aws:/i.test(key)) && !isSent) || isClaim(key)) return;
  // The data lacks many actions that tag resources on creation. Read-only actions send no tags.
  const lacks = memoizeName((text) =>
    isSent && !matchesNoWrites(text, context) ? false : (countsForNone(key, text, context) ?? false),
  );
  const lacking = itemsOf(statement.actions, true).items.filter(({ value }) => knownTexts(value).some(lacks));
  if (lacking.length === 0) return;
  const at = policy.host.displayName;
  const date = context.iam?.date;
  const present = all(
    conditionExists(policy, statement, condition),
    any(needsKey(condition), metWithoutKey(condition)),
  );
  const some = (exact: boolean): Judgement =>
    any(
      ...lacking.map(({ value, when }) =>
        all(
          judgement(when),
          judge(value, (leaf) => {
            const text = actionText(leaf);
            return text === undefined ? undefined : isExact(text) === exact && lacks(text);
          }),
        ),
      ),
    );
  const texts = [...new Set(flatMap(lacking, ({ value }) => knownTexts(value)).filter(lacks))];
  const names = texts.filter(isExact);
  const [they, them, brief] =
    names.length === 1 ? [names[0]!, 'it', 'this action'] : [shortened(names), 'them', `${names.length} actions`];
  const always = readOperator(condition.operator)?.negated === true;
  // Next to actions of the same service that support the key, an action that is never allowed is harmless. AWS writes
  // key policies this way.
  const own = `${key.slice(0, key.indexOf(':')).toLowerCase()}:`;
  const isUsual =
    texts.every((text) => text.toLowerCase().startsWith(own)) &&
    itemsOf(statement.actions, true).items.some(({ value }) => !knownTexts(value).some(lacks));
  if (names.length > 0)
    for (const effect of ['Allow', 'Deny'] as const)
      yield {
        ...severityOf('UNSUPPORTED_ACTION_FOR_CONDITION_KEY'),
        // An action that is not allowed, or that is denied too often, exposes nothing.
        ...((effect === 'Allow') === always
          ? {}
          : effect === 'Allow' && isUsual
            ? { severity: 'low', profile: 'strict' }
            : { severity: 'medium' }),
        violations: [
          {
            wrong: all(present, some(true), is(statement.effect, oneOf(effect))),
            at: keyPlace(condition),
            aliases: {
              ...(isSent ? {} : analyzerAliases('UNSUPPORTED_ACTION_FOR_CONDITION_KEY')),
              parliament: ['UNKNOWN_CONDITION_FOR_ACTION'],
            },
          },
        ],
        message: `In ${at}, ${they} ${names.length === 1 ? 'does' : 'do'} not support the key ${key}. The ${always && statement.conditions.length > 1 ? 'condition' : 'statement'} ${always ? 'always' : 'never'} ${effect === 'Allow' ? 'allows' : 'denies'} ${them} (as of ${date}); move ${them} to a statement without it.`,
        related: () => lacking.map(({ value }) => ({ value, message: `This does not support ${key}.` })),
        fixes: () => [
          ...separateStatementFix(
            policy,
            statement,
            names,
            condition,
            fitting(
              [[they, key] as const, [they, 'this key'] as const, [brief, 'this key'] as const].map(
                ([what, without]) =>
                  `Move ${what} to a statement without ${without} (${effect === 'Allow' ? 'allows' : 'denies'} ${them} for any value)`,
              ),
            ),
          ),
          ...withoutActions(
            policy,
            statement,
            names,
            fitting(
              [they, brief].map(
                (what) =>
                  `Remove ${what} from this statement (it ${always ? 'always' : 'never'} ${effect === 'Allow' ? 'allows' : 'denies'} ${them})`,
              ),
            ),
          ),
        ],
      };
  if (names.length < texts.length)
    yield {
      severity: 'low',
      profile: 'strict',
      violations: [
        {
          wrong: all(present, some(false)),
          at: keyPlace(condition),
          aliases: { parliament: ['UNKNOWN_CONDITION_FOR_ACTION'] },
        },
      ],
      message: `In ${at}, no action of ${shortened(texts.filter((text) => !isExact(text)))} supports the condition key ${key}. Their requests never have it (as of ${date}); move them to a statement without it.`,
    };
}

/** Condition keys about the tags in a request. */
const SENT_TAGS = /^aws:(?:RequestTag\/.|TagKeys$)/is;

/** Whether a key is a claim of an identity provider. */
function isClaim(key: string): boolean {
  return /^[^:]*[./]|^saml:/i.test(key);
}

function isExact(action: string): boolean {
  return !/[*?]/.test(action);
}

/** A short list of names for a message. */
function shortened(names: readonly string[]): string {
  return some(names, names.length > 3 ? 2 : 3, 'and', 'others');
}

/** Reports condition keys about VPC endpoints that only some services send. */
function* ofEndpoints(policy: PolicyDocument, statement: Statement, condition: Condition): Iterable<Report> {
  const senders = ENDPOINT_KEYS.get(condition.key.toLowerCase());
  if (!senders) return;
  const silent: Predicate = {
    known: ({ raw }) => {
      const pattern = actionPattern(raw);
      return pattern && !(senders.has(pattern.service) && pattern.name.toLowerCase() !== 'passrole');
    },
    reference: () => false,
    collection: false,
  };
  const others = any(
    exists(itemsOf(statement.actions, true), ({ value }) => is(value, silent)),
    isPresent(statement.notActions),
  );
  yield {
    violations: [
      {
        wrong: all(conditionExists(policy, statement, condition), others),
        at: keyPlace(condition),
        aliases: analyzerAliases('USE_CONDITION_KEY_ONLY_WITH_SUPPORTED_SERVICES'),
      },
    ],
    message: `${policy.host.displayName} compares ${condition.key} for actions of services that do not send it. Their requests never have the key; move these actions to another statement.`,
    ...severityOf('USE_CONDITION_KEY_ONLY_WITH_SUPPORTED_SERVICES'),
  };
}

/** Attributes of a session, and the action that has to be allowed to set them. */
const GIVEN: readonly (readonly [key: RegExp, action: string, what: string])[] = [
  [/^sts:SourceIdentity$/i, 'sts:SetSourceIdentity', 'source identity'],
  [/^(?:sts:TransitiveTagKeys|aws:TagKeys|aws:RequestTag\/.+)$/is, 'sts:TagSession', 'session tags'],
];

/** Reports condition keys about session attributes in a trust policy that does not allow setting them. */
function* ofSessions(policy: PolicyDocument, statement: Statement, condition: Condition): Iterable<Report> {
  if (policy.kind !== 'trust') return;
  for (const [key, action, what] of GIVEN) {
    if (!key.test(condition.key)) continue;
    const given = any(
      ...policy.statements.map((other) =>
        all(
          judgement(other.when),
          is(other.effect, oneOf('Allow')),
          exists(itemsOf(other.actions, true), ({ value }) => is(value, actionTest(action))),
        ),
      ),
    );
    const assumes = exists(itemsOf(statement.actions, true), ({ value }) => is(value, ASSUMES));
    yield {
      violations: [
        {
          wrong: all(
            conditionExists(policy, statement, condition),
            is(statement.effect, oneOf('Allow')),
            assumes,
            needsKey(condition),
            not(among(given, policy.complete)),
          ),
          at: keyPlace(condition),
          aliases: analyzerAliases('MISSING_ACTION_FOR_CONDITION_KEY'),
        },
      ],
      message: `${policy.host.displayName} requires ${condition.key} but does not allow ${action}. No principal can set the ${what} and assume the role; add ${action} to the actions.`,
      fixes: () => withAction(policy, statement, action, `Add ${action} (allows sessions with ${what})`),
      ...severityOf('MISSING_ACTION_FOR_CONDITION_KEY'),
    };
  }
}

const ASSUMES: Predicate = {
  known: ({ raw }) => /^sts:AssumeRole(?:WithSAML|WithWebIdentity)?$/i.test(raw),
  reference: () => false,
  collection: false,
};
