/**
 * Explanations that run only the rules that concern a position, compared with those of a stack of which nothing is
 * known.
 */
import assert from 'node:assert/strict';
import { DEFAULT_CONFIGURATION } from '../../server/src/config/configuration.ts';
import type { AnalysisOptions } from '../../server/src/engine/analysis.ts';
import { documentStack, stacksOf, type AnalyzedStacks } from '../../server/src/engine/analyzed-stacks.ts';
import { explainIn, type ExplanationOptions } from '../../server/src/engine/explain.ts';
import type { ExplainedStack } from '../../server/src/engine/explained-stack.ts';
import { Explanations } from '../../server/src/engine/explanations.ts';
import { ParseCache } from '../../server/src/engine/parse-cache.ts';
import { collect } from '../../server/src/engine/run.ts';
import { finished } from '../../server/src/base/steps.ts';
import type { Explained } from '../../server/src/hover/explanation/explained.ts';
import { distinctOffsets } from '../hover/explained-at.ts';
import { runs } from '../kit/runs.ts';
import { memoryReader } from '../kit/memory-reader.ts';

const OPTIONS: AnalysisOptions = {
  profile: 'recommended',
  certainty: 'certain',
  configuration: DEFAULT_CONFIGURATION,
  today: '2026-11-29',
};

/** Every how manieth offset is compared; where `RUNS_FACTOR` asks for more, more of them. */
const STRIDE = Math.max(1, Math.floor(17 / runs(1)));

const TEMPLATE = `AWSTemplateFormatVersion: "2010-09-09"
Description: Orders
Parameters:
  Stage: {Type: String, Default: test, AllowedValues: [test, live]}
  DbPassword: {Type: String, Default: correct-horse}
Conditions:
  IsLive: !Equals [!Ref Stage, live]
Resources:
  Disk:
    Type: AWS::EC2::Volume
    Properties: {Encrypted: !If [IsLive, true, false], Size: 5}
  Uploads:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: !Sub "uploads-\${Stage}"
      PublicAccessBlockConfiguration: {BlockPublicAcls: true, BlockPublicPolicy: false}
  UploadsPolicy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Uploads
      PolicyDocument:
        Statement:
          - {Effect: Allow, Principal: "*", Action: s3:GetObject, Resource: !Sub "\${Uploads.Arn}/*"}
  Worker:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
      Policies:
        - PolicyName: own
          PolicyDocument:
            Statement:
              - {Effect: Allow, Action: ["s3:*", "iam:PassRole"], Resource: "*"}
  Denials:
    Type: AWS::IAM::Policy
    Properties:
      PolicyName: denials
      Roles: [!Ref Worker]
      PolicyDocument:
        Statement: [{Effect: Deny, Action: "iam:*", Resource: "*"}]
  Orders:
    Type: AWS::RDS::DBInstance
    Properties: {MasterUserPassword: !Ref DbPassword, StorageEncrypted: false}
Outputs:
  Name: {Value: !Ref Uploads}
`;

const SERVERLESS = `Transform: AWS::Serverless-2016-10-31
Globals:
  Function: {Runtime: python3.8, Environment: {Variables: {TOKEN: hunter2-hunter2}}}
Resources:
  Api:
    Type: AWS::Serverless::Function
    Properties:
      Handler: a.b
      InlineCode: pass
      Policies:
        - Statement: [{Effect: Allow, Action: "dynamodb:*", Resource: "*"}]
      Events:
        Get: {Type: Api, Properties: {Path: /, Method: get}}
  Table:
    Type: AWS::DynamoDB::Table
    Properties: {BillingMode: PAY_PER_REQUEST}
`;

