/**
 * Invariants of explanations at any position: nothing is thrown, no secret is shown, and the text is no longer than a
 * hover can be.
 */
import assert from 'node:assert/strict';
import { fullMarkdown, shortMarkdown } from '../../server/src/hover/explanation/markdown.ts';
import { shortText } from '../../server/src/hover/explanation/text.ts';
import { explainer, linksIn, distinctOffsets } from './explained-at.ts';

/** Secrets, and nothing else, have `hush` in them. */
const TEMPLATE = `Parameters:
  Stage: {Type: String, Default: test, AllowedValues: [test, live]}
  Key: {Type: String, NoEcho: true, Default: hush-key}
  DbPassword: {Type: String, Default: hush-password}
Mappings:
  Keys: {hush-key: {Name: n}}
Conditions:
  IsLive: !Equals [!Ref Stage, live]
  IsOld: !Equals [!Ref Key, hush-old]
  IsBoth: !And [!Condition IsLive, !Not [!Condition IsOld]]
Rules:
  R: {Assertions: [{Assert: !Equals [!Ref DbPassword, hush-password]}]}
Resources:
  Db:
    Type: AWS::RDS::DBInstance
    Condition: IsBoth
    Properties:
      MasterUserPassword: !If [IsOld, hush-literal, !Sub "a\${Key}"]
      DBName: !Join ["-", [!Ref Key, !FindInMap [Keys, !Ref Key, Name]]]
      Tags: [{Key: !Ref Key, Value: !Ref DbPassword}, !If [IsLive, {Key: a, Value: !Ref Key}, !Ref AWS::NoValue]]
  Second:
    Type: AWS::RDS::DBInstance
    Properties: {MasterUserPassword: &pw hush-written, MasterUsername: !Sub "\${DbPassword}x", StorageEncrypted: !If [IsOld, true, false]}
  Third: {Type: AWS::RDS::DBInstance, Properties: {MasterUserPassword: *pw}}
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties: {PolicyDocument: '{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": ["*", "arn:aws:s3:::a"]}]}'}
  User: {Type: AWS::IAM::User, Properties: {UserName: !Sub ["\${K}", {K: !Ref Key}]}}
Outputs:
  O: {Condition: IsOld, Value: !Sub "\${Key}-\${Db.Endpoint}"}
`;

const TERRAFORM = `{"variable": {"key": {"sensitive": true, "default": "hush-key"}, "on": {"default": true}}, "locals": {"k": "a-\${var.key}", "m": {"a": ["\${var.key == \\"hush-other\\" && var.on ? upper(var.key) : format(\\"%s-hush-part\\", local.k)}"]}, "all": {"b": "\${sensitive(\\"hush-in\\")}"}},
"resource": {"aws_db_instance": {"d": {"password": "\${local.k}", "storage_encrypted": "\${var.on}", "identifier": "\${var.key}", "tags": {"a": "\${local.m.a[0]}", "b": "x-\${local.all[\\"b\\"]}", "c": "%{ if var.key == \\"hush-if\\" }a%{ endif }", "d": "\${jsonencode({a = [var.key]})}", "e": "\${[for x in [var.key] : x if x != \\"hush-for\\"][0]}"}}, "f": {"count": "\${var.key == \\"hush-count\\" ? 1 : 0}", "storage_encrypted": "\${local.k == \\"a-hush-b\\" ? true : false}"}, "e": {"password": "hush-written"}}}}`;

const HCL = `variable "key" {
  sensitive = true
  default   = "hush-key"
}

variable "db_password" {
  default = "hush-password"
}

variable "on" {
  default = true
}

locals {
  k = "a-\${var.key}"
  m = { a = [var.key == "hush-other" && var.on ? upper(var.key) : format("%s-hush-part", local.k)] }
  all = {
    b = sensitive("hush-in")
  }
}

resource "aws_db_instance" "d" {
  password          = local.k
  storage_encrypted = var.on
  identifier        = var.key
  tags = {
    a = local.m.a[0]
    b = "x-\${local.all["b"]}"
    c = "%{if var.key == "hush-if"}a%{endif}"
    d = jsonencode({ a = [var.key] })
    e = [for x in [var.key] : x if x != "hush-for"][0]
    f = <<-EOF
      a
        \${var.key}
    EOF
  }
}

resource "aws_db_instance" "f" {
  count             = var.key == "hush-count" ? 1 : 0
  storage_encrypted = local.k == "a-hush-b" ? true : false
}

resource "aws_db_instance" "e" {
  password = "hush-written"
}

resource "aws_db_instance" "h" {
  password = <<EOF
hush-heredoc
EOF
}

resource "aws_sqs_queue_policy" "q" {
  policy = <<EOF
{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "sqs:*", "Resource": "\${var.key}"}]}
EOF
}
`;

