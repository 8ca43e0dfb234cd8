/** Attributes of a resource other than its properties. */
import { choice, isNothing, leaves } from '../../model/navigate.ts';
import type { Resource, ResourceAttribute } from '../../model/resource.ts';
import type { Absent, Value } from '../../model/value.ts';
import { keySpan } from '../located.ts';
import { mergedPair } from './call.ts';
import type { WrittenResource } from './written-resource.ts';

/**
 * An attribute that is set in a resource; undefined if it is not. With the language extensions, the policies for
 * deletion can be function calls, so they are evaluated like properties in every template.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/function-refs-in-policy-attributes.html
 */
export function resourceAttribute(
  { template, body, edit }: WrittenResource,
  name: ResourceAttribute,
): Value | undefined {
  const found = mergedPair(body, name);
  return (
    found && template.evaluate(found.pair.value, keySpan(template.tree, found.pair), found.merged ? 'shared' : edit)
  );
}

/**
 * An attribute that is not set, with its default. CloudFormation deletes a resource by default, but takes a snapshot of
 * a database cluster, and of a database instance outside a cluster, before it deletes the stack or the resource.
 * Resources that are replaced in an update are deleted without a snapshot.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatereplacepolicy.html
 */
export function missingAttribute(resource: Resource, name: ResourceAttribute, open: boolean): Value {
  const { origin } = resource.self;
  const without = (policy: string | undefined): Absent => ({
    state: 'absent',
    origin,
    open: open || policy === undefined,
    ...(policy === undefined ? {} : { default: { state: 'known', origin, raw: policy, quoted: false, value: policy } }),
  });
  if (name === 'UpdateReplacePolicy') return without('Delete');
  if (name !== 'DeletionPolicy') return { state: 'absent', origin, open };
  switch (resource.type) {
    case 'AWS::RDS::DBCluster':
      return without('Snapshot');
    case 'AWS::RDS::DBInstance': {
      const cluster = resource.get('DBClusterIdentifier');
      return choice(
        origin,
        leaves(cluster).map(({ guard, value }) => ({
          guard,
          value: without(isWritten(value) ? 'Delete' : isNothing(value) ? 'Snapshot' : undefined),
        })),
      );
    }
    default:
      return without('Delete');
  }
}

/** The states of a value that is present. */
const PRESENT: readonly Value['state'][] = ['known', 'template', 'reference'];

/** Whether a value is present, even if it is unknown. */
function isWritten(value: Value): boolean {
  return (
    PRESENT.includes(value.state) ||
    (value.state === 'unknown' &&
      ['parameter', 'import', 'function', 'dynamic-reference', 'secret-reference'].includes(value.why))
  );
}
