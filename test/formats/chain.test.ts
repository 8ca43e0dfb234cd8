/** Ways from one resource to another, over several connections. */
import assert from 'node:assert/strict';
import { chainsFrom, MAX_CHAINS, type Chains } from '../../server/src/model/chain.ts';
import { lastStepOf, describedHops, waysToInternet } from '../../server/src/model/internet.ts';
import { guardText, stackOf } from './edges.ts';

const NETWORK = `Parameters:
  Stage: {Type: String, Default: test, AllowedValues: [test, live]}
  Table: {Type: String}
Conditions:
  IsLive: !Equals [!Ref Stage, live]
  IsTest: !Equals [!Ref Stage, test]
Resources:
  Gateway: {Type: AWS::EC2::InternetGateway}
  Routes: {Type: AWS::EC2::RouteTable, Properties: {VpcId: v}}
  Public: {Type: AWS::EC2::Subnet, Properties: {VpcId: v}}
  Private: {Type: AWS::EC2::Subnet, Properties: {VpcId: v}}
  Association: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref Public, RouteTableId: !Ref Routes}}
  Route: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref Routes, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway}}
`;

const WEB = '  Web: {Type: AWS::EC2::Instance, Properties: {SubnetId: !Ref Public}}\n';

function chainsText({ chains, complete }: Chains): string {
  const ways = chains.map(
    ({ hops, when }) => `${hops.map(({ to }) => to.address).join(' > ')} if ${guardText(when.yes)}`,
  );
  return [...ways, `all if ${guardText(complete.yes)}`].join('; ');
}

describe('a chain', () => {
  const rows: readonly (readonly [what: string, text: string, expected: string])[] = [
    ['follows connections in both directions', WEB, 'Public > Association > Routes if always; all if always'],
    [
      'has the scenarios of all that is on the way',
      WEB.replace('Properties', 'Condition: IsLive, Properties'),
      'Public > Association > Routes if IsLive is true; all if always',
    ],
    ['ends where nothing goes on', WEB.replace('Public', 'Private'), 'all if always'],
    [
      'ends where what is on the way is never there together',
      `${WEB.replace('!Ref Public', '!If [IsLive, !Ref Public, !Ref Other]')}  Other: {Type: AWS::EC2::Subnet, Condition: IsLive, Properties: {VpcId: v}}\n`,
      'Public > Association > Routes if IsLive is true; all if always',
    ],
    [
      'may have others beside it where something is not known',
      `${WEB.replace('!Ref Public', '!If [IsLive, !Ref Public, !Ref Table]')}`,
      'Public > Association > Routes if IsLive is true; all if IsLive is true',
    ],
    [
      'may have others beside it where it is not known what goes on',
      `${WEB}  Another: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref Table, RouteTableId: !Ref Routes}}\n`,
      'Public > Association > Routes if always; all if never',
    ],
    [
      'has no others where it is not there',
      `${WEB.replace('!Ref Public', '!If [IsLive, !Ref Public, !Ref AWS::NoValue]')}  Another: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref Table, RouteTableId: !Ref Routes}}\n`,
      'Public > Association > Routes if IsLive is true; all if IsLive is false',
    ],
  ];
  for (const [what, text, expected] of rows) {
    it(what, () =>
      assert.equal(
        chainsText(
          chainsFrom(
            stackOf(NETWORK + text).byAddress('Web')!,
            'subnets',
            'subnet-route-table-associations',
            'association-route-table',
          ),
        ),
        expected,
      ),
    );
  }

  it('is followed to each resource once in a scenario', () => {
    const text = `${NETWORK}${WEB.replace('!Ref Public', '!Ref Public, NetworkInterfaces: [{SubnetId: !Ref Private}]')}  More: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref Private, RouteTableId: !Ref Routes}}\n`;
    const { chains } = chainsFrom(
      stackOf(text).byAddress('Web')!,
      'subnets',
      'subnet-route-table-associations',
      'association-route-table',
    );
    assert.deepEqual(
      chains.map(({ hops }) => hops.length),
      [3],
    );
  });

  it('may be of several kinds at a step, of which some things are asked', () => {
    const stack = stackOf(NETWORK + WEB);
    const kinds = ['subnets', 'security-groups'] as const;
    assert.equal(chainsText(chainsFrom(stack.byAddress('Web')!, { kinds })), 'Public if always; all if always');
    assert.equal(
      chainsText(
        chainsFrom(stack.byAddress('Web')!, {
          kinds,
          where: ({ address, when }) => (address === 'Private' ? when : { yes: when.no, no: when.yes }),
        }),
      ),
      'all if always',
    );
  });

  it('is one of a limited number', () => {
    const users = Array.from(
      { length: MAX_CHAINS + 5 },
      (_, n) => `  Web${n}: {Type: AWS::EC2::Instance, Properties: {SubnetId: !Ref Public}}\n`,
    ).join('');
    const { chains, complete } = chainsFrom(stackOf(NETWORK + users).byAddress('Public')!, 'subnet-users');
    assert.equal(chains.length, MAX_CHAINS);
    assert.equal(guardText(complete.yes), 'never');
  });
});

