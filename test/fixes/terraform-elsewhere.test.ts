/**
 * Fixes of values that are written outside of the resource. A case of `terraform/elsewhere.cases` has the rule in its
 * heading, the files in Terraform JSON, and after the title of the first fix those that it changes; without a title
 * there is no fix. Each case also runs in the native syntax.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { applyFix, readBack } from '../kit/read-back.ts';
import { inHcl, type TextFile } from '../kit/as-hcl.ts';
import { lowered } from '../formats/terraform-fixes.ts';
import { directory, EVERYTHING, FOLDER, stackOf, type Files } from '../formats/terraform-stack.ts';

interface Case {
  readonly title: string;
  readonly rule: string;
  readonly files: readonly TextFile[];
  /** `safe` if it is applied without a decision. */
  readonly fix: string | undefined;
  readonly fixed: readonly TextFile[];
}

function readCases(): readonly Case[] {
  return readFileSync(new URL('terraform/elsewhere.cases', import.meta.url), 'utf8')
    .split(/^== /m)
    .slice(1)
    .map((source) => {
      const [heading, ...sections] = source.split(/^-- /m);
      const [, title, rule] = /^(.*) \[([\w-]+)\]\s*$/.exec(heading!)!;
      const parts = sections.map((section): TextFile => {
        const [path] = section.split('\n', 1);
        return { path: path!, text: section.slice(path!.length + 1).trim() };
      });
      const at = parts.findIndex(({ path }) => path.startsWith('fix: '));
      return {
        title: title!,
        rule: rule!,
        files: at < 0 ? parts : parts.slice(0, at),
        fix: parts[at]?.path.slice('fix: '.length),
        fixed: at < 0 ? [] : parts.slice(at + 1),
      };
    });
}

const named = (files: readonly TextFile[]): Files => Object.fromEntries(files.map(({ path, text }) => [path, text]));

/** The first fix of a rule and the files that it changes, once it is seen that every fix reads back. */
function firstFix(files: readonly TextFile[], rule: string): Pick<Case, 'fix' | 'fixed'> {
  const options = { ...EVERYTHING, rules: new Set([rule]) };
  const { reader, named: docs, analysis } = directory(named(files), options);
  assert.deepEqual(readBack(reader, docs, analysis, options), []);
  const findings = analysis.documents.flatMap((document) => document.findings);
  assert.ok(findings.length > 0, 'nothing is found');
  const [fix] = findings.flatMap((finding) => finding.fixes);
  if (!fix) return { fix: undefined, fixed: [] };
  return {
    fix: `${fix.title}${fix.safe ? ' [safe]' : ''}`,
    fixed: [...applyFix(reader, fix)].map(([doc, text]) => ({ path: doc.slice(FOLDER.length), text: text.trim() })),
  };
}

/** Whether values are on one line or on several is up to the fix. */
const withoutSpace = (files: readonly TextFile[]): readonly TextFile[] =>
  files.map(({ path, text }) => ({ path, text: text.replaceAll(/\s+/g, '') }));

describe('a fix of a value that is written elsewhere', () => {
  for (const { title, rule, files, fix, fixed } of readCases()) {
    it(`${title}, in JSON`, () => assert.deepEqual(firstFix(files, rule), { fix, fixed }));
    it(`${title}, in HCL`, () => {
      const first = firstFix(inHcl(files), rule);
      assert.deepEqual({ ...first, fixed: withoutSpace(first.fixed) }, { fix, fixed: withoutSpace(inHcl(fixed)) });
    });
  }
});

/** The default of a variable, and a value of a variable file, as a heredoc. */
const heredoc = (effect: string): string => `<<EOF
{
  "Statement": [{ "Effect": "${effect}", "Action": "s3:GetObject", "Resource": "*" }]
}
EOF
`;
const POLICY = 'resource "aws_iam_policy" "p" {\n  policy = var.policy\n}\n';
const SECOND = POLICY.replace('"p"', '"q"');

