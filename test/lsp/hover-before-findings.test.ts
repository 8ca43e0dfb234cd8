/** Hovers during the first analysis of a document, whose stacks are built and whose rules are running. */
import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import type { Hover } from 'vscode-languageserver-protocol';
import { DEFAULT_CONFIGURATION } from '../../server/src/config/configuration.ts';
import { uriOf } from '../../server/src/host/uri.ts';
import { nodeEngine } from '../../server/src/lsp/node-engine.ts';
import { nodeWorld } from '../../server/src/lsp/node-world.ts';
import { makeFolder } from '../host/workspace.ts';
import { distinctOffsets } from '../hover/explained-at.ts';
import { memoryReader, SCHEMAS } from '../kit/memory-reader.ts';
import { FULL, TestClient } from './kit/client.ts';

const TEMPLATE = `Parameters:
  Encrypt: {Type: String, Default: 'false'}
  Stage: {Type: String, Default: test, AllowedValues: [test, live]}
Conditions:
  IsLive: !Equals [!Ref Stage, live]
Resources:
  Disk:
    Type: AWS::EC2::Volume
    Properties: {AvailabilityZone: a, Size: 1, Encrypted: !Ref Encrypt}
  # stackwarden:ignore ebs-volume-encryption: it has no data
  Scratch:
    Type: AWS::EC2::Volume
    Properties: {AvailabilityZone: a, Size: 1, Encrypted: !If [IsLive, true, false]}
  Orders:
    Type: AWS::DynamoDB::Table
    Properties: {BillingMode: PAY_PER_REQUEST, DeletionProtectionEnabled: false}
  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties: {Scheme: internal}
  Http:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties: {LoadBalancerArn: !Ref Balancer, Port: 80, Protocol: HTTP, DefaultActions: [{Type: forward}]}
  Worker:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
  Rights:
    Type: AWS::IAM::Policy
    Properties:
      PolicyName: rights
      Roles: [!Ref Worker]
      PolicyDocument:
        Statement:
          - {Effect: Allow, Action: ["s3:GetObject", "iam:PassRole"], Resource: "*"}
Outputs:
  Name: {Value: !Ref Orders}
`;

const SERVERLESS = `Transform: AWS::Serverless-2016-10-31
Globals:
  Function: {Runtime: python3.8}
Resources:
  Api:
    Type: AWS::Serverless::Function
    Properties:
      Handler: a.b
      InlineCode: pass
      Policies:
        - Statement: [{Effect: Allow, Action: "dynamodb:*", Resource: "*"}]
  Table:
    Type: AWS::DynamoDB::Table
    Properties: {BillingMode: PAY_PER_REQUEST}
`;

const MAIN = `data "aws_iam_policy_document" "read" {
  statement {
    actions   = ["s3:GetObject", "iam:PassRole"]
    resources = ["*"]
  }
}

resource "aws_iam_role_policy" "read" {
  role   = aws_iam_role.reader.id
  policy = data.aws_iam_policy_document.read.json
}

resource "aws_ebs_volume" "disk" {
  encrypted = var.encrypted
}
`;
const MORE = `variable "encrypted" {
  default = false
}

resource "aws_iam_role" "reader" {
  assume_role_policy = jsonencode({
    Statement = [{ Effect = "Allow", Principal = { AWS = "*" }, Action = "sts:AssumeRole" }]
  })
}
`;

/** A public bucket: which of its resources has the finding depends on all of them. */
const PUBLIC = `Resources:
  Site:
    Type: AWS::S3::Bucket
    Properties:
      AccessControl: PublicRead
      PublicAccessBlockConfiguration: {BlockPublicPolicy: false, RestrictPublicBuckets: false}
  Anyone:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Site
      PolicyDocument:
        Statement: [{Effect: Allow, Principal: "*", Action: s3:GetObject, Resource: !Sub "\${Site.Arn}/*"}]
`;

