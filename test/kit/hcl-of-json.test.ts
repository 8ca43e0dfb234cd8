import assert from 'node:assert/strict';
import { parse } from '../../server/src/syntax/parse.ts';
import { hclOfJson } from './hcl-of-json.ts';
import { Unconvertible } from './hcl-text.ts';

function converted(json: unknown): string {
  return hclOfJson(parse('file:///a.tf.json', JSON.stringify(json)));
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
    a = 1
    "x y" = true
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
  depends_on = [
    aws_s3_bucket.c,
  ]
  lifecycle {
    ignore_changes = [
      tags,
    ]
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
  type = list(string)
  default = [
    "$\${x}",
  ]
  validation {
    condition = var.a != null
  }
}

module "m" {
  source = "./m"
  providers = {
    aws = aws.west
  }
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

  it('refuses what the native syntax cannot express', () => {
    for (const json of [{ other: {} }, { locals: { 'a b': 1 } }, { locals: { a: '${' } }])
      assert.throws(() => converted(json), Unconvertible);
  });
});