describe('a policy in a heredoc', () => {
  const variable = (effect: string): string => `variable "policy" {\n  default = ${heredoc(effect)}}\n`;

  it('is changed in the default of its variable', () => {
    assert.deepEqual(firstFix([{ path: 'main.tf', text: POLICY + variable('allow') }], 'iam-policy-invalid-effect'), {
      fix: 'Set Effect to Allow in the default of var.policy',
      fixed: [{ path: 'main.tf', text: (POLICY + variable('Allow')).trim() }],
    });
  });

  it('is not changed for one of two policies', () => {
    const files = [{ path: 'main.tf', text: POLICY + SECOND + variable('allow') }];
    assert.deepEqual(firstFix(files, 'iam-policy-invalid-effect'), { fix: undefined, fixed: [] });
    assert.deepEqual(reasons(files, 'iam-policy-invalid-effect'), ['var.policy is used in 2 places.']);
  });
});

describe('the item of a set', () => {
  const cluster = (name: string): readonly TextFile[] => [
    {
      path: 'main.tf',
      text: `locals {
  insights = ["disabled"]
}
resource "aws_ecs_cluster" "c" {
  name = "c"
  dynamic "setting" {
    for_each = toset(local.insights)
    content {
      name  = ${name}
      value = setting.value
    }
  }
}
`,
    },
  ];

  it('is not changed if the key of its nested block is used too', () => {
    const files = cluster('setting.key == "name" ? "none" : "containerInsights"');
    assert.deepEqual(reasons(files, 'ecs-container-insights'), ['local.insights[0] is used in 2 places.']);
    assert.deepEqual(reasons(cluster('"containerInsights"'), 'ecs-container-insights'), []);
  });
});

describe('a condition', () => {
  const queue = (variable: string): readonly TextFile[] => [
    {
      path: 'main.tf',
      text: `variable "accounts" {
  type    = list(string)
  default = []
}
data "aws_caller_identity" "current" {}
data "aws_iam_policy_document" "d" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = ["arn:aws:sqs:eu-west-1:111122223333:q"]
    principals {
      type        = "Service"
      identifiers = ["s3.amazonaws.com"]
    }
    dynamic "condition" {
      for_each = length(var.accounts) > 0 ? [1] : []
      content {
        test     = "StringEquals"
        variable = "${variable}"
        values   = var.accounts
      }
    }
  }
}
resource "aws_sqs_queue_policy" "q" {
  queue_url = "q"
  policy    = data.aws_iam_policy_document.d.json
}
`,
    },
  ];

  it('is not added beside a dynamic one on the same key', () => {
    assert.deepEqual(reasons(queue('aws:SourceAccount'), 'iam-policy-confused-deputy'), [
      'A dynamic block has a condition on aws:SourceAccount in other scenarios.',
    ]);
    assert.deepEqual(reasons(queue('aws:PrincipalTag/team'), 'iam-policy-confused-deputy'), []);
  });
});

/** Why the fixes of a rule are not applicable. */
function reasons(files: readonly TextFile[], rule: string): readonly string[] {
  const { analysis } = directory(named(files), { ...EVERYTHING, rules: new Set([rule]) });
  return analysis.documents.flatMap(({ findings }) =>
    findings.flatMap(({ refused }) => refused.map(({ reason }) => reason)),
  );
}

type Body = Readonly<Record<string, unknown>>;

const database = (encrypted: string, more: Body = {}): Body => ({
  resource: { aws_db_instance: { d: { storage_encrypted: encrypted } } },
  ...more,
});
const output = (value: string): Body => ({ output: { o: { value } } });

/** A database for each string of a local. */
const forEach = (storage_encrypted: string, more: Body = {}): Body => ({
  locals: { e: ['false'] },
  resource: { aws_db_instance: { d: { for_each: '${toset(local.e)}', storage_encrypted, ...more } } },
});