/** A client whose server stops in each analysis once the stacks are built, until it is released. */
async function holding(folder: string) {
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  const world = nodeWorld(SCHEMAS);
  let analyses = 0;
  /** The requests for which the document was read again. */
  const rereading: string[] = [];
  const client = await TestClient.inProcess(
    {
      machine: world.machine,
      engine: async () => {
        const engine = await world.engine();
        return {
          ...engine,
          explain: (reader, at, ...more) => {
            if (!at.stacks) rereading.push('explain');
            return engine.explain(reader, at, ...more);
          },
          ownership: (reader, at, options) => {
            if (!at.stacks) rereading.push('ownership');
            return engine.ownership(reader, at, options);
          },
          analyze: (reader, named, options, pause, open) => {
            analyses++;
            let isBuilt = false;
            const built: typeof options.built = (stacks) => {
              isBuilt = true;
              options.built?.(stacks);
            };
            const holds = async (): Promise<void> => {
              if (isBuilt) await held;
              await pause();
            };
            return engine.analyze(reader, named, { ...options, built }, holds, open);
          },
        };
      },
    },
    { capabilities: FULL, folders: [{ uri: uriOf(folder), name: 'w' }] },
  );
  return { client, release, rereading, analyses: () => analyses };
}

async function hoverAt(client: TestClient, uri: string, offset: number): Promise<Hover | null> {
  const position = client.documents.get(uri)!.positionAt(offset);
  return client.connection.sendRequest('textDocument/hover', { textDocument: { uri }, position });
}

describe('a hover before the findings are known', () => {
  const cases: readonly (readonly [name: string, files: Readonly<Record<string, string>>])[] = [
    ['a template', { 'a.yaml': TEMPLATE }],
    ['a SAM template', { 'template.yaml': SERVERLESS }],
    ['a Terraform configuration', { 'main.tf': MAIN, 'more.tf': MORE }],
  ];
  for (const [name, files] of cases)
    it(`in ${name} is the same as afterwards`, async () => {
      const folder = makeFolder(files);
      const early = await holding(folder.path);
      const late = await holding(folder.path);
      late.release();
      try {
        for (const [file, text] of Object.entries(files)) {
          const [uri, language] = [uriOf(folder.at(file)), file.endsWith('.tf') ? 'terraform' : 'yaml'];
          await early.client.open(uri, text, language);
          await late.client.open(uri, text, language);
        }
        const uris = Object.keys(files).map((file) => uriOf(folder.at(file)));
        await Promise.all(uris.map((uri) => late.client.items(uri)));
        let isAnalyzed = false as boolean;
        const analyzed = early.client.items(uris[0]!).then(() => (isAnalyzed = true));
        for (const [file, text] of Object.entries(files)) {
          const uri = uriOf(folder.at(file));
          for (const offset of distinctOffsets(text))
            assert.deepEqual(
              await hoverAt(early.client, uri, offset),
              await hoverAt(late.client, uri, offset),
              `${file} ${offset}: ${text.slice(offset, offset + 20)}`,
            );
        }
        assert.equal(isAnalyzed, false);
        early.release();
        await analyzed;
      } finally {
        early.release();
        await Promise.all([early.client.stop(), late.client.stop()]);
        folder.remove();
      }
    }).timeout(120_000);

  it('waits for the analysis if it depends on findings anywhere', async () => {
    const folder = makeFolder({ 'a.yaml': PUBLIC });
    const { client, release, analyses } = await holding(folder.path);
    const uri = uriOf(folder.at('a.yaml'));
    try {
      await client.open(uri, PUBLIC);
      let answered = 0;
      const hovers = ['AWS::S3::Bucket', 'AccessControl:'].map(async (what) => {
        const found = await hoverAt(client, uri, PUBLIC.indexOf(what));
        answered++;
        return (found!.contents as { value: string }).value;
      });
      // This one is about the same stacks, and is answered.
      await hoverAt(client, uri, PUBLIC.indexOf('!Sub'));
      for (let turns = 0; turns < 100; turns++) await turn();
      assert.equal(answered, 0);
      release();
      assert.match(await hovers[0]!, /s3-bucket-policy-public-principal/);
      assert.match(await hovers[1]!, /s3-acl-public-read/);
      assert.equal(analyses(), 1);
    } finally {
      release();
      await client.stop();
      folder.remove();
    }
  });

  it('uses the built stacks, as an explanation does; a page about responsibilities waits for the findings', async () => {
    const folder = makeFolder({ 'a.yaml': TEMPLATE });
    const { client, release, rereading } = await holding(folder.path);
    const uri = uriOf(folder.at('a.yaml'));
    const asked = (method: string, what: string): Promise<{ readonly markdown: string }> =>
      client.connection.sendRequest(`stackwarden/${method}`, {
        textDocument: { uri },
        position: client.position(uri, what),
      });
    try {
      await client.open(uri, TEMPLATE);
      assert.match((await asked('explainValue', '!Ref Encrypt')).markdown, /false/);
      let isAnswered = false as boolean;
      const page = asked('ownership', 'Disk:').then((answer) => {
        isAnswered = true;
        return answer;
      });
      for (let turns = 0; turns < 100; turns++) await turn();
      assert.equal(isAnswered, false);
      release();
      assert.match((await page).markdown, /ebs-volume-encryption/);
      await client.edit(uri, "Default: 'true'", "Default: 'false'");
      assert.match((await asked('explainValue', '!Ref Encrypt')).markdown, /true/);
      assert.deepEqual(rereading, []);
    } finally {
      release();
      await client.stop();
      folder.remove();
    }
  });

  it('is about the text after an edit', async () => {
    const folder = makeFolder({ 'a.yaml': TEMPLATE });
    const { client, release } = await holding(folder.path);
    const uri = uriOf(folder.at('a.yaml'));
    try {
      await client.open(uri, TEMPLATE);
      const text = async (): Promise<string> => {
        const hover = await hoverAt(client, uri, client.documents.get(uri)!.getText().indexOf('!Ref Encrypt'));
        return (hover!.contents as { value: string }).value;
      };
      assert.match(await text(), /`false`/);
      await client.edit(uri, "Default: 'true'", "Default: 'false'");
      assert.match(await text(), /`true`/);
    } finally {
      release();
      await client.stop();
      folder.remove();
    }
  });
});

