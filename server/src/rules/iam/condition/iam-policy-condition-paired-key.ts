import { table, type Table } from '../../../base/table.ts';
import { some } from '../../../base/words.ts';
import type { Fix } from '../../../model/edit.ts';
import {
  all,
  among,
  any,
  exists,
  is,
  judgement,
  not,
  type Judgement,
  type Predicate,
} from '../../../model/judgement.ts';
import { itemsOf } from '../../../model/navigate.ts';
import type { Condition, PolicyDocument, Statement } from '../../../model/policy.ts';
import { oneOf } from '../../../model/predicate.ts';
import { always } from '../../../model/quantified.ts';
import { readOperator } from '../../../policy/text/condition-operator.ts';
import { keyPlace } from '../../../policy/condition/condition-place.ts';
import { conditionsOf, conditionExists } from '../../../policy/condition/conditions.ts';
import { isAllow, isDeny } from '../../../policy/condition/in-force.ts';
import { coveredActions, supports } from '../../../policy/condition/key-support.ts';
import { fromNetwork, networkNamed, networksOf } from '../../../policy/condition/own-network.ts';
import { analyzerAliases, severityOf } from '../../access-analyzer.ts';
import { defineRule, type Context } from '../../rule.ts';

/**
 * Condition keys with a private IP address, and the keys that identify its network.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const PARTNERS: Table<readonly string[]> = table({
  'aws:vpcsourceip': ['aws:SourceVpc', 'aws:SourceVpce', 'aws:SourceVpcArn'],
  'aws:ec2instancesourceprivateipv4': ['aws:Ec2InstanceSourceVpc'],
});

export default defineRule({
  id: 'iam-policy-condition-paired-key',
  on: 'policy',
  selfContained: true,
  needs: { keys: [...Object.keys(PARTNERS), 'dynamodb:attributes'] },
  topic: 'identity',
  severity: 'medium',
  judged: '2026-11-26',
  title: 'Condition keys should be used together with their paired keys',
  keywords: ['aws:VpcSourceIp', 'aws:SourceVpc', 'aws:SourceVpce', 'dynamodb:Attributes', 'dynamodb:Select'],
  why: 'Many VPCs, including those of other customers, use the same private IP addresses. dynamodb:Attributes does not restrict a request that names no attributes, which returns all of them.',
  remedy:
    'Combine aws:VpcSourceIp with aws:SourceVpc or aws:SourceVpce, and dynamodb:Attributes with dynamodb:Select set to SPECIFIC_ATTRIBUTES.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-vpcsourceip':
      'aws:VpcSourceIp is always to be used with aws:SourceVpc, aws:SourceVpce or aws:SourceVpcArn, as addresses of two VPCs can be the same.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html':
      'Keys that are too permissive without their pair are security warnings, as is dynamodb:Attributes without dynamodb:Select.',
    'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html':
      'A policy that limits attributes has to set dynamodb:Select to SPECIFIC_ATTRIBUTES; the examples use StringEqualsIfExists.',
  },
  aliases: analyzerAliases('MISSING_PAIRED_CONDITION_KEYS', 'DYNAMODB_ATTRIBUTES_WITHOUT_SELECT'),
  fix: 'suggestion',
  *check(policy, context) {
    const at = policy.host.displayName;
    for (const statement of policy.statements)
      for (const condition of statement.conditions) {
        const key = condition.key.toLowerCase();
        const partners = PARTNERS[key];
        // A Null condition compares no value, so it needs no paired key.
        if ((!partners && key !== 'dynamodb:attributes') || readOperator(condition.operator)?.family === 'Null')
          continue;
        const present = conditionExists(policy, statement, condition);
        if (partners) {
          yield {
            violations: [
              {
                wrong: all(
                  present,
                  not(compares(statement, (other) => partners.some((partner) => partner.toLowerCase() === other))),
                  not(deniedBeside(policy, statement, condition, partners)),
                ),
                at: keyPlace(condition),
                aliases: analyzerAliases('MISSING_PAIRED_CONDITION_KEYS'),
              },
            ],
            message: `${at} compares ${condition.key}, a private address, without its VPC. Other VPCs use the same addresses; add a condition on ${some(partners, partners.length, 'or')}.`,
            fixes: () => (key === 'aws:vpcsourceip' ? inOwnNetwork(policy, statement, condition, context) : []),
            ...severityOf('MISSING_PAIRED_CONDITION_KEYS'),
          };
          continue;
        }
        yield {
          violations: [
            {
              wrong: all(
                present,
                is(statement.effect, oneOf('Allow')),
                reads(statement, context),
                not(selects(statement)),
              ),
              at: keyPlace(condition),
              aliases: analyzerAliases('DYNAMODB_ATTRIBUTES_WITHOUT_SELECT'),
            },
          ],
          message: `${at} restricts ${condition.key} without dynamodb:Select. A request without attributes returns all of them; add dynamodb:Select with SPECIFIC_ATTRIBUTES.`,
          fixes: () =>
            statement.conditions.some((other) => other.key.toLowerCase() === 'dynamodb:select')
              ? []
              : [
                  {
                    title: 'Require SPECIFIC_ATTRIBUTES in dynamodb:Select (blocks requests for all attributes)',
                    safe: false,
                    edits: [
                      {
                        op: 'mergeCondition',
                        resource: policy.host,
                        target: statement.value,
                        operator: 'StringEqualsIfExists',
                        key: 'dynamodb:Select',
                        value: 'SPECIFIC_ATTRIBUTES',
                      },
                    ],
                  },
                ],
          ...severityOf('DYNAMODB_ATTRIBUTES_WITHOUT_SELECT'),
        };
      }
  },
});

/**
 * Fixes that restrict an Allow statement to a VPC of the stack. A Deny statement would deny less with such a condition.
 */