const REFUSED: readonly (readonly [when: string, files: Files, reason: string, address?: string])[] = [
  [
    'it is used in two places',
    { 'main.tf.json': database('${local.e}', { locals: { e: false }, ...output('${local.e}') }) },
    'local.e is used in 2 places',
  ],
  [
    'a part of it and all of it are used',
    { 'main.tf.json': database('${local.s.e}', { locals: { s: { e: false } }, ...output('${local.s}') }) },
    'local.s.e is used in 2 places',
  ],
  [
    'a computed key can select it too',
    {
      'main.tf.json': database('${local.s["a b"].e}', {
        locals: { s: { 'a b': { e: false } } },
        variable: { k: {} },
        ...output('${local.s[var.k].e}'),
      }),
    },
    'local.s["a b"].e is used in 2 places',
  ],
  [
    'it is the key of an instance',
    { 'main.tf.json': forEach('${each.value}') },
    'the items of local.e are keys of instances, which a change would replace',
    'aws_db_instance.d["false"]',
  ],
  [
    'another block uses each member of it',
    {
      'main.tf.json': {
        locals: { s: { a: { e: false } } },
        resource: {
          aws_db_instance: { d: { for_each: '${local.s}', storage_encrypted: '${each.value.e}' } },
          aws_ebs_volume: { v: { for_each: '${local.s}', encrypted: '${each.value.e}' } },
        },
      },
    },
    'local.s.a.e is used in 2 places',
    'aws_db_instance.d["a"]',
  ],
  [
    'a loop goes over it',
    {
      'main.tf.json': {
        locals: { s: { a: { e: false } } },
        resource: {
          aws_db_instance: {
            d: { for_each: '${{for k, v in local.s : k => v if v.e == false}}', storage_encrypted: '${each.value.e}' },
          },
        },
      },
    },
    'an expression computes it from local.s.a.e',
    'aws_db_instance.d["a"]',
  ],
  [
    'another file of the module uses it',
    { 'main.tf.json': database('${local.e}', { locals: { e: false } }), 'other.tf.json': output('${local.e}') },
    'local.e is used in 2 places',
  ],
  [
    'a file with syntax errors can use it',
    { 'main.tf.json': database('${local.e}', { locals: { e: false } }), 'other.tf.json': '{"output": ' },
    'syntax errors can hide other uses of local.e',
  ],
  [
    'an expression with syntax errors can use it',
    { 'main.tf.json': database('${local.e}', { locals: { e: false }, ...output('${local.') }) },
    'syntax errors can hide other uses of local.e',
  ],
  [
    'the local is computed',
    { 'main.tf.json': database('${local.e}', { locals: { e: '${!true}' } }) },
    'the value is computed, not a literal',
  ],
  [
    'a name on the way is used twice',
    { 'main.tf.json': database('${local.b}', { locals: { a: false, b: '${local.a}' }, ...output('${local.b}') }) },
    'local.b is used in 2 places',
  ],
  [
    'the variable has no default',
    { 'main.tf.json': database('${var.e}', { variable: { e: { type: 'bool' } } }) },
    'the caller sets var.e',
  ],
  [
    'the variable has a validation rule',
    {
      'main.tf.json': database('${var.e}', {
        variable: { e: { default: false, validation: { condition: '${var.e == false}', error_message: 'No.' } } },
      }),
    },
    'var.e has a validation rule; set a value that it accepts',
  ],
  [
    'two files set the variable',
    {
      'main.tf.json': database('${var.e}', { variable: { e: {} } }),
      'terraform.tfvars.json': { e: true },
      'x.auto.tfvars.json': { e: false },
    },
    '2 files can set var.e',
  ],
  [
    'it is the default of a module that others can call',
    {
      'main.tf.json': { module: { m: { source: './m' } } },
      'm/main.tf.json': database('${var.e}', { variable: { e: { default: false } } }),
    },
    'other calls of the module can use the default of var.e',
    'module.m.aws_db_instance.d',
  ],
  [
    'the module uses its argument twice',
    {
      'main.tf.json': { module: { m: { source: './m', e: false } } },
      'm/main.tf.json': database('${var.e}', { variable: { e: {} }, ...output('${var.e}') }),
    },
    'var.e is used in 2 places',
    'module.m.aws_db_instance.d',
  ],
  [
    'another resource has it',
    {
      'main.tf.json': {
        resource: {
          aws_db_instance: {
            d: { storage_encrypted: '${aws_db_instance.o.storage_encrypted}' },
            o: { storage_encrypted: false },
          },
        },
      },
    },
    'the value comes from aws_db_instance.o.storage_encrypted, which other places can use',
  ],
];

