import { memoizeName } from '../../../base/memoize.ts';
import { fitting } from '../../../base/fix-title.ts';
import { flatMap } from '../../../base/flat-map.ts';
import { some } from '../../../base/words.ts';
import { all, any, is, isPresent, judge, judgement } from '../../../model/judgement.ts';
import { itemsOf } from '../../../model/navigate.ts';
import { oneOf } from '../../../model/predicate.ts';
import { never } from '../../../model/quantified.ts';
import { readOperator } from '../../../policy/text/condition-operator.ts';
import { keyPlace } from '../../../policy/condition/condition-place.ts';
import { conditionExists, knownTexts, needsKey } from '../../../policy/condition/conditions.ts';
import { actionText, countsForNone } from '../../../policy/condition/key-support.ts';
import { separateStatementFix, withoutActions } from '../../../policy/narrowing/statement-parts.ts';
import { analyzerAliases, severityOf } from '../../access-analyzer.ts';
import { defineRule } from '../../rule.ts';

export default defineRule({
  id: 'iam-policy-condition-resource-tag',
  on: 'policy',
  selfContained: true,
  needs: { keys: ['aws:resourcetag/'] },
  topic: 'identity',
  severity: 'medium',
  judged: '2026-11-26',
  title: 'Actions should support aws:ResourceTag conditions of their statement',
  keywords: ['ABAC', 'attribute-based access control', 'tag-based access control', 'unsupported condition key'],
  why: 'Requests for an action that does not support aws:ResourceTag do not have the key. A statement that denies by tag never denies such an action, whatever the tags of the resource are.',
  remedy:
    'Move actions without support for resource tags to a statement that lists the resources, and use Action instead of NotAction.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html':
      'A statement with aws:ResourceTag never denies, or allows, actions that do not support that key; with NotAction it excludes all such actions. IfExists and negated operators do not solve this.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/introduction_attribute-based-access-control.html':
      'Tag-based access control needs a service that supports it for the resource.',
  },
  aliases: analyzerAliases(
    'DENY_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE',
    'DENY_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE',
    'ALLOW_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE',
    'ALLOW_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE',
  ),
  fix: 'suggestion',
  *check(policy, context) {
    const at = policy.host.displayName;
    for (const statement of policy.statements)
      for (const condition of statement.conditions) {
        if (!/^aws:ResourceTag\/./is.test(condition.key) || !readOperator(condition.operator)) continue;
        const { key } = condition;
        const present = all(conditionExists(policy, statement, condition), needsKey(condition));
        if (never(present)) continue;
        const lacks = memoizeName((text) => countsForNone(key, text, context) ?? false);
        const lacking = itemsOf(statement.actions, true).items.filter(({ value }) => knownTexts(value).some(lacks));
        const names = [...new Set(flatMap(lacking, ({ value }) => knownTexts(value)).filter(lacks))];
        const they = some(names, names.length > 3 ? 2 : 3, 'and', 'others');
        const titled = [they, names.length === 1 ? 'this action' : `${names.length} actions`];
        const compared = any(
          ...lacking.map(({ value, when }) =>
            all(
              judgement(when),
              judge(value, (leaf) => {
                const text = actionText(leaf);
                return text === undefined ? undefined : lacks(text);
              }),
            ),
          ),
        );
        const exceptions = isPresent(statement.notActions);
        for (const effect of ['Deny', 'Allow'] as const) {
          const verb = effect === 'Deny' ? 'denies' : 'allows';
          const isEffect = is(statement.effect, oneOf(effect));
          const code =
            effect === 'Deny'
              ? 'DENY_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE'
              : 'ALLOW_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE';
          if (names.length > 0)
            yield {
              violations: [
                {
                  wrong: all(present, isEffect, compared),
                  at: keyPlace(condition),
                  aliases: names.some((name) => !/[*?]/.test(name)) ? analyzerAliases(code) : {},
                },
              ],
              message: `In ${at}, ${they} ${names.length === 1 ? 'does' : 'do'} not support ${key}. The statement never ${verb} ${names.length === 1 ? 'it' : 'them'} (as of ${context.iam?.date}); list the resources in a statement without this key.`,
              related: () => lacking.map(({ value }) => ({ value, message: `This does not support ${key}.` })),
              fixes: () => [
                ...separateStatementFix(
                  policy,
                  statement,
                  names,
                  condition,
                  fitting(
                    titled.map(
                      (what) =>
                        `Move ${what} to a statement without the key (${verb} ${names.length === 1 ? 'it' : 'them'} for any tag)`,
                    ),
                  ),
                ),
                ...withoutActions(
                  policy,
                  statement,
                  names,
                  fitting(
                    titled.map(
                      (what) =>
                        `Remove ${what} from this statement (it never ${verb} ${names.length === 1 ? 'it' : 'them'})`,
                    ),
                  ),
                ),
              ],
              ...severityOf(code),
            };
          const other =
            effect === 'Deny'
              ? 'DENY_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE'
              : 'ALLOW_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE';
          yield {
            violations: [
              { wrong: all(present, isEffect, exceptions), at: keyPlace(condition), aliases: analyzerAliases(other) },
            ],
            message: `${at} ${verb} by ${key} with NotAction. It never covers actions without resource tag support; list the actions under Action.`,
            ...severityOf(other),
          };
        }
      }
  },
});
