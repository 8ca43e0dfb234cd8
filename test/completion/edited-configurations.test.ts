/** Completions in a configuration that was analyzed before edits are those of a server that was started after them. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import * as fc from 'fast-check';
import type { Uri } from '../../server/src/base/span.ts';
import type { Completions } from '../../server/src/completion/completion.ts';
import { NATIVE_TYPES } from '../../server/src/completion/stack-resources.ts';
import { completeAt } from '../../server/src/engine/complete.ts';
import { ParseCache } from '../../server/src/engine/parse-cache.ts';
import { run } from '../../server/src/engine/run.ts';
import { schemaData } from '../../server/src/host/schema-data.ts';
import { anyFileEdits, directories, directoryVersions } from '../fuzz/terraform-increments.ts';
import { memoryReader, SCHEMAS } from '../kit/memory-reader.ts';
import { runs } from '../kit/runs.ts';
import { completedAt, OPTIONS } from './completed-at.ts';

type Texts = ReadonlyMap<Uri, string>;

/** A server that analyzes the versions of a directory. */
class Server {
  readonly read = new ParseCache({ edits: true });
  readonly #marked = new ParseCache({ edits: true });

  analyze(texts: Texts, doc: Uri): void {
    run(memoryReader(texts), [doc], OPTIONS, this.read);
  }

