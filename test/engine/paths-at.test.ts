/** The graph of the paths to the resource at a position, and its text. */
import assert from 'node:assert/strict';
import type { AnalysisOptions } from '../../server/src/engine/analysis.ts';
import { stacksOf } from '../../server/src/engine/analyzed-stacks.ts';
import { ParseCache } from '../../server/src/engine/parse-cache.ts';
import { pathsAt } from '../../server/src/engine/paths-at.ts';
import { collect } from '../../server/src/engine/run.ts';
import { finished } from '../../server/src/base/steps.ts';
import { DEFAULT_CONFIGURATION } from '../../server/src/config/configuration.ts';
import type { PathGraph } from '../../server/src/reachability/path-graph.ts';
import { graphText } from '../../server/src/reachability/graph-text.ts';
import { memoryReader } from '../kit/memory-reader.ts';

const WEB = `Parameters:
  Stage: {Type: String, AllowedValues: [test, live], Default: test}
Conditions:
  IsLive: !Equals [!Ref Stage, live]
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Gateway: {Type: AWS::EC2::InternetGateway}
  Attachment: {Type: AWS::EC2::VPCGatewayAttachment, Properties: {VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway}}
  Table: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Vpc}}
  Route: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway}}
  Public: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24, MapPublicIpOnLaunch: !If [IsLive, true, false]}}
  InTable: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref Public, RouteTableId: !Ref Table}}
  Private: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24}}
  WebGroup:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: web
      VpcId: !Ref Vpc
      SecurityGroupIngress:
        - {IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0}
        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}
  Web: {Type: AWS::EC2::Instance, Properties: {SubnetId: !Ref Public, SecurityGroupIds: [!GetAtt WebGroup.GroupId]}}
  Orders:
    Type: AWS::EC2::Instance
    Properties: {SubnetId: !Ref Private, SecurityGroupIds: [!GetAtt WebGroup.GroupId]}
  Elsewhere:
    Type: AWS::EC2::Instance
    Properties: {SubnetId: !ImportValue Subnet, SecurityGroupIds: [!GetAtt WebGroup.GroupId]}
  Alone:
    Type: AWS::EC2::Instance
    Properties: {ImageId: ami-1}
`;

const OPTIONS: AnalysisOptions & { readonly today: string } = {
  configuration: DEFAULT_CONFIGURATION,
  profile: 'strict',
  certainty: 'possible',
  today: '2026-11-24',
};

function graphAt(text: string, what: string, options: Partial<AnalysisOptions> = {}): PathGraph | undefined {
  const doc = 'file:///w/a.yaml';
  const reader = memoryReader(new Map([[doc, text]]));
  const cache = new ParseCache();
  const stacks = stacksOf(collect(reader, [doc], OPTIONS, cache), OPTIONS, cache);
  return finished(pathsAt(() => stacks, doc, text.indexOf(what), { ...OPTIONS, ...options }));
}

function textAt(what: string): string {
  return graphText(graphAt(WEB, what)!, (at) => `line ${WEB.slice(0, at.start).split('\n').length}`);
}

