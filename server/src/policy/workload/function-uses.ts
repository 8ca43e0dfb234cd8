/** The resources of a stack that a Lambda function can know from its configuration and its connections. */
import { memoize } from '../../base/memoize.ts';
import { referredAddresses, isPartlyUnknown } from '../../model/addresses.ts';
import type { RelationKind } from '../../model/relation.ts';
import type { Resource, Stack } from '../../model/resource.ts';
import { resourcesOfTypes, resourceTypesIn } from '../../model/resources-of-type.ts';

/** The properties that pass other resources to a function. */
const PROPERTIES = [
  'Environment',
  'DeadLetterConfig',
  'FileSystemConfigs',
  'KmsKeyArn',
  'LoggingConfig',
  'Layers',
  'Code',
  'ImageConfig',
  'VpcConfig',
] as const;

/** Resources that configure a function. */
const BESIDE: readonly RelationKind[] = [
  'function-event-sources',
  'function-invoke-configs',
  'function-permissions',
  'function-log-groups',
  'event-target-of',
  'notification-sources',
  'endpoint-subscriptions',
  'integrations',
];

/**
 * The addresses that a function can know; undefined if part of its configuration is unknown, or if a custom resource
 * can pass it any value.
 */
export function knownTo(lambda: Resource, customResources: readonly Resource[]): ReadonlySet<string> | undefined {
  const values = PROPERTIES.map((path) => lambda.get(path));
  if (
    values.some(isPartlyUnknown) ||
    customResources.some((one) => referredAddresses(one.get('ServiceToken'))?.has(lambda.address) !== false)
  )
    return undefined;
  const known = new Set<string>();
  for (const value of values) {
    const found = referredAddresses(value);
    if (!found) return undefined;
    for (const address of found) known.add(address);
  }
  for (const kind of BESIDE)
    for (const { resource } of lambda.related(kind).edges) {
      known.add(resource.address);
      for (const other of ['event-source', 'outcome-destinations', 'subscribed-topic', 'invocation-source'] as const)
        for (const edge of resource.related(other).edges) known.add(edge.resource.address);
    }
  return known;
}

/** The resources of a stack with which CloudFormation invokes a function with arbitrary properties. */
export const customResourcesOf = memoize((stack: Stack): readonly Resource[] =>
  resourcesOfTypes(
    stack,
    [...resourceTypesIn(stack)].filter(
      (type) => type === 'AWS::CloudFormation::CustomResource' || type.startsWith('Custom::'),
    ),
  ),
);