const TERRAFORM = `variable "encrypted" {
  default = false
}

locals {
  actions = ["s3:GetObject", "s3:*"]
}

data "aws_iam_policy_document" "read" {
  statement {
    actions   = local.actions
    resources = ["*"]
  }
}

resource "aws_iam_role_policy" "read" {
  role   = aws_iam_role.reader.id
  policy = data.aws_iam_policy_document.read.json
}

resource "aws_iam_role" "reader" {
  assume_role_policy = jsonencode({
    Statement = [{ Effect = "Allow", Principal = { AWS = "*" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_ebs_volume" "disk" {
  encrypted = var.encrypted
}
`;

/** A document in its versions, of which each is explained with what is known of those before. */
const DOCUMENTS: readonly { readonly name: string; readonly versions: readonly string[] }[] = [
  {
    name: 'a.yaml',
    versions: [
      TEMPLATE,
      TEMPLATE.replace('Size: 5', 'Size: 50'),
      // Another policy of the role allows what this one denied.
      TEMPLATE.replace('Effect: Deny', 'Effect: Allow'),
      TEMPLATE.replace('Default: test', 'Default: live'),
    ],
  },
  { name: 'template.yaml', versions: [SERVERLESS, SERVERLESS.replace('dynamodb:*', 'dynamodb:GetItem')] },
  { name: 'main.tf', versions: [TERRAFORM, TERRAFORM.replace('"s3:*"', '"s3:PutObject"')] },
];

function stacksIn(doc: string, text: string): AnalyzedStacks {
  const cache = new ParseCache();
  return stacksOf(collect(memoryReader(new Map([[doc, text]])), [doc], OPTIONS, cache), OPTIONS, cache);
}

/**
 * The verdicts about a position itself, as a hover shows them: of rules without a finding only that. Other rules have
 * none.
 */
function hereOf(explained: Explained | undefined): unknown {
  const all = (explained?.decisions ?? []).map(({ rule, here }) => ({
    rule,
    here: here.every(({ what }) => what === 'fine') ? here.slice(0, 1).map(({ what }) => ({ what })) : here,
  }));
  return asData(
    all
      .filter(({ here }) => here.some(({ what }) => what !== 'not-applicable'))
      .sort((a, b) => (a.rule < b.rule ? -1 : 1)),
  );
}

/** The stack of a text whose values are explained. */
function explainedIn(explanations: Explanations, doc: string, stacks: AnalyzedStacks): ExplainedStack {
  return explanations.of(stacks, documentStack(stacks, doc)!, OPTIONS);
}

function asData(explained: unknown): unknown {
  return JSON.parse(JSON.stringify(explained ?? null));
}