  /** The completions, and whether only what they depend on was read. */
  complete(texts: Texts, doc: Uri, offset: number): { readonly found: Completions | undefined; readonly few: boolean } {
    const { parses } = this.read;
    const found = completeAt(memoryReader(texts), doc, offset, OPTIONS, this.#marked, this.read);
    return { found, few: this.read.parses === parses };
  }
}

function fromScratch(texts: Texts, doc: Uri, offset: number): Completions | undefined {
  return new Server().complete(texts, doc, offset).found;
}

/** Words of policies. */
const WORD =
  /\b(?:s3|sqs|kms|iam|sts|lambda|ec2|logs|aws):\w*|(?<=(?:[Aa]ctions?|[Rr]esources?|identifiers)"?\s*[=:]\s*\[?)"/g;

describe('completion in a configuration', () => {
  it('offers the same after any edits', () => {
    const all = directories().filter(({ texts }) => /statement|jsonencode/i.test([...texts.values()].join('')));
    let [offers, few] = [0, 0];
    fc.assert(
      fc.property(fc.nat(all.length - 1), anyFileEdits, (index, edits) => {
        const { doc: main, texts } = all[index]!;
        const server = new Server();
        for (const [version, now] of directoryVersions(texts, edits).entries()) {
          const docs = [...now.keys()].filter((doc) => /\.tf(?:\.json)?$/.test(doc));
          const doc = docs[version % docs.length]!;
          const places = [...now.get(doc)!.matchAll(WORD)];
          const place = places[(version * 7 + index) % places.length];
          if (place) {
            const offset = place.index + place[0].length;
            const known = server.complete(now, doc, offset);
            assert.deepEqual(known.found, fromScratch(now, doc, offset), now.get(doc));
            offers += known.found?.items.length ?? 0;
            if (known.few) few++;
          }
          // An author completes while the last version is not analyzed yet.
          if (version % 3 < 2) server.analyze(now, main);
        }
      }),
      { numRuns: runs(12), endOnFailure: true },
    );
    assert.ok(offers > 50 && few > 3, `${offers} offers, ${few} times few blocks`);
  }).timeout(runs(240_000));

  const MAIN = 'file:///case/main.tf';
  const OTHER = 'file:///case/other.tf';
  const BEFORE = `resource "aws_vpc" "v" {
  cidr_block = "10.0.0.0/8"
}
# Buckets.
locals { names = { a = aws_sqs_queue.q.name } }
resource "aws_sqs_queue" "q" {
  name = "queue"
}
resource "aws_s3_bucket" "b" {
  for_each = local.names
  bucket = each.value
}
data "aws_region" "here" {
  name = "eu-west-1"
}
resource "aws_s3_bucket" "c" {
  bucket = "s3:GetObject"
  acl = "s3:GetObject"
}
data "aws_iam_policy_document" "d" {
  statement {
    actions = ["s3:Ge"]
    resources = [""]
  }
}
resource "aws_iam_role" "r" {
  assume_role_policy = jsonencode({ Statement = [{ Action = "sts:AssumeRole", Principal = { AWS = "" } }] })
}
output "o" {
  value = aws_vpc.v.id
}
`;
  const use =
    'resource "aws_s3_bucket_policy" "p" {\n  bucket = aws_s3_bucket.c.id\n  policy = data.aws_iam_policy_document.d.json\n}\n';

  /** The places of completions: the text before them. */
  const PLACES = ['["s3:Ge', 'resources = ["', '{ AWS = "', '10.0.0.0', 'name = "qu'];

  const EDITS: readonly (readonly [what: string, main: string, other: string, few: boolean])[] = [
    ['a comment at the end', `${BEFORE}# End.\n`, '', true],
    ['a comment at the beginning', `# Begin.\n${BEFORE}`, '', true],
    ['another word in the policy', BEFORE.replace('"s3:Ge', '"s3:Put", "s3:Ge'), '', true],
    ['a reference in the policy', BEFORE.replace('[""]', '[aws_s3_bucket.c.arn, ""]'), '', true],
    ['a reference to an argument', BEFORE.replace('"s3:Ge"', '"s3:Ge", aws_s3_bucket.c.acl'), '', true],
    ['a reference to any bucket', BEFORE.replace('[""]', '[aws_s3_bucket["c"].arn, ""]'), '', true],
    ['another name in another block', BEFORE.replace('"queue"', '"queue2"'), '', true],
    ['other instances', BEFORE.replace('for_each = local.names', 'count = 2'), '', true],
    [
      'a use of the policy in another block',
      BEFORE.replace('value = aws_vpc.v.id', 'value = data.aws_iam_policy_document.d'),
      '',
      true,
    ],
    ['a use of the policy in a comment', `${BEFORE}# data.aws_iam_policy_document.d\n`, '', true],
    ['an error in the policy', BEFORE.replace('"s3:Ge"', '"s3:Ge'), '', true],
    [
      'a block without its end',
      BEFORE.replace('  }\n}\nresource "aws_iam_role"', '  }\nresource "aws_iam_role"'),
      '',
      true,
    ],
    ['a new block', `${BEFORE}${use}`, '', false],
    ['a block with another name', BEFORE.replace('"aws_s3_bucket" "c"', '"aws_s3_bucket" "e"'), '', false],
    ['a removed block', BEFORE.replace(/output[^]*/, ''), '', false],
    [
      'a use of the policy in another file',
      BEFORE,
      use.replace('data.aws_iam_policy_document.d.json', '{ "s3:GetObject" = $& }[aws_s3_bucket.c.bucket]'),
      false,
    ],
  ];

  for (const [what, main, other, few] of EDITS)
    it(`offers the same after ${what}`, () => {
      const now = new Map([
        [MAIN, main],
        [OTHER, other],
      ]);
      for (const place of PLACES) {
        const offset = main.indexOf(place) + place.length;
        const server = new Server();
        server.analyze(
          new Map([
            [MAIN, BEFORE],
            [OTHER, ''],
          ]),
          MAIN,
        );
        const known = server.complete(now, MAIN, offset);
        assert.deepEqual(known.found, fromScratch(now, MAIN, offset), place);
        // The tree of a text that was analyzed is known.
        if (known.found && main !== BEFORE) assert.equal(known.few, few, place);
      }
    });

  it('knows the types whose resources it offers', () => {
    const services = readdirSync(`${SCHEMAS}/mappings`).map((name) =>
      schemaData(SCHEMAS, `mappings/${name.replace('.json', '')}`),
    );
    const types = [...new Set(JSON.stringify(services).match(/\baws_\w+/g))].sort();
    const resources = types.map((type) => `resource "${type}" "x" {\n}\n`);
    const policy = 'resource "aws_iam_policy" "p" {\n  policy = jsonencode({ Statement = [{ Resource = "§" }] })\n}\n';
    const offered = completedAt('main.tf', policy + resources.join(''))!.items.flatMap(
      ({ label }) => /^(\w+)\.x\.arn/.exec(label)?.[1] ?? [],
    );
    assert.deepEqual([...new Set(offered)].sort(), NATIVE_TYPES);
  });
});
