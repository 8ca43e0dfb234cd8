import { flatMap } from '../../../base/flat-map.ts';
import { table, type Table } from '../../../base/table.ts';
import { some } from '../../../base/words.ts';
import {
  all,
  any,
  is,
  isAbsent,
  isPresent,
  judgement,
  UNKNOWABLE,
  YES,
  type Judgement,
} from '../../../model/judgement.ts';
import { referredAddresses } from '../../../model/addresses.ts';
import { itemsOf, member } from '../../../model/navigate.ts';
import { oneOf } from '../../../model/predicate.ts';
import { sometimes } from '../../../model/quantified.ts';
import type { Resource, Stack } from '../../../model/resource.ts';
import type { Value } from '../../../model/value.ts';
import { actionPattern } from '../../../policy/data/action.ts';
import { knownTexts } from '../../../policy/condition/conditions.ts';
import { customResourcesOf, knownTo } from '../../../policy/workload/function-uses.ts';
import { typesIn } from '../../../policy/resource/stack-arn.ts';
import { defineRule, OF_RESOURCES } from '../../rule.ts';

export default defineRule({
  id: 'iam-role-permission-unused',
  on: 'identity',
  formats: OF_RESOURCES,
  topic: 'identity',
  severity: 'info',
  judged: '2026-11-26',
  title: 'Lambda execution roles should not have unused permissions',
  keywords: ['least privilege', 'unused access', 'environment variables', 'IAM role'],
  why: 'An unused permission only helps an attacker who compromises the function.',
  remedy: 'Remove the resource from the policy. If the function uses it, pass its name in an environment variable.',
  sources: {
    'https://repost.aws/knowledge-center/lambda-function-iam-permissions':
      'The execution role controls the services and resources that a function can access; only the permissions that a task needs should be granted.',
  },
  fix: 'suggestion',
  *check({ resource: role, grants }, { stack }) {
    if (role.type !== 'AWS::IAM::Role') return;
    const users = role.related('role-users').edges;
    if (users.length === 0 || users.some(({ resource }) => resource.type !== 'AWS::Lambda::Function')) return;
    const custom = customResourcesOf(stack);
    const functions = users.map(({ resource }) => resource);
    const known = functions.map((one) => knownTo(one, custom));
    if (known.includes(undefined)) return;
    const names = some(
      functions.map(({ displayName }) => displayName),
      3,
    );
    for (const { policy, when } of grants)
      for (const statement of isOfConnector(policy.host) ? [] : policy.statements) {
        const items = itemsOf(statement.resources, true).items;
        for (const item of items) {
          const strangers = flatMap(
            [...(referredAddresses(item.value) ?? [])],
            (address) => stack.byAddress(address) ?? [],
          ).filter((one) => NAMES[one.type] !== undefined);
          const [stranger] = strangers;
          // Connectors and policy templates generate permissions for resources that the author names there.
          if (
            item.value.origin.edit !== 'here' ||
            !stranger ||
            strangers.length > 1 ||
            known.some((one) => one!.has(stranger.address))
          )
            continue;
          yield {
            // The code of the function is unknown.
            violations: [
              {
                wrong: all(
                  judgement(when),
                  judgement(statement.when),
                  judgement(item.when),
                  is(statement.effect, oneOf('Allow')),
                  unnamed(stranger),
                  UNKNOWABLE,
                ),
                at: item.value,
              },
            ],
            message: () =>
              `The role ${role.displayName} allows access to ${stranger.displayName}, which ${names} ${functions.length > 1 ? 'do' : 'does'} not reference. Remove it if the code does not use it.`,
            subjects: [policy.host],
            related: [{ value: stranger.self, message: `${stranger.displayName} is defined here.` }],
            ...(items.length > 1
              ? {
                  fixes: () => {
                    const idle = onlyFor(
                      items.filter((other) => other !== item).map(({ value }) => value),
                      itemsOf(statement.actions).items.map(({ value }) => value),
                      stack,
                    );
                    const beside =
                      idle.length === 0 ? '' : ` and its ${idle.length === 1 ? 'action' : `${idle.length} actions`}`;
                    return [
                      {
                        title: `Remove ${stranger.displayName}${beside} (no longer allows access to it)`,
                        safe: false,
                        edits: [item.value, ...idle].map((target) => ({
                          op: 'removeItem' as const,
                          resource: policy.host,
                          target,
                        })),
                      },
                    ];
                  },
                }
              : {}),
          };
        }
      }
  },
});

/** The actions of services that own none of the remaining resources; empty if these would be all actions. */
function onlyFor(left: readonly Value[], actions: readonly Value[], stack: Stack): readonly Value[] {
  const idle = actions.filter((action) => {
    const services = knownTexts(action).map((text) => actionPattern(text)?.service);
    return (
      services.length > 0 &&
      services.every(
        (service) =>
          service !== undefined && /^[a-z0-9-]+$/.test(service) && !left.some((one) => mayBeOf(service, one, stack)),
      )
    );
  });
  return idle.length < actions.length ? idle : [];
}

function mayBeOf(service: string, value: Value, stack: Stack): boolean {
  const addresses = referredAddresses(value);
  if (!addresses) return true;
  const types = [...addresses].map((address) => stack.byAddress(address)?.type);
  if (types.length > 0) return types.some((type) => type === undefined || typesIn(service).has(type));
  const texts = knownTexts(value);
  return (
    texts.length === 0 || texts.some((text) => !/^arn:[^:]*:[a-z0-9-]+:/.test(text) || text.split(':')[2] === service)
  );
}

/** Whether the SAM transform generated a policy for a connector, which shows that the function uses the resource. */
function isOfConnector(host: Resource): boolean {
  return sometimes(isPresent(member(host.attribute('Metadata'), 'aws:sam:connectors')));
}

/** The property with the name of a resource. The code of a function can contain a literal name. */
const NAMES: Table<string> = table({
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::Kinesis::Stream': 'Name',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::SecretsManager::Secret': 'Name',
  'AWS::StepFunctions::StateMachine': 'StateMachineName',
});

function unnamed(resource: Resource): Judgement {
  return resource.external ? any() : all(YES, isAbsent(resource.get(NAMES[resource.type]!)));
}