describe('built stacks', () => {
  const DOC = 'file:///w/a.yaml';
  const options = { profile: 'recommended', certainty: 'possible', configuration: DEFAULT_CONFIGURATION } as const;

  it('are kept until the analysis ends, also if it is cancelled', async () => {
    const engine = nodeEngine();
    const reader = memoryReader(new Map([[DOC, TEMPLATE]]));
    const seen: boolean[] = [];
    const analyze = (pause: () => void): Promise<unknown> =>
      engine.analyze(reader, [DOC], options, () => Promise.resolve(pause()), [DOC]);
    await analyze(() => seen.push(engine.built(DOC, TEMPLATE) !== undefined));
    assert.ok(seen.includes(false) && seen.includes(true));
    assert.equal(engine.built(DOC, TEMPLATE), undefined);
    await assert.rejects(
      analyze(() => {
        if (!engine.built(DOC, TEMPLATE)) return;
        assert.equal(engine.built(DOC, `${TEMPLATE}#`), undefined, 'of another text');
        throw new Error('cancelled');
      }),
      /cancelled/,
    );
    assert.equal(engine.built(DOC, TEMPLATE), undefined);
  });

  it('are forgotten when something else changes that they depend on', async () => {
    const changes = [
      (engine: ReturnType<typeof nodeEngine>) => engine.forget(DOC),
      (engine: ReturnType<typeof nodeEngine>) => engine.changed({ doc: undefined, listed: false }),
      (engine: ReturnType<typeof nodeEngine>) => engine.changed({ doc: 'file:///w/.stackwarden.yaml', listed: false }),
    ];
    for (const change of changes) {
      const engine = nodeEngine();
      let hasChanged = false as boolean;
      await engine.analyze(
        memoryReader(new Map([[DOC, TEMPLATE]])),
        [DOC],
        options,
        () => {
          if (!engine.built(DOC, TEMPLATE)) return Promise.resolve();
          change(engine);
          hasChanged = true;
          assert.equal(engine.built(DOC, TEMPLATE), undefined);
          return Promise.resolve();
        },
        [DOC],
      );
      assert.ok(hasChanged);
    }
  });
});
