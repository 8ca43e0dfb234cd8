import { table, type Table } from '../../base/table.ts';
import { some } from '../../base/words.ts';
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
} from '../../model/judgement.ts';
import { addressesIn } from '../../model/addresses.ts';
import { itemsOf, member } from '../../model/navigate.ts';
import { oneOf } from '../../model/predicate.ts';
import type { Resource, Stack } from '../../model/resource.ts';
import type { Value } from '../../model/value.ts';
import { actionPattern } from '../../policy/action.ts';
import { knownTexts } from '../../policy/conditions.ts';
import { customResourcesOf, knownTo } from '../../policy/function-uses.ts';
import { typesIn } from '../../policy/stack-arn.ts';
import { defineRule, OF_RESOURCES } from '../rule.ts';

export default defineRule({
  id: 'iam-role-permission-unused',
  on: 'identity',
  formats: OF_RESOURCES,
  topic: 'identity',
  severity: 'info',
  profile: 'strict',
  since: '0.1',
  judged: '2026-11-26',
  title: 'IAM role of a Lambda function names what the function is told of',
  why: 'A permission that nothing uses is only there for somebody who takes over the function.',
  remedy:
    'Remove the resource from the policy; if the function uses it, pass its name in an environment variable, so that both stay together.',
  sources: [
    {
      url: 'https://repost.aws/knowledge-center/lambda-function-iam-permissions',
      claim:
        'The execution role says which services and resources a function reaches; only the permissions that a task needs should be granted.',
      seen: '2026-11-26',
    },
  ],
  aliases: {},
  controls: {},
  fix: 'suggestion',
  *check({ resource: role, grants }, { stack }) {
    if (role.type !== 'AWS::IAM::Role') return;
    const users = role.related('role-users').edges;
    if (users.length === 0 || users.some(({ resource }) => resource.type !== 'AWS::Lambda::Function')) return;
    const custom = customResourcesOf(stack.resources);
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
          const strangers = [...(addressesIn(item.value) ?? [])]
            .flatMap((address) => stack.byAddress(address) ?? [])
            .filter((one) => NAMES[one.type] !== undefined);
          const [stranger] = strangers;
          // What a connector or a policy template makes is written by naming the resource there.
          if (
            item.value.origin.edit !== 'here' ||
            !stranger ||
            strangers.length > 1 ||
            known.some((one) => one!.has(stranger.address))
          )
            continue;
          yield {
            // What the code does is not seen.
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
              `The role ${role.displayName} names ${stranger.displayName}, of which ${names} ${functions.length > 1 ? 'are' : 'is'} told nowhere, neither in environment variables nor by events or destinations; remove the resource if nothing uses it.`,
            subjects: [policy.host],
            related: [{ value: stranger.self, message: `${stranger.displayName} is here.` }],
            ...(items.length > 1
              ? {
                  fixes: () => {
                    const idle = onlyFor(
                      items.filter((other) => other !== item).map(({ value }) => value),
                      itemsOf(statement.actions).items.map(({ value }) => value),
                      stack,
                    );
                    const beside =
                      idle.length === 0
                        ? ''
                        : ` and the ${idle.length === 1 ? 'action' : `${idle.length} actions`} for it alone`;
                    return [
                      {
                        title: `Remove ${stranger.displayName}${beside} from the statement (no longer allows what it allows on it)`,
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

/** The actions of services of which none of some resources can be; none where that would be all. */
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
  const addresses = addressesIn(value);
  if (!addresses) return true;
  const types = [...addresses].map((address) => stack.byAddress(address)?.type);
  if (types.length > 0) return types.some((type) => type === undefined || typesIn(service).has(type));
  const texts = knownTexts(value);
  return (
    texts.length === 0 || texts.some((text) => !/^arn:[^:]*:[a-z0-9-]+:/.test(text) || text.split(':')[2] === service)
  );
}

/** Whether the transform of SAM made a policy of a connector, by which its author says that the function uses the resource. */
function isOfConnector(host: Resource): boolean {
  return isPresent(member(host.attribute('Metadata'), 'aws:sam:connectors')).yes.satisfiable();
}

/** The property with the name of a resource. One that its author names can stand in the code of a function. */
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