describe('explained stacks', () => {
  for (const { name, versions } of DOCUMENTS)
    it(`explain ${name} as if nothing were known of it`, () => {
      const doc = `file:///w/${name}`;
      const explanations = new Explanations();
      for (const [version, text] of versions.entries()) {
        const stacks = stacksIn(doc, text);
        if (version > 0) finished(explanations.preparing(stacks, doc, OPTIONS, version % 2 === 0));
        for (const [index, offset] of distinctOffsets(text).entries()) {
          if (index % STRIDE !== version % STRIDE) continue;
          const narrowed = explainIn(() => stacks, doc, offset, OPTIONS, explanations.of.bind(explanations));
          const whole = explainIn(() => stacksIn(doc, text), doc, offset, OPTIONS);
          const at = `version ${version}, ${offset}: ${text.slice(offset, offset + 20)}`;
          assert.deepEqual(asData(narrowed), asData(whole), at);
          const short = { ...OPTIONS, isShort: true };
          const hover = explainIn(() => stacks, doc, offset, short, explanations.of.bind(explanations));
          assert.deepEqual(hereOf(hover), hereOf(whole), `in short, ${at}`);
          const unknown = explainIn(() => stacks, doc, offset, short);
          assert.deepEqual(hereOf(unknown), hereOf(whole), `in short, when nothing is known, ${at}`);
          if (hover && hover.decisions.length > 0)
            assert.equal(hover.onlyBelow, whole?.onlyBelow, `only below, in short, ${at}`);
        }
      }
    }).timeout(120_000);

  const doc = 'file:///w/a.yaml';

  /** A prepared stack, and the number of rule calls of an explanation at a text in it. */
  const prepared = (
    explanations: Explanations,
    text: string,
  ): { readonly explained: ExplainedStack; callsAt(what: string, more?: Partial<ExplanationOptions>): number } => {
    const stacks = stacksIn(doc, text);
    finished(explanations.preparing(stacks, doc, OPTIONS));
    const explained = explainedIn(explanations, doc, stacks);
    return {
      explained,
      callsAt: (what, more) => {
        const before = explained.calls;
        const options = { ...OPTIONS, ...more };
        explainIn(() => stacks, doc, text.indexOf(what) + 1, options, explanations.of.bind(explanations));
        return explained.calls - before;
      },
    };
  };

  /** The number of rule calls of a hover at the last place of a text in a document whose stack is prepared. */
  const callsIn = (name: string, text: string, what: string): number => {
    const at = `file:///w/${name}`;
    const stacks = stacksIn(at, text);
    const explanations = new Explanations();
    finished(explanations.preparing(stacks, at, OPTIONS));
    const explained = explainedIn(explanations, at, stacks);
    const before = explained.calls;
    const offset = text.lastIndexOf(what) + 1;
    explainIn(() => stacks, at, offset, { ...OPTIONS, isShort: true }, explanations.of.bind(explanations));
    return explained.calls - before;
  };

  it('call no rule for a place that no rule reads', () => {
    // A password in the default of a parameter is a finding there.
    const text = TEMPLATE.replace('Default: correct-horse', 'NoEcho: true');
    const { explained, callsAt } = prepared(new Explanations(), text);
    assert.ok(explained.calls > 50, `${explained.calls} calls`);
    for (const what of ['Orders\n', 'AllowedValues', 'IsLive: ', 'Name: {Value']) assert.equal(callsAt(what), 0, what);
  });

  it('read no policies of resources to find the calls for a place that no rule reads', () => {
    const stacks = stacksIn(doc, TEMPLATE);
    const explanations = new Explanations();
    finished(explanations.preparing(stacks, doc, OPTIONS));
    let reads = 0;
    for (const resource of documentStack(stacks, doc)!.stack.resources) {
      const policies = resource.policies.bind(resource);
      resource.policies = () => {
        reads++;
        return policies();
      };
    }
    const offset = TEMPLATE.indexOf('live]\nResources') + 1;
    explainIn(() => stacks, doc, offset, { ...OPTIONS, isShort: true }, explanations.of.bind(explanations));
    assert.equal(reads, 0);
  });

  it('call only the rules that read the resource', () => {
    const { explained, callsAt } = prepared(new Explanations(), TEMPLATE);
    const all = explained.calls;
    assert.ok(callsAt('Encrypted: !If') <= 6);
    assert.ok(callsAt('s3:GetObject') < all / 3);
  });

  it('call no rule again for the decisions about a place whose findings were asked for', () => {
    const text = `Resources:
  Worker:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
      Policies:
        - PolicyName: own
          PolicyDocument:
            Statement:
              - {Effect: Allow, Action: ["s3:*", "iam:PassRole"], Resource: "*"}
`;
    const stacks = stacksIn(doc, text);
    const explanations = new Explanations();
    const explained = explainedIn(explanations, doc, stacks);
    const offset = text.indexOf('s3:*') + 1;
    const holder = explained.holderOf({ doc, start: offset, end: offset })!;
    assert.ok(finished(explained.findingIn(holder, undefined))!.length > 0);
    explainIn(() => stacks, doc, offset, { ...OPTIONS, isShort: true }, explanations.of.bind(explanations));
    // All of them are about the role, and preparing makes each once.
    assert.ok(explained.calls <= prepared(new Explanations(), text).explained.calls, `${explained.calls} calls`);
  });

  it('call no rule about functions for another resource, although they share properties elsewhere', () => {
    const globals = /^Globals:\n.*\n/m;
    const [shared, own] = [SERVERLESS, SERVERLESS.replace(globals, '')].map((text) =>
      prepared(new Explanations(), text),
    );
    assert.equal(shared!.callsAt('BillingMode'), own!.callsAt('BillingMode'));
    assert.ok(shared!.callsAt('python3.8') > 0);
  });

  it('call only the rules that judge a value of the resource, for a hover', () => {
    const { callsAt } = prepared(new Explanations(), TEMPLATE);
    const [short, whole] = [true, false].map((isShort) => callsAt('s3:GetObject', { isShort }));
    assert.ok(short! > 0 && short! < whole!, `${short} of ${whole} calls`);
  });

  it('call as few rules for one of many policies of a role as for one of few, for a hover', () => {
    const module = (count: number): string =>
      `resource "aws_iam_role" "r" {
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}
${Array.from(
  { length: count },
  (_, i) => `resource "aws_iam_role_policy" "p${i}" {
  role = aws_iam_role.r.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "*" }] })
}
`,
).join('')}`;
    for (const what of ['policy = json', 'Effect', 'Action', 's3:Get', 'role = '])
      assert.equal(callsIn('main.tf', module(32), what), callsIn('main.tf', module(4), what), what);
  });

  it('call as few rules for one of many users of a group as for one of few, for a hover', () => {
    const template = (count: number): string =>
      `Resources:
  G: {Type: AWS::IAM::Group, Properties: {Policies: [{PolicyName: p, PolicyDocument: {Statement: [{Effect: Allow, Action: ["iam:PassRole", "lambda:*"], Resource: "*"}]}}]}}
${Array.from(
  { length: count },
  (_, i) => `  U${i}:
    Type: AWS::IAM::User
    Properties:
      Groups: [!Ref G]
      Policies: [{PolicyName: p, PolicyDocument: {Statement: [{Effect: Allow, Action: s3:GetObject, Resource: "*"}]}}]
`,
).join('')}`;
    // No rule reads the value of these keys. Some read what is below.
    for (const what of ['Groups', 'Properties:', 'U2:'])
      assert.equal(callsIn('a.yaml', template(32), what), callsIn('a.yaml', template(4), what), what);
  });

  it('call as few rules for a role with many policies as for one with few, for a hover', () => {
    const template = (count: number): string =>
      `Resources:
${Array.from(
  { length: count },
  (
    _,
    i,
  ) => `  P${i}: {Type: AWS::IAM::Policy, Properties: {PolicyName: p, Roles: [!Ref R], PolicyDocument: {Statement: [{Effect: Allow, Action: s3:GetObject, Resource: "*"}]}}}
`,
).join('')}  R:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]}
`;
    const what = 'AssumeRolePolicyDocument';
    assert.equal(callsIn('a.yaml', template(32), what), callsIn('a.yaml', template(4), what));
  });

  it('find out once for all positions which findings of the stack are reported', () => {
    const stacks = stacksIn(doc, TEMPLATE);
    const explanations = new Explanations();
    finished(explanations.preparing(stacks, doc, OPTIONS));
    const explained = explainedIn(explanations, doc, stacks);
    const draftsOf = explained.draftsOf.bind(explained);
    let count = 0;
    explained.draftsOf = (...given) => {
      count++;
      return draftsOf(...given);
    };
    const offsets = [...TEMPLATE.matchAll(/s3:|Encrypted|iam:/g)].map(({ index }) => index + 1);
    const counts = [1, 2].map(() => {
      const before = count;
      for (const offset of offsets)
        explainIn(() => stacks, doc, offset, { ...OPTIONS, isShort: true }, explanations.of.bind(explanations));
      return count - before;
    });
    assert.ok(counts[0]! > 0);
    assert.equal(counts[1], 0);
  });

  it('call no rule for the key of all resources, for a hover', () => {
    const { callsAt } = prepared(new Explanations(), TEMPLATE);
    const [short, whole] = [true, false].map((isShort) => callsAt('Resources:', { isShort }));
    assert.ok(short === 0 && whole! > 0, `${short} of ${whole} calls`);
  });

  it('call the rules again that read what changed, and no others', () => {
    const explanations = new Explanations();
    const all = prepared(explanations, TEMPLATE).explained.calls;
    const moved = prepared(explanations, TEMPLATE.replace('Resources:', '\n# moved\nResources:')).explained.calls;
    assert.ok(moved <= 2, `${moved} calls`);
    const edited = prepared(explanations, TEMPLATE.replace('Size: 5', 'Size: 50')).explained.calls;
    assert.ok(edited > 0 && edited < all / 10, `${edited} of ${all} calls`);
  });

  it('compare all calls with those of the last version before a hover, if there is time', () => {
    const explanations = new Explanations();
    prepared(explanations, TEMPLATE);
    const text = `${TEMPLATE}# moved\n`;
    const stacks = stacksIn(doc, text);
    const explained = explainedIn(explanations, doc, stacks);
    finished(explanations.preparing(stacks, doc, OPTIONS, true));
    const before = explained.compared;
    assert.ok(before > 0);
    assert.equal(explained.calls, 0);
    const options = { ...OPTIONS, isShort: true };
    explainIn(() => stacks, doc, text.indexOf('s3:GetObject'), options, explanations.of.bind(explanations));
    assert.equal(explained.compared, before);
  });

  it('say of each rule what it reads, whichever rules ran before', () => {
    const text = `Resources:
  P:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Statement:
          - {Effect: Allow, Action: "*", Resource: "*", Condition: {StringEquals: {"aws:PrincipalOrgID": o-1}}}
`;
    const explained = explainIn(() => stacksIn(doc, text), doc, text.indexOf('o-1') + 1, OPTIONS)!;
    const rules = explained.decisions.map(({ rule }) => rule);
    for (const rule of [
      'iam-policy-condition-empty-values',
      'iam-policy-condition-value-format',
      'iam-policy-mfa-condition',
    ])
      assert.ok(rules.includes(rule), `${rule} is not in ${rules.join()}`);
  });

  it('have the values by which one resource is reached from another', () => {
    const text = `Resources:
  Net: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Gateway: {Type: AWS::EC2::InternetGateway}
  Attached: {Type: AWS::EC2::VPCGatewayAttachment, Properties: {VpcId: !Ref Net, InternetGatewayId: !Ref Gateway}}
  Table: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Net}}
  Route: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway}}
  Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Net, CidrBlock: 10.0.1.0/24}}
  Use: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref Subnet, RouteTableId: !Ref Table}}
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      VpcId: !Ref Net
      SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}]
  Server:
    Type: AWS::EC2::Instance
    Properties:
      NetworkInterfaces: [{AssociatePublicIpAddress: true, DeviceIndex: "0", SubnetId: !Ref Subnet, GroupSet: [!Ref Group]}]
`;
    const explained = explainIn(() => stacksIn(doc, text), doc, text.indexOf('0.0.0.0/0}]') + 1, OPTIONS)!;
    const found = explained.decisions.map(
      ({ rule, verdicts }) => `${rule}: ${verdicts.map(({ what }) => what).join()}`,
    );
    assert.ok(found.includes('sg-ingress-internet-reachable: found'), found.join('; '));
    assert.ok(!found.some((one) => one.includes('failed')), found.join('; '));
  });

  it('evaluate a value as the resource that has it does, also before a rule reads it', () => {
    const stacks = stacksIn(doc, TEMPLATE);
    const { stack } = documentStack(stacks, doc)!;
    stack.expressionAt!(doc, TEMPLATE.indexOf('Roles:') + 1);
    assert.ok(stack.byAddress('Denials')!.get('Roles').origin.key);
  });
});
