import assert from 'node:assert/strict';
import { applyFix, readBack } from '../kit/read-back.ts';
import { directory, EVERYTHING, FOLDER, type Files } from './terraform-stack.ts';

type Body = Readonly<Record<string, unknown>>;

interface Attribute {
  readonly rule: string;
  /** The configuration around the value of an attribute. */
  readonly around: (value: string) => Body;
}

const ON = { variable: { on: { type: 'bool' }, cidrs: { type: 'list(string)' } } };

const ATTRIBUTES = {
  encrypted: {
    rule: 'rds-instance-encryption',
    around: (value) => ({ ...ON, resource: { aws_db_instance: { d: { storage_encrypted: value } } } }),
  },
  cidrs: {
    rule: 'sg-ingress-open-ssh',
    around: (value) => ({
      ...ON,
      resource: {
        aws_security_group: { g: { ingress: [{ from_port: 22, to_port: 22, protocol: 'tcp', cidr_blocks: value }] } },
      },
    }),
  },
  rounds: {
    rule: 'sg-ingress-open-ssh',
    around: (value) => ({
      resource: {
        aws_security_group: {
          g: {
            dynamic: {
              ingress: {
                for_each: value,
                content: { from_port: 22, to_port: 22, protocol: 'tcp', cidr_blocks: '${ingress.value}' },
              },
            },
          },
        },
      },
    }),
  },
  round: {
    rule: 'sg-ingress-open-ssh',
    around: (value) => ({
      resource: {
        aws_security_group: {
          g: {
            dynamic: {
              ingress: {
                for_each: value,
                content: { from_port: 22, to_port: 22, protocol: 'tcp', cidr_blocks: ['${ingress.value}'] },
              },
            },
          },
        },
      },
    }),
  },
  bucketPolicy: {
    rule: 's3-bucket-policy-secure-transport',
    around: (value) => ({
      resource: {
        aws_s3_bucket: { b: {} },
        aws_s3_bucket_policy: { p: { bucket: '${aws_s3_bucket.b.id}', policy: value } },
      },
    }),
  },
  rolePolicy: {
    rule: 'iam-policy-passrole-wildcard',
    around: (value) => ({ ...ON, resource: { aws_iam_policy: { p: { policy: value } } } }),
  },
  trust: {
    rule: 'iam-role-oidc-github-unsafe-claim',
    around: (value) => ({
      data: { aws_iam_openid_connect_provider: { gh: {} } },
      resource: { aws_iam_role: { r: { assume_role_policy: value } } },
    }),
  },
} satisfies Record<string, Attribute>;

/**
 * The text of the attribute after the first fix, once it is seen that all fixes read back; undefined where none can be
 * made.
 */
function fixed({ rule, around }: Attribute, value: string, more: Body = {}, files: Files = {}): string | undefined {
  const options = { ...EVERYTHING, rules: new Set([rule]) };
  const { texts, reader, named, analysis } = directory(
    { 'main.tf.json': { ...around(value), ...more }, ...files },
    options,
  );
  assert.deepEqual(readBack(reader, named, analysis, options), []);
  const findings = analysis.documents.flatMap((document) => document.findings);
  assert.ok(findings.length > 0, 'nothing is found');
  const [fix] = findings.flatMap((finding) => finding.fixes);
  if (!fix) return undefined;
  const doc = `${FOLDER}main.tf.json`;
  const quoted = JSON.stringify(value);
  const at = texts.get(doc)!.indexOf(quoted);
  const after = applyFix(reader, fix).get(doc)!;
  return JSON.parse(after.slice(at, at + quoted.length + after.length - texts.get(doc)!.length)) as string;
}

const DENY = (bucket: string): string =>
  `{Sid = "DenyInsecureTransport", Effect = "Deny", Principal = "*", Action = "s3:*", Resource = [${bucket}.arn, "\${${bucket}.arn}/*"], Condition = {Bool = {"aws:SecureTransport" = "false"}}}`;
const PASS = 'iam:PassedToService';