function inOwnNetwork(
  policy: PolicyDocument,
  statement: Statement,
  { operator }: Condition,
  { stack }: Context,
): readonly Fix[] {
  if (readOperator(operator)?.negated || !always(isAllow(statement)) || networkNamed(statement)) return [];
  return networksOf(stack).map((network) => ({
    title: `Restrict to ${network.called} (no longer allows other networks)`,
    safe: false,
    edits: [fromNetwork(policy, statement, network)],
  }));
}

/** Whether a condition of a statement tests a key, given in lower case. */
function compares({ conditions, conditionsComplete }: Statement, about: (key: string) => boolean): Judgement {
  return among(
    any(...conditions.filter(({ key }) => about(key.toLowerCase())).map(({ when }) => judgement(when))),
    conditionsComplete,
  );
}

/**
 * Whether one condition denies all addresses except some, and another statement denies all networks except some. They
 * cannot be in one statement, because all its conditions must be met at once.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-ec2instancesourceprivateip
 */
function deniedBeside(
  policy: PolicyDocument,
  statement: Statement,
  { operator }: Condition,
  partners: readonly string[],
): Judgement {
  if (!readOperator(operator)?.negated) return any();
  const names = new Set(partners.map((partner) => partner.toLowerCase()));
  const others = conditionsOf(policy).filter(
    (other) => other.statement !== statement && names.has(other.key) && other.operator?.negated,
  );
  return all(isDeny(statement), any(...others.map((other) => all(other.there, isDeny(other.statement)))));
}

/** Whether a statement has actions that support dynamodb:Select. */
function reads({ actions }: Statement, context: Context): Judgement {
  const selecting: Predicate = {
    known: ({ raw }) => {
      const covered = coveredActions(raw, context);
      return covered?.actions.some((action) => supports(covered.service, action, 'dynamodb:Select'));
    },
    reference: () => false,
    collection: false,
  };
  return exists(itemsOf(actions, true), ({ value }) => is(value, selecting));
}

/** Whether a statement requires dynamodb:Select to be SPECIFIC_ATTRIBUTES. */
function selects({ conditions, conditionsComplete }: Statement): Judgement {
  const isSelectCondition = ({ key, operator }: Condition): boolean =>
    key.toLowerCase() === 'dynamodb:select' &&
    readOperator(operator)?.family === 'String' &&
    !readOperator(operator)!.negated;
  return among(
    any(
      ...conditions.filter(isSelectCondition).map((condition) =>
        all(
          judgement(condition.when),
          exists(itemsOf(condition.values, true), ({ value }) => is(value, oneOf('SPECIFIC_ATTRIBUTES'))),
        ),
      ),
    ),
    conditionsComplete,
  );
}