describe('the paths to a resource', () => {
  for (const [what, expected] of [
    [
      'Web:',
      `Paths to Web (AWS::EC2::Instance)
1. Internet, TCP port 443: open when IsLive is true
   - Public routes 0.0.0.0/0 to Gateway [open, line 10]
   - Web is in the subnet Public [open, line 22]
   - WebGroup allows TCP port 443 from 0.0.0.0/0 [open, line 20]
   - Public assigns a public IP address to Web [open when IsLive is true, line 11]
2. Internet, TCP port 22: open when IsLive is true
   - Public routes 0.0.0.0/0 to Gateway [open, line 10]
   - Web is in the subnet Public [open, line 22]
   - WebGroup allows TCP port 22 from 0.0.0.0/0 [open, line 21]
   - Public assigns a public IP address to Web [open when IsLive is true, line 11]
`,
    ],
    [
      'Elsewhere:',
      `Paths to Elsewhere (AWS::EC2::Instance)
1. Internet, TCP port 443: unknown
   - WebGroup allows TCP port 443 from 0.0.0.0/0 [open, line 20]
   - the subnets of Elsewhere are not in these documents [unknown, line 26]
   - the subnet of Elsewhere can assign a public IP address [unknown, line 26]
   Not known: whether the subnets of Elsewhere route traffic to an internet gateway; whether Elsewhere has a public IP address.
2. Internet, TCP port 22: unknown
   - WebGroup allows TCP port 22 from 0.0.0.0/0 [open, line 21]
   - the subnets of Elsewhere are not in these documents [unknown, line 26]
   - the subnet of Elsewhere can assign a public IP address [unknown, line 26]
   Not known: whether the subnets of Elsewhere route traffic to an internet gateway; whether Elsewhere has a public IP address.
`,
    ],
    [
      'Alone:',
      `No known path from the internet or other AWS accounts leads to Alone (AWS::EC2::Instance).
Not known:
- which security groups Alone has
`,
    ],
    ['Vpc:', 'No known path from the internet or other AWS accounts leads to Vpc (AWS::EC2::VPC).\n'],
  ] as const)
    it(`are told in words: ${what}`, () => assert.equal(textAt(what), expected));

  it('are those through a resource that no path leads to', () => {
    assert.match(textAt('WebGroup:'), /^Paths through WebGroup \(.*\)\n1\. Internet to Web, TCP port 443: open when/);
    const through = graphAt(WEB, 'Route:')!;
    assert.deepEqual(
      through.paths.map(({ to, traffic, state }) => [to, traffic, state]),
      [
        ['n4', 'TCP port 443', 'open'],
        ['n4', 'TCP port 22', 'open'],
      ],
    );
  });

  it('share nodes and edges, and no path passes a node twice', () => {
    const { nodes, edges, paths } = graphAt(WEB, 'Elsewhere:')!;
    assert.deepEqual(
      nodes.map(({ label, role, state }) => [label, role, state]),
      [
        ['Internet', 'outside', 'open'],
        ['WebGroup', 'between', 'open'],
        ['Elsewhere', 'target', 'unknown'],
      ],
    );
    assert.deepEqual(
      edges.map(({ id, from, to, state, steps }) => [id, from, to, state, steps.length]),
      [
        ['e0', 'internet', 'n1', 'open', 1],
        ['e1', 'n1', 'n2', 'unknown', 2],
        ['e2', 'internet', 'n1', 'open', 1],
      ],
    );
    assert.deepEqual(
      paths.map((path) => path.edges),
      [
        ['e0', 'e1'],
        ['e2', 'e1'],
      ],
    );
  });

  it('have one node for what a transform makes of a resource', () => {
    const { nodes, edges } = graphAt(
      `Transform: AWS::Serverless-2016-10-31
Resources:
  Gallery:
    Type: AWS::Serverless::Function
    Properties: {Runtime: python3.13, Handler: a.b, CodeUri: ., FunctionUrlConfig: {AuthType: NONE}}
`,
      'Gallery',
    )!;
    assert.deepEqual(
      nodes.map(({ label, role }) => [label, role]),
      [
        ['Internet', 'outside'],
        ['Gallery', 'target'],
      ],
    );
    assert.deepEqual(
      edges.map(({ steps }) => steps.length),
      [2],
    );
  });

  it('do not exist outside of resources', () => assert.equal(graphAt(WEB, 'Stage'), undefined));

  it('are incomplete when the time is over', () => {
    const many = Array.from(
      { length: 60 },
      (_, index) =>
        `  Web${index}: {Type: AWS::EC2::Instance, Properties: {SubnetId: !Ref Public, SecurityGroupIds: [!If [IsLive, !GetAtt WebGroup.GroupId, sg-1]]}}\n`,
    );
    const text = WEB + many.join('');
    assert.equal(graphAt(text, 'WebGroup:', { expired: () => false })!.paths.length, 32);
    const cut = graphAt(text, 'WebGroup:', { expired: () => true });
    assert.equal(cut?.incomplete, true);
    assert.ok(cut.paths.length < 32, String(cut.paths.length));
    assert.match(graphText(cut), /\nIncomplete: .*\n$/);
  });

  it('contain no control characters of the document', () => {
    const graph = graphAt(WEB.replaceAll('Web:', '"We\\x1bb":'), 'We\\x1bb');
    assert.doesNotMatch(JSON.stringify(graph), /u001b/);
  });
});
