import assert from 'node:assert/strict';
import { parse } from '../../server/src/syntax/parse.ts';
import { hclOfJson } from './hcl-of-json.ts';
import { Unconvertible } from './hcl-text.ts';

function converted(json: unknown, idiomatic = false): string {
  return hclOfJson(parse('file:///a.tf.json', JSON.stringify(json)), idiomatic);
}

describe('Terraform JSON in the native syntax', () => {
  it('writes blocks where the provider has blocks, and arguments elsewhere', () => {
    assert.equal(
      converted({
        resource: {
          aws_s3_bucket: {
            b: {
              bucket: 'b',
              tags: { a: 1, 'x y': true, 'aws:z': null },
              versioning: { enabled: true },
              lifecycle_rule: [{ enabled: true }, { enabled: '${var.on}' }],
              depends_on: ['aws_s3_bucket.c'],
              lifecycle: { ignore_changes: ['tags'] },
              logging: null,
            },
          },
        },
      }),
      `resource "aws_s3_bucket" "b" {
  bucket = "b"
  tags = {
    a       = 1
    "x y"   = true
    "aws:z" = null
  }

  versioning {
    enabled = true
  }

  lifecycle_rule {
    enabled = true
  }

  lifecycle_rule {
    enabled = var.on
  }

  depends_on = [aws_s3_bucket.c]

  lifecycle {
    ignore_changes = [tags]
  }
}
`,
    );
  });

  it('writes types and defaults of variables as they are read there', () => {
    assert.equal(
      converted({
        '//': 'What is set.',
        variable: { a: { type: 'list(string)', default: ['${x}'], validation: { condition: '${var.a != null}' } } },
        module: { m: { source: './m', providers: { aws: 'aws.west' } } },
      }),
      `# What is set.

variable "a" {
  type    = list(string)
  default = ["$\${x}"]

  validation {
    condition = var.a != null
  }
}

module "m" {
  source    = "./m"
  providers = { aws = aws.west }
}
`,
    );
  });

  it('writes dynamic blocks with the blocks of their type', () => {
    assert.equal(
      converted({
        resource: {
          aws_security_group: {
            g: { dynamic: { ingress: { for_each: '${var.a}', iterator: 'i', content: { from_port: '${i.value}' } } } },
          },
        },
      }),
      `resource "aws_security_group" "g" {
  dynamic "ingress" {
    for_each = var.a
    iterator = i

    content {
      from_port = i.value
    }
  }
}
`,
    );
  });

  it('writes strings as expressions, templates and heredocs', () => {
    const strings: readonly (readonly [string, string])[] = [
      ['${var.a}', 'var.a'],
      ['${join(\n",", var.a)}', '(join(\n",", var.a)\n)'],
      ['a "b" \\ ${f("x")} $${c}', '"a \\"b\\" \\\\ ${f("x")} $${c}"'],
      ['%{ if var.a }"x"%{ else }y%{ endif }', '"%{ if var.a }\\"x\\"%{ else }y%{ endif }"'],
      ['{\n  "a": "${var.a}"\n}\n', '<<EOT\n{\n  "a": "${var.a}"\n}\nEOT'],
      ['a\nb', '"a\\nb"'],
    ];
    for (const [text, written] of strings)
      assert.equal(converted({ locals: { a: text } }), `locals {\n  a = ${written}\n}\n`);
  });

  it('writes idiomatic configurations with jsonencode and expressions on several lines', () => {
    const strings: readonly (readonly [string, string])[] = [
      [
        '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Resource": "${var.arn}", "aws:x": [1, true]}]}',
        `jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Resource = var.arn
      "aws:x"  = [1, true]
    }]
  })`,
      ],
      ['[{"a": 1}]', 'jsonencode([{ a = 1 }])'],
      ['{"a": 1,}', '"{\\"a\\": 1,}"'],
      ['${merge({a: 1},{"b"=[var.c]})}', 'merge({ a = 1 }, { "b" = [var.c] })'],
      [
        '${var.on?[{a=1,bc=2},{}]:[for k,v in var.m:{k=v} if !v.off]}',
        `var.on ? [
    {
      a  = 1
      bc = 2
    },
    {},
  ] : [for k, v in var.m : { k = v } if !v.off]`,
      ],
      ['${{for k,v in var.m:(k)=>[v]...}}', '{ for k, v in var.m : (k) => [v]... }'],
      ['${concat(var.a...)}', 'concat(var.a...)'],
    ];
    for (const [text, written] of strings)
      assert.equal(converted({ locals: { a: text } }, true), `locals {\n  a = ${written}\n}\n`);
  });

  it('breaks long lists, comments bodies, and ends heredocs on their line', () => {
    const names = Array.from({ length: 8 }, (_, index) => `a-long-name-${index}`);
    assert.equal(
      converted({ locals: { '//': 'All of them.', long: names, of: ['x\n'], a: 'y\n', b: {} } }),
      `locals {
  # All of them.
  long = [
${names.map((name) => `    "${name}",\n`).join('')}  ]
  of = [
    <<EOT
x
EOT
    ,
  ]
  a = <<EOT
y
EOT
  b = {}
}
`,
    );
  });

  it('refuses what the native syntax cannot express', () => {
    for (const json of [{ other: {} }, { locals: { 'a b': 1 } }, { locals: { a: '${' } }])
      assert.throws(() => converted(json), Unconvertible);
  });
});