const CHANGED: readonly (readonly [what: string, attribute: keyof typeof ATTRIBUTES, before: string, after: string])[] =
  [
    ['a literal that is the whole string', 'encrypted', '${false}', '${true}'],
    ['a literal in a branch', 'encrypted', '${var.on ? true : false}', '${var.on ? true : true}'],
    ['a text in a branch', 'encrypted', '${var.on ? "true" : "false"}', '${var.on ? "true" : true}'],
    [
      'a literal in a branch of a branch',
      'encrypted',
      '${var.on ? true : (var.cidrs == [] ? (false) : true)}',
      '${var.on ? true : (var.cidrs == [] ? (true) : true)}',
    ],
    [
      'a literal on a line of its own',
      'encrypted',
      '${var.on\n  ? true\n  : false # not yet\n}',
      '${var.on\n  ? true\n  : true # not yet\n}',
    ],
    ['an argument that a function picks', 'encrypted', '${coalesce(null, false)}', '${coalesce(null, true)}'],
    [
      'an entry of an object that is looked up',
      'encrypted',
      '${lookup({"a" = true, "b" = false}, "b")}',
      '${lookup({"a" = true, "b" = true}, "b")}',
    ],
    ['an item', 'cidrs', '${["0.0.0.0/0", "10.0.0.0/8"]}', '${["10.0.0.0/8"]}'],
    ['the last item', 'cidrs', '${["10.0.0.0/8", "0.0.0.0/0"]}', '${["10.0.0.0/8"]}'],
    [
      'an item beside one that is a string with one hole',
      'cidrs',
      '${["${var.cidrs[0]}", "0.0.0.0/0"]}',
      '${["${var.cidrs[0]}"]}',
    ],
    [
      'an item before one that is a string with one hole',
      'cidrs',
      '${["0.0.0.0/0", "${var.cidrs[0]}"]}',
      '${["${var.cidrs[0]}"]}',
    ],
    [
      'an item of a list that is joined to others',
      'cidrs',
      '${concat(["0.0.0.0/0", "10.0.0.0/8"], var.cidrs)}',
      '${concat(["10.0.0.0/8"], var.cidrs)}',
    ],
    [
      'an item on a line of its own with a comment',
      'cidrs',
      '${[\n  "10.0.0.0/8", # inside\n  "0.0.0.0/0" # outside\n]}',
      '${[\n  "10.0.0.0/8" # inside\n]}',
    ],
    [
      'the only item of a list in a branch',
      'cidrs',
      '${var.on ? ["10.0.0.0/8"] : ["0.0.0.0/0"]}',
      '${var.on ? ["10.0.0.0/8"] : []}',
    ],
    [
      'an item of a list that dynamic blocks are made of',
      'rounds',
      '${[["10.0.0.0/8"], ["10.1.0.0/16", "0.0.0.0/0"]]}',
      '${[["10.0.0.0/8"], ["10.1.0.0/16"]]}',
    ],
    [
      'a list of statements',
      'bucketPolicy',
      '${jsonencode({Statement = [{Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "*"}]})}',
      `\${jsonencode({Statement = [{Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "*"}, ${DENY('aws_s3_bucket.b')}]})}`,
    ],
    [
      'a statement without a condition',
      'rolePolicy',
      '${jsonencode({ "Statement": [{ "Effect": "Allow", "Action": "iam:PassRole", "Resource": "*" }, { "Effect": "Allow", "Action": "ec2:RunInstances", "Resource": "*" }] })}',
      `\${jsonencode({ "Statement": [{ "Effect": "Allow", "Action": "iam:PassRole", "Resource": "*", Condition: { StringEquals: { "${PASS}": "ec2.amazonaws.com" } } }, { "Effect": "Allow", "Action": "ec2:RunInstances", "Resource": "*" }] })}`,
    ],
    [
      'a statement in JSON with holes',
      'rolePolicy',
      '{"Statement": [{"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"}, {"Effect": "Allow", "Action": ["${var.cidrs[0]}", "ec2:RunInstances"], "Resource": "*"}]}',
      `{"Statement": [{"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*", "Condition": {"StringEquals": {"${PASS}": "ec2.amazonaws.com"}}}, {"Effect": "Allow", "Action": ["\${var.cidrs[0]}", "ec2:RunInstances"], "Resource": "*"}]}`,
    ],
    [
      'a statement in JSON with escaped holes',
      'rolePolicy',
      '{"Statement": [{"Sid": "$${x}", "Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"}, {"Effect": "Allow", "Action": "ec2:RunInstances", "Resource": "*"}]}',
      `{"Statement": [{"Sid": "$\${x}", "Effect": "Allow", "Action": "iam:PassRole", "Resource": "*", "Condition": {"StringEquals": {"${PASS}": "ec2.amazonaws.com"}}}, {"Effect": "Allow", "Action": "ec2:RunInstances", "Resource": "*"}]}`,
    ],
    [
      'statements in JSON with holes',
      'bucketPolicy',
      '{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "${aws_s3_bucket.b.arn}/*"}]}',
      '{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "${aws_s3_bucket.b.arn}/*"}, {"Sid": "DenyInsecureTransport", "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": ["${aws_s3_bucket.b.arn}", "${aws_s3_bucket.b.arn}/*"], "Condition": {"Bool": {"aws:SecureTransport": "false"}}}]}',
    ],
  ];