const BROKEN =
  'Resources:\n  A:\n    Type: AWS::S3::Bucket\n    Properties:\n      BucketName: !If [\n  B: {Type: AWS::EC2::Volume, Properties: {Encrypted: !Ref }}\nConditions: {C: !Not, D: !And [], E: !Equals [1], F: !Condition F}\nOutputs: {O: {Value: !Sub "${}${", Condition: }}\n';

/** The most characters of a hover and of a page that a reader is asked to take in. */
const MOST_SHORT = 4000;
const MOST_FULL = 30_000;
/** The most lines about rules. */
const MOST_LINES = 5;

describe('explanations everywhere', () => {
  for (const [name, text] of [
    ['a.yaml', TEMPLATE],
    ['main.tf.json', TERRAFORM],
    ['main.tf', HCL],
    [
      'broken.tf',
      `${HCL.slice(0, 200)}\nresource "aws_db_instance" "d" {\n  password = "hush-open\n  identifier = lower("x\n`,
    ],
    ['broken.yaml', BROKEN],
  ] as const) {
    it(`hold in ${name}`, () => {
      const explain = explainer(name, text, { profile: 'strict', certainty: 'possible' });
      const links = linksIn(text);
      let explained = 0;
      const offsets = distinctOffsets(text);
      for (const offset of offsets) {
        const found = explain(offset);
        if (!found) continue;
        explained++;
        const where = `${offset}: ${text.slice(offset, offset + 20)}`;
        assert.ok(found.at.start >= 0 && found.at.end <= text.length && found.at.start <= found.at.end, where);
        const short =
          shortMarkdown(found, { profile: 'strict' }, links) + shortText(found, { profile: 'strict' }, links);
        const full =
          fullMarkdown(found, { profile: 'strict' }, links) +
          JSON.stringify(found, (key, value: unknown) => (key === 'here' ? undefined : value));
        const all = short + full + JSON.stringify(found.decisions.map(({ here }) => here));
        const leak = all.indexOf('hush');
        assert.equal(leak < 0 ? '' : all.slice(Math.max(0, leak - 60), leak + 20), '', where);
        const rules =
          shortText(found, { profile: 'strict' }, links)
            .split(/^Rules\n/m)[1]
            ?.split('\n').length ?? 0;
        assert.ok(rules <= MOST_LINES, `${where} has ${rules} lines about rules`);
        assert.ok(short.length < MOST_SHORT, `${where} has ${short.length} characters`);
        assert.ok(full.length < MOST_FULL, `${where} has ${full.length} characters`);
      }
      assert.ok(explained > offsets.length / 4, `${explained} of ${offsets.length}`);
    });
  }

  it('take no more looks than a whole analysis, however conditions are nested', () => {
    const depth = 40;
    const conditions = Array.from(
      { length: depth },
      (_, i) => `  C${i + 1}: !And [!Condition C${i}, !Not [!Condition C${i}]]\n`,
    ).join('');
    const text = `Parameters: {P: {Type: String, Default: a}}\nConditions:\n  C0: !Equals [!Ref P, a]\n${conditions}Resources: {T: {Type: AWS::SNS::Topic, Condition: C${depth}}}\n`;
    const found = explainer('a.yaml', text)(text.lastIndexOf('C40'))!;
    let parts = 0;
    const count = (explanation: NonNullable<typeof found.explanation>): void => {
      parts++;
      explanation.parts.forEach(count);
    };
    count(found.explanation!);
    assert.ok(parts <= 60, `${parts} parts`);
  });
});
