/** Internet gateways that are not attached to a VPC. */
import { all, among, any, judgement } from '../model/judgement.ts';
import { implies } from '../model/quantified.ts';
import type { Resource } from '../model/resource.ts';
import type { PathStep } from './access-path.ts';

/**
 * The step of an internet gateway that must be attached to the VPC; none if it always is. A gateway of these documents
 * cannot be attached elsewhere before their routes lead to it.
 * https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html
 */
export function attachmentSteps(gateway: Resource): readonly PathStep[] {
  if (gateway.external) return [];
  const { edges, complete } = gateway.related('gateway-attachments');
  const open = among(
    any(...edges.map(({ resource, when }) => all(judgement(resource.when), judgement(when)))),
    complete,
  );
  if (implies(judgement(gateway.when), open)) return [];
  const { displayName: name } = gateway;
  const [first] = edges;
  return [
    {
      resource: gateway,
      text: first ? `${first.resource.displayName} attaches ${name} to a VPC` : `${name} is not attached to a VPC`,
      at: first?.via ?? gateway.self,
      open,
      missing: `whether ${name} is attached to a VPC`,
    },
  ];
}
