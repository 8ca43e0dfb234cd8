/** The line `reachable` of hovers, for resources about whose other ways little is known. */
import assert from 'node:assert/strict';
import { reachable } from '../../server/src/hover/computed/reachable.ts';
import type { CardContext } from '../../server/src/hover/card-context.ts';
import { stackOf } from '../kit/stack-of.ts';

const API = 'Api: {Type: AWS::ApiGateway::RestApi, Properties: {EndpointConfiguration: {Types: [PRIVATE]}}}';
const TARGETS = 'Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {TargetType: ip}}';
const INSTANCES = 'Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {TargetType: instance}}';

/** The resources of templates, and the line about the first one. */
const LINES: readonly { readonly resources: readonly string[]; readonly line: string | undefined }[] = [
  { resources: [API], line: 'not from the internet (Api has no endpoint on the internet)' },
  // The addresses of the VPC endpoint can be targets.
  { resources: [API, TARGETS], line: undefined },
  { resources: [API, INSTANCES], line: 'not from the internet (Api has no endpoint on the internet)' },
  {
    resources: ['Db: {Type: AWS::RDS::DBInstance, Properties: {PubliclyAccessible: false}}'],
    line: 'not from the internet (Db has no public IP address (PubliclyAccessible is false))',
  },
  {
    resources: ['Db: {Type: AWS::RDS::DBInstance, Properties: {PubliclyAccessible: true}}'],
    line: 'possibly from the internet (traffic); unknown: whether the subnets of Db route traffic to an internet gateway, whether the default security group of Db allows traffic from the internet',
  },
  // How it gets IPv6 addresses is not known.
  { resources: ['Db: {Type: AWS::Redshift::Cluster, Properties: {PubliclyAccessible: false}}'], line: undefined },
];

describe('the line about reachability', () => {
  for (const { resources, line } of LINES)
    it(`says ${line ?? 'nothing'} with ${resources.length} resources: ${resources.at(-1)!}`, () => {
      const stack = stackOf({ 'a.yaml': `Resources:\n${resources.map((one) => `  ${one}\n`).join('')}` });
      const here: Pick<CardContext, 'stack' | 'resource'> = { stack, resource: stack.resources[0]! };
      assert.equal(reachable(here as CardContext, { cite: [] }), line);
    });
});
