/**
 * The networks that a condition can restrict to: VPCs and endpoints of the stack, or those whose IDs are in the
 * policies.
 */
import { NewReference, type Edit, type NewValue } from '../../model/edit.ts';
import { itemsOf } from '../../model/navigate.ts';
import type { PolicyDocument, Statement } from '../../model/policy.ts';
import type { Stack } from '../../model/resource.ts';
import { readOperator } from '../text/condition-operator.ts';

/** A network, and the condition key that identifies it in requests. */
export interface OwnNetwork {
  readonly key: 'aws:SourceVpc' | 'aws:SourceVpce';
  readonly value: NewValue;
  /** Its name in a title: the resource, or the ID. */
  readonly called: string;
}

/** The maximum number of networks that are offered, and of policies that are searched for IDs. */
const MOST_NETWORKS = 3;
const MOST_POLICIES = 200;

/**
 * The networks of a stack: its VPCs; if there are none, its endpoints; otherwise those in conditions of its policies.
 * `Ref` returns the ID of each.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpc.html
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpcendpoint.html
 */
export function networksOf({ resources, policies }: Stack): readonly OwnNetwork[] {
  for (const [type, key, words] of [
    ['AWS::EC2::VPC', 'aws:SourceVpc', 'VPC'],
    ['AWS::EC2::VPCEndpoint', 'aws:SourceVpce', 'VPC endpoint'],
  ] as const) {
    const own = resources.filter((one) => one.type === type && !one.external && one.when.yes.isAlways());
    if (own.length > 0)
      return own
        .slice(0, MOST_NETWORKS)
        .map((one) => ({ key, value: new NewReference(one), called: `${words} ${one.displayName}` }));
  }
  return named(policies.slice(0, MOST_POLICIES));
}

function named(policies: readonly PolicyDocument[]): readonly OwnNetwork[] {
  const networks = new Map<string, OwnNetwork>();
  for (const { statements } of policies)
    for (const { conditions } of statements)
      for (const { key: written, values } of conditions) {
        const key = KEYS.get(written.toLowerCase());
        if (!key || networks.size >= MOST_NETWORKS) continue;
        for (const { value } of itemsOf(values, true).items) {
          if (value.state === 'known' && !value.origin.secret && /^vpce?-[0-9a-f]{8,17}$/.test(value.raw))
            networks.set(value.raw, { key, value: value.raw, called: value.raw });
        }
      }
  return [...networks.values()].slice(0, MOST_NETWORKS);
}

const KEYS: ReadonlyMap<string, OwnNetwork['key']> = new Map([
  ['aws:sourcevpc', 'aws:SourceVpc'],
  ['aws:sourcevpce', 'aws:SourceVpce'],
]);

/** Whether a condition of a statement restricts requests to networks, or excludes networks. */
export function networkNamed({ conditions }: Statement): 'from' | 'not from' | undefined {
  const operators = conditions
    .filter(({ key }) => KEYS.has(key.toLowerCase()) || key.toLowerCase() === 'aws:sourcevpcarn')
    .map(({ operator }) => readOperator(operator));
  // A test for the presence of the key does not identify a network.
  const valueOperators = operators.filter((operator) => operator?.family !== 'Null');
  if (valueOperators.length === 0) return undefined;
  return valueOperators.every((operator) => operator?.negated) ? 'not from' : 'from';
}

/** The edit that restricts a statement to requests from a network. */
export function fromNetwork(
  { host: resource }: PolicyDocument,
  { value: target }: Statement,
  { key, value }: OwnNetwork,
): Edit {
  return { op: 'mergeCondition', resource, target, operator: 'StringEquals', key, value };
}
