/** What follows from a block of a configuration is evaluated again only after an edit of what it depends on. */
import assert from 'node:assert/strict';
import { analyze } from '../../server/src/engine/analyze.ts';
import type { Analysis } from '../../server/src/engine/analysis.ts';
import { ParseCache } from '../../server/src/engine/parse-cache.ts';
import { collect } from '../../server/src/engine/run.ts';
import { EVERYTHING, readerOf, uri, type Files } from '../engine/analysis.ts';

const NAMES = Array.from({ length: 12 }, (_, index) => `b${index}`);

/** Buckets that exist in the same scenarios as their versioning, and a module that is called for some keys. */
const FILES: Files = {
  'main.tf': `variable "open" { type = bool }
variable "stages" { default = { test = "a", live = "b" } }
locals {
  count = var.open ? 1 : 0
}
${NAMES.map(
  (name) => `resource "aws_s3_bucket" "${name}" {
  count  = local.count
  bucket = "${name}"
}
resource "aws_s3_bucket_versioning" "${name}" {
  count  = local.count
  bucket = aws_s3_bucket.${name}[0].id
  versioning_configuration {
    status = "Enabled"
  }
}
resource "aws_security_group" "${name}" {
  description = "Own"
  dynamic "ingress" {
    for_each = var.open ? [22] : []
    content {
      from_port   = ingress.value
      to_port     = ingress.value
      protocol    = "tcp"
      cidr_blocks = ["0.0.0.0/0"]
    }
  }
}
`,
).join('')}
module "part" {
  for_each = var.stages
  source   = "./part"
  name     = each.value
}
`,
  'part/main.tf': `variable "name" {}
resource "aws_sqs_queue" "own" {
  count                   = var.name == "a" ? 0 : 1
  name                    = var.name
  sqs_managed_sse_enabled = false
}
`,
};

/** A configuration that is edited. */
class Edited {
  readonly #cache = new ParseCache({ edits: true });

  analysis(files: Files): Analysis {
    return analysisOf(files, this.#cache);
  }
}

function analysisOf(files: Files, cache = new ParseCache()): Analysis {
  const options = { ...EVERYTHING, today: '2026-01-15' };
  return analyze(collect(readerOf(files), [uri('main.tf')], options, cache), options, cache);
}

const inMain = (from: string | RegExp, to: string): Files => {
  const made = FILES['main.tf']!.replace(from, to);
  assert.notEqual(made, FILES['main.tf']);
  return { ...FILES, 'main.tf': made };
};

const documentsOf = ({ documents }: Analysis): unknown => JSON.parse(JSON.stringify(documents));

describe('known blocks of a configuration', () => {
  const first = analysisOf(FILES).work.evaluations;

  for (const [what, files] of [
    ['a comment', inMain('variable "open"', '# Own\nvariable "open"')],
    ['a new local', inMain('locals {', 'locals {\n  fresh = 1')],
    ['one block', inMain('description = "Own"', 'description = "Other"')],
  ] as const)
    it(`are not evaluated again for ${what}`, () => {
      const edited = new Edited();
      edited.analysis(FILES);
      const { work } = edited.analysis(files);
      assert.ok(work.evaluations < first * 0.4, `${work.evaluations} of ${first}`);
    });

  for (const [what, files] of [
    ['a local that their number depends on', inMain('? 1 : 0', '? 2 : 0')],
    ['a provider', { ...FILES, 'provider.tf': 'provider "aws" { region = "eu-west-1" }\n' }],
  ] as const)
    it(`are evaluated again for ${what}`, () => {
      const edited = new Edited();
      edited.analysis(FILES);
      const { work } = edited.analysis(files);
      assert.ok(work.evaluations > first * 0.4, `${work.evaluations} of ${first}`);
    });

  it('are evaluated in each version of a configuration with a cycle, where the order matters', () => {
    const cyclic = inMain('locals {', 'locals {\n  one   = local.other\n  other = local.one');
    const used = { ...cyclic, 'main.tf': cyclic['main.tf']!.replace('local.count', 'local.one == 1 ? 1 : 0') };
    const edited = new Edited();
    edited.analysis(used);
    const moved = edited.analysis({ ...used, 'main.tf': `# Own\n${used['main.tf']}` });
    assert.ok(moved.work.evaluations > first / 2, `${moved.work.evaluations} of ${first}`);
  });

  for (const [what, files] of [
    ['a block', inMain('status = "Enabled"', 'status = "Disabled"')],
    ['what a block is named by', inMain('bucket = aws_s3_bucket.b0[0].id', 'bucket = aws_s3_bucket.b1[0].id')],
    ['a number', inMain('? 1 : 0', '? 0 : 1')],
    ['the type of a variable', inMain('{ type = bool }', '{ default = true }')],
    ['keys of a module', inMain('live = "b"', 'live = "a"')],
    ['a called module', { ...FILES, 'part/main.tf': FILES['part/main.tf']!.replace('"a" ? 0', '"b" ? 0') }],
    ['a second block with the same name', inMain('module "part"', 'resource "aws_s3_bucket" "b0" {}\nmodule "part"')],
  ] as const)
    it(`have the results of the last version after an edit of ${what}`, () => {
      const edited = new Edited();
      edited.analysis(FILES);
      for (const version of [files, FILES, files])
        assert.deepEqual(documentsOf(edited.analysis(version)), documentsOf(analysisOf(version)));
    });

  it('is evaluated again where a rule reads what a data source depends on', () => {
    const files = (attribute: string): Files => ({
      'main.tf': `variable "token" {}
resource "aws_ssm_parameter" "token" {
  name  = "token"
  type  = "SecureString"
  value = var.token
}
locals {
  url = "https://status.example.com/?token=${'${'}aws_ssm_parameter.token.${attribute}}"
}
data "http" "status" {
  url = local.url
}
`,
    });
    const edited = new Edited();
    const found = (attribute: string): number =>
      edited
        .analysis(files(attribute))
        .documents.flatMap(({ findings }) => findings)
        .filter(({ rule }) => rule === 'ssm-parameter-in-http-url').length;
    assert.deepEqual(['value', 'name', 'value', 'name'].map(found), [1, 0, 1, 0]);
  });
});
