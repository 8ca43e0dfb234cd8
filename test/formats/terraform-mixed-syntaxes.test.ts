/** Directories in both syntaxes of Terraform, and the blocks that configurations have besides resources. */
import assert from 'node:assert/strict';
import { directory, EVERYTHING, found, FOLDER, stackOf, valuesAt, type Files } from './terraform-stack.ts';

const RULE = 'ebs-volume-encryption';

function disk(encrypted: string, name = 'v', more = ''): string {
  return `resource "aws_ebs_volume" "${name}" {\n  size      = 1\n  encrypted = ${encrypted}\n${more}}\n`;
}

const json = (encrypted: unknown, name = 'v'): object => ({ resource: { aws_ebs_volume: { [name]: { encrypted } } } });
const variable = (name: string, fallback: string): string => `variable "${name}" {\n  default = ${fallback}\n}\n`;

/** The volumes that are not encrypted, with the marked text. */
const volumes = (files: Files): readonly string[] =>
  found(files, RULE).map((one) => one.replace(`${RULE} `, '').replaceAll('aws_ebs_volume.', ''));

const problems = (files: Files): readonly string[] =>
  directory(files).analysis.documents.flatMap((one) => one.problems.map(({ message }) => message));

describe('a Terraform directory in several syntaxes', () => {
  const cases: readonly (readonly [name: string, files: Files, ...volumes: readonly string[]])[] = [
    [
      'is one configuration',
      { 'a.tf': disk('false', 'a'), 'b.tf.json': json(false, 'b'), 'c.tofu': disk('false', 'c') },
      'a: false',
      'b: false',
      'c: false',
    ],
    ['has files for OpenTofu in place of others', { 'a.tf': disk('false'), 'a.tofu': disk('true') }],
    ['keeps files of the other syntax', { 'a.tf.json': json(false), 'a.tofu': disk('true', 'w') }, 'v: false'],
    ['is overridden in HCL', { 'a.tf.json': json(false), 'override.tf': disk('true') }],
    ['is overridden in JSON', { 'a.tf': disk('true'), 'b_override.tf.json': json(false) }, 'v: false'],
    [
      'is overridden in the order of the names',
      { 'a.tf': disk('true'), 'a_override.tf.json': json(false), 'b_override.tf': disk('true') },
    ],
    [
      'is overridden in the order of the names, JSON last',
      { 'a.tf': disk('true'), 'a_override.tf': disk('true'), 'b_override.tf.json': json(false) },
      'v: false',
    ],
    [
      'has values in HCL, then in JSON',
      {
        'a.tf': disk('var.e') + variable('e', 'true'),
        'terraform.tfvars': 'e = true\n',
        'z.auto.tfvars.json': { e: false },
      },
      'v: var.e',
    ],
    [
      'has values in JSON, then in HCL',
      {
        'a.tf': disk('var.e') + variable('e', 'true'),
        'terraform.tfvars.json': { e: true },
        'z.auto.tfvars': 'e = false\n',
      },
      'v: var.e',
    ],
    [
      'calls modules in JSON from HCL',
      {
        'a.tf': 'module "m" {\n  source = "./m"\n  e      = false\n}\n',
        'm/main.tf.json': { variable: { e: {} }, ...json('${var.e}') },
      },
      'module.m.v: "${var.e}"',
    ],
    [
      'calls modules in HCL from JSON',
      { 'a.tf.json': { module: { m: { source: './m', e: false } } }, 'm/main.tf': `variable "e" {}\n${disk('var.e')}` },
      'module.m.v: var.e',
    ],
  ];
  for (const [name, files, ...expected] of cases)
    it(name, () => {
      assert.deepEqual(volumes(files), expected);
      assert.deepEqual(problems(files), []);
    });
});