describe('a fix within an expression', () => {
  for (const [what, attribute, before, after] of CHANGED)
    it(`changes ${what}`, () => assert.equal(fixed(ATTRIBUTES[attribute], before), after));
});

const REFUSED: readonly (readonly [what: string, attribute: keyof typeof ATTRIBUTES, value: string])[] = [
  ['is worked out', 'encrypted', '${!true}'],
  ['stands once for every round of a loop', 'cidrs', '${[for n in [1, 2] : "0.0.0.0/0"]}'],
  ['stands where an expression refers to it', 'round', '${["10.0.0.0/8", "0.0.0.0/0"]}'],
  ['is looked up', 'cidrs', '${[lookup({a = "0.0.0.0/0"}, "a")]}'],
  ['is put together', 'cidrs', '${[join("/", ["0.0.0.0", "0"])]}'],
];

describe('a fix within an expression is refused where the value', () => {
  for (const [what, attribute, value] of REFUSED)
    it(what, () => assert.equal(fixed(ATTRIBUTES[attribute], value), undefined));

  const open = ['10.0.0.0/8', '0.0.0.0/0'];
  const used = (name: string): Body => ({ output: { o: { value: `\${${name}}` } } });
  const elsewhere: readonly (readonly [where: string, value: string, more: Body, files?: Files])[] = [
    ['a local', '${local.open}', { locals: { open }, ...used('local.open') }],
    [
      'a local in an expression',
      '${local.open}',
      { locals: { open: '${["10.0.0.0/8", "0.0.0.0/0"]}' }, ...used('local.open') },
    ],
    ['the default of a variable', '${var.open}', { variable: { open: { default: open } }, ...used('var.open') }],
    [
      'a file with values of variables',
      '${var.open}',
      { variable: { open: {} }, ...used('var.open') },
      { 'terraform.tfvars.json': { open } },
    ],
  ];
  for (const [where, value, more, files] of elsewhere)
    it(`is a part of ${where} that has other uses`, () =>
      assert.equal(fixed(ATTRIBUTES.cidrs, value, more, files), undefined));

  it('is an entry of an object, with this reason', () => {
    const policy = 'jsonencode({Statement = [{Sid = "", Effect = "Allow", Action = "s3:GetObject", Resource = "a"}]})';
    const { analysis } = directory({ 'main.tf': `resource "aws_iam_policy" "p" {\n  policy = ${policy}\n}\n` });
    const found = analysis.documents[0]!.findings.find(({ rule }) => rule === 'iam-policy-sid')!;
    assert.deepEqual(
      found.refused.map(({ reason }) => reason),
      ['It is part of an expression.'],
    );
  });
});