describe('a way to the internet', () => {
  /** What each row adds to the network, and the places on the way from Web. */
  const rows: readonly (readonly [what: string, text: string, ...expected: string[]])[] = [
    [
      'of an instance',
      WEB,
      'Web is in the subnet Public. @ !Ref Public',
      'Public routes 0.0.0.0/0 to Gateway. @ !Ref Gateway',
    ],
    ['of an instance in another subnet', WEB.replace('Public', 'Private')],
    [
      'of an interface of an instance',
      WEB.replace('SubnetId: !Ref Public', 'NetworkInterfaces: [{SubnetId: !Ref Public}]'),
      'Web is in the subnet Public. @ !Ref Public',
      'Public routes 0.0.0.0/0 to Gateway. @ !Ref Gateway',
    ],
    [
      'of a function',
      '  Web: {Type: AWS::Lambda::Function, Properties: {VpcConfig: {SubnetIds: [!Ref Private, !Ref Public]}}}\n',
      'Web is in the subnet Public. @ !Ref Public',
      'Public routes 0.0.0.0/0 to Gateway. @ !Ref Gateway',
    ],
    [
      'of a template of instances',
      '  Web: {Type: AWS::EC2::LaunchTemplate}\n  Fleet: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {LaunchTemplate: {LaunchTemplateId: !Ref Web}, VPCZoneIdentifier: [!Ref Public]}}\n',
      'Fleet launches instances from Web. @ !Ref Web',
      'Fleet is in the subnet Public. @ !Ref Public',
      'Public routes 0.0.0.0/0 to Gateway. @ !Ref Gateway',
    ],
    [
      'of a database',
      '  Web: {Type: AWS::RDS::DBInstance, Properties: {DBSubnetGroupName: !Ref Group}}\n  Group: {Type: AWS::RDS::DBSubnetGroup, Properties: {SubnetIds: [!Ref Public]}}\n',
      'Web is in the subnet group Group. @ !Ref Group',
      'Group is in the subnet Public. @ !Ref Public',
      'Public routes 0.0.0.0/0 to Gateway. @ !Ref Gateway',
    ],
    [
      'by IPv6',
      `${WEB.replace('Public', 'Private')}  Association6: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref Private, RouteTableId: !Ref Routes6}}\n  Routes6: {Type: AWS::EC2::RouteTable, Properties: {VpcId: v}}\n  Route6: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref Routes6, DestinationIpv6CidrBlock: '::/0', GatewayId: !GetAtt Gateway.InternetGatewayId}}\n`,
      'Web is in the subnet Private. @ !Ref Private',
      'Private routes ::/0 to Gateway. @ !GetAtt Gateway.InternetGatewayId',
    ],
    [
      'by a route to a part of it, which is none',
      `${WEB.replace('Public', 'Private')}  Association2: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref Private, RouteTableId: !Ref Routes2}}\n  Routes2: {Type: AWS::EC2::RouteTable, Properties: {VpcId: v}}\n  Route2: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref Routes2, DestinationCidrBlock: 10.0.0.0/8, GatewayId: !Ref Gateway}}\n`,
    ],
    [
      'by a NAT gateway, which lets nobody in',
      `${WEB.replace('Public', 'Private')}  Association2: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref Private, RouteTableId: !Ref Routes2}}\n  Routes2: {Type: AWS::EC2::RouteTable, Properties: {VpcId: v}}\n  Nat: {Type: AWS::EC2::NatGateway, Properties: {SubnetId: !Ref Public}}\n  Route2: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref Routes2, DestinationCidrBlock: 0.0.0.0/0, NatGatewayId: !Ref Nat}}\n`,
    ],
  ];
  for (const [what, text, ...expected] of rows) {
    it(what, () => {
      const document = NETWORK + text;
      const ways = waysToInternet(stackOf(document).byAddress('Web')!);
      assert.deepEqual(
        ways
          .flatMap(describedHops)
          .map(({ value, message }) => `${message} @ ${document.slice(value.origin.use.start, value.origin.use.end)}`),
        expected,
      );
      for (const way of ways) assert.equal(`${lastStepOf(way)}.`, describedHops(way).at(-1)!.message);
    });
  }

  it('has the scenarios of its route', () => {
    const text =
      NETWORK.replace('Route: {Type: AWS::EC2::Route,', 'Route: {Type: AWS::EC2::Route, Condition: IsLive,') + WEB;
    assert.deepEqual(
      waysToInternet(stackOf(text).byAddress('Web')!).map(({ when }) => guardText(when.yes)),
      ['IsLive is true'],
    );
  });
});