describe('a Terraform configuration in HCL', () => {
  const blocks = `terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = {
      source                = "hashicorp/aws"
      version               = "~> 5.0"
      configuration_aliases = [aws.west]
    }
  }
}

provider "aws" {
  region = "eu-west-1"
  default_tags {
    tags = {
      Team = "a"
    }
  }
}

moved {
  from = aws_ebs_volume.old
  to   = aws_ebs_volume.v
}

removed {
  from = aws_ebs_volume.gone
  lifecycle {
    destroy = false
  }
}

import {
  to = aws_ebs_volume.v
  id = "vol-1"
}

check "encrypted" {
  data "aws_ebs_volume" "x" {
    most_recent = true
  }
  assert {
    condition     = data.aws_ebs_volume.x.encrypted
    error_message = "\${data.aws_ebs_volume.x.id} is not encrypted"
  }
}

variable "name" {
  type = string
  validation {
    condition     = length(var.name) > 3
    error_message = "Too short."
  }
}
`;
  const lifecycle = `  depends_on = [aws_ebs_volume.w]
  lifecycle {
    ignore_changes  = [tags]
    prevent_destroy = true
    precondition {
      condition     = var.name != ""
      error_message = "The name is empty."
    }
  }
`;
  const cases: readonly (readonly [name: string, files: Files, ...volumes: readonly string[]])[] = [
    [
      'has resources besides other blocks',
      { 'a.tf': blocks + disk('false', 'v', lifecycle) + disk('true', 'w') },
      'v: false',
    ],
    [
      'has counted resources',
      { 'a.tf': variable('on', 'true') + disk('false', 'v', '  count = var.on ? 1 : 0\n') },
      'v[0]: false when var.on=true',
    ],
    [
      'has resources for each item of a set',
      { 'a.tf': disk('each.key == "a"', 'v', '  for_each = toset(["a", "b"])\n') },
      'v["b"]: each.key == "a"',
    ],
    [
      'completes nested objects',
      {
        'a.tf': 'module "m" {\n  source = "./m"\n  o      = { disks = [{ name = "a" }] }\n}\n',
        'm/main.tf': `variable "o" {
  type = object({
    disks = optional(list(object({
      name      = string # the first
      encrypted = optional(bool, false)
    })), [])
  })
}
${disk('var.o.disks[0].encrypted')}`,
      },
      'module.m.v: var.o.disks[0].encrypted',
    ],
  ];
  for (const [name, files, ...expected] of cases)
    it(name, () => {
      assert.deepEqual(volumes(files), expected);
      assert.deepEqual(problems(files), []);
    });

  it('passes providers to modules', () => {
    const region = 'data "aws_region" "r" {}\nresource "aws_sns_topic" "t" {\n  name = data.aws_region.r.region\n}\n';
    const files = {
      'a.tf': `provider "aws" {
  region = "eu-west-1"
}
provider "aws" {
  alias  = "west"
  region = "us-west-2"
}
module "m" {
  source = "./m"
  providers = {
    aws = aws.west
  }
}
${region}`,
      'm/main.tf': region,
    };
    assert.deepEqual(valuesAt(stackOf(files), 'aws_sns_topic.t', 'TopicName'), ['eu-west-1']);
    assert.deepEqual(valuesAt(stackOf(files), 'module.m.aws_sns_topic.t', 'TopicName'), ['us-west-2']);
  });

  it('has problems at the second of two blocks with one address, and at a cycle of modules', () => {
    assert.deepEqual(problems({ 'a.tf': disk('true') + disk('true') }), [
      'The resource aws_ebs_volume.v is defined twice. Terraform rejects this; rename one or merge them.',
    ]);
    const call = (name: string, source: string): string => `module "${name}" {\n  source = "${source}"\n}\n`;
    const files = { 'main.tf': call('a', './a'), 'a/main.tf': call('b', '../b'), 'b/main.tf': call('a', '../a') };
    const { analysis, texts } = directory(files, EVERYTHING);
    const places = analysis.documents.flatMap((one) => one.problems.map(({ at }) => at));
    assert.deepEqual(
      places.map(({ doc, start, end }) => `${doc.slice(FOLDER.length)} ${texts.get(doc)!.slice(start, end)}`),
      ['b/main.tf "../a"'],
    );
  });

  it('can have thousands of files', function () {
    this.timeout(120_000);
    const files = Object.fromEntries(
      Array.from({ length: 2000 }, (_, n) => [`f${n}.tf`, disk(n === 1234 ? 'false' : 'true', `v${n}`)]),
    );
    assert.deepEqual(volumes(files), ['v1234: false']);
  });
});

describe('dynamic blocks in HCL', () => {
  const group = (dynamic: string): Files => ({
    'a.tf': `variable "rules" {}\nresource "aws_security_group" "g" {\n${dynamic}}\n`,
  });
  it('have nested lists and iterators', () => {
    const dynamic = `  dynamic "ingress" {
    for_each = [{ port = 22, ranges = [{ cidr = "10.0.0.0/8" }, { cidr = "0.0.0.0/0" }] }]
    iterator = rule
    content {
      from_port   = rule.value.port
      to_port     = rule.value.port
      protocol    = "tcp"
      cidr_blocks = [for range in rule.value.ranges : range.cidr]
    }
  }
`;
    assert.deepEqual(found(group(dynamic), 'sg-ingress-open-ssh'), [
      'sg-ingress-open-ssh aws_security_group.g: range.cidr',
    ]);
  });
  it('over something unknown have possible findings', () => {
    const dynamic = `  dynamic "ingress" {
    for_each = var.rules
    content {
      from_port   = 22
      to_port     = 22
      protocol    = "tcp"
      cidr_blocks = ["0.0.0.0/0"]
    }
  }
`;
    assert.deepEqual(found(group(dynamic), 'sg-ingress-open-ssh'), [
      'sg-ingress-open-ssh possible aws_security_group.g: "0.0.0.0/0"',
    ]);
  });
});