describe('a fix of a value that is written elsewhere is refused if', () => {
  for (const [when, files, reason, address = 'aws_db_instance.d'] of REFUSED) {
    const texts = Object.entries(files).map(([path, content]): TextFile => ({
      path,
      text: typeof content === 'string' ? content : JSON.stringify(content),
    }));
    const refused = (all: readonly TextFile[]): unknown => {
      const result = lowered(named(all), address, 'StorageEncrypted', true);
      return 'refused' in result ? result.refused : result.title;
    };
    it(when, () => assert.equal(refused(texts), reason));
    if (!when.includes('syntax errors')) it(`${when}, in HCL`, () => assert.equal(refused(inHcl(texts)), reason));
  }
});

/** Where a database takes its encryption from. */
const SOURCES = [
  '${local.s.a.e}',
  '${local.s.b.e}',
  '${local.s["a"].e}',
  '${local.x}',
  '${local.y}',
  '${var.v}',
  '${coalesce(local.x, true)}',
  '${var.on ? local.y : true}',
  '${each.value.e}',
  '${local.s[var.key].e}',
] as const;

const configurations = fc.record({
  values: fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
  databases: fc.array(fc.constantFrom(...SOURCES), { minLength: 1, maxLength: 4 }),
  hcl: fc.boolean(),
});

function configuration({
  values: [a, b, x, y, v] = [],
  databases,
  hcl,
}: typeof configurations extends fc.Arbitrary<infer T> ? T : never): Files {
  const main = {
    locals: { s: { a: { e: a }, b: { e: b } }, x, y },
    variable: { v: { default: v }, on: { type: 'bool', default: true }, key: { default: 'a' } },
    resource: {
      aws_db_instance: Object.fromEntries(
        databases.map((storage_encrypted, index) => [
          `d${index}`,
          { ...(storage_encrypted.includes('each.') ? { for_each: '${local.s}' } : {}), storage_encrypted },
        ]),
      ),
    },
  };
  const files = [{ path: 'main.tf.json', text: JSON.stringify(main, null, 2) }];
  return named(hcl ? inHcl(files) : files);
}

/** What each database has in each scenario. */
function encryption(files: Files): ReadonlyMap<string, string> {
  return new Map(
    stackOf(files).resources.map((one) => {
      const value = one.get('StorageEncrypted');
      const all = value.state === 'choice' ? value.branches : [{ guard: undefined, value }];
      return [
        one.address,
        all
          .map(({ guard, value: leaf }) =>
            [JSON.stringify(guard?.describe() ?? ''), leaf.state, leaf.state === 'known' ? leaf.raw : ''].join(' '),
          )
          .join('; '),
      ];
    }),
  );
}

describe('the change of a value that is written elsewhere', () => {
  it('changes the resource of the finding alone', () => {
    const options = { ...EVERYTHING, rules: new Set(['rds-instance-encryption']) };
    let tried = 0;
    fc.assert(
      fc.property(configurations, (one) => {
        const files = configuration(one);
        const { reader, named: docs, analysis } = directory(files, options);
        assert.deepEqual(readBack(reader, docs, analysis, options), []);
        const before = encryption(files);
        for (const { fixes, subjects } of analysis.documents.flatMap(({ findings }) => findings))
          for (const fix of fixes) {
            tried++;
            const after = encryption(
              Object.fromEntries([...applyFix(reader, fix)].map(([doc, text]) => [doc.slice(FOLDER.length), text])),
            );
            const changed = [...before].flatMap(([address, value]) => (after.get(address) === value ? [] : [address]));
            assert.ok(changed.length > 0, fix.title);
            // Of several instances, some can have a value that others use too.
            assert.deepEqual(
              changed.filter((address) => !subjects.includes(address)),
              [],
            );
          }
      }),
      { numRuns: 80 },
    );
    assert.ok(tried > 20, `${tried} fixes`);
  });
});
