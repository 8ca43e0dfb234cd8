import { absentFrom, mapLeaves, unknown } from '../../model/navigate.ts';
import type { Origin, Value } from '../../model/value.ts';
import { jsonValue } from './json-value.ts';
import type { PolicyMaking } from './policies.ts';

/**
 * The Glue schema registry with a URI, or all its schemas, in the form that the transform writes. Other registries have
 * a URL instead of an ARN, and no Glue permissions are granted for them.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-consume-kafka-events.html
 */
export function registryOf(uri: Value, schemas: boolean, place: Origin, making: PolicyMaking): Value {
  return mapLeaves(uri, (leaf) => {
    const text =
      leaf.state === 'known'
        ? leaf.raw
        : leaf.state === 'template'
          ? leaf.pieces.map((piece) => (typeof piece === 'string' ? piece : '*')).join('')
          : undefined;
    if (text === undefined) return leaf.state === 'reference' ? unknown(leaf.origin, 'transform') : leaf;
    const name = /^arn:[^:]*:glue:.*:registry\/([^/]+)$/.exec(text)?.[1];
    if (name === undefined) return absentFrom(leaf);
    if (!schemas) return leaf;
    return jsonValue(
      `arn:\${AWS::Partition}:glue:\${AWS::Region}:\${AWS::AccountId}:schema/${name}/*`,
      { ...place, ...leaf.origin, edit: 'none' },
      (pseudo) => ({ value: making.parameter(pseudo), written: false }),
    );
  });
}
