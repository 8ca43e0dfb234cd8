/** Fixes in batches: the result is that of fixes of all files together. */
import assert from 'node:assert/strict';
import { finished } from '../../server/src/base/steps.ts';
import { fixingBatches } from '../../server/src/cli/batches/fixing-batches.ts';
import { fixed } from '../../server/src/cli/batches/fix.ts';
import { inputsOf } from '../../server/src/cli/inputs.ts';
import { groupsOf, type Group } from '../../server/src/cli/lint.ts';
import type { World } from '../../server/src/cli/world.ts';
import { fixAll, type FixedDocuments } from '../../server/src/engine/fix-all.ts';
import { ParseCache } from '../../server/src/engine/parse-cache.ts';
import { programOf } from '../../server/src/host/program.ts';
import { RULES } from '../../server/src/rules/index.ts';
import { makeFolder } from '../host/workspace.ts';

const topic = (more = ''): string =>
  `Resources:\n  Bucket:\n    Type: AWS::S3::Bucket\n    Properties:\n      PublicAccessBlockConfiguration: {BlockPublicAcls: false, BlockPublicPolicy: true}\n${more}`;

/** A policy whose findings are fixed in more than one pass. */
const POLICY = `  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: 2012-10-17
        Statement:
          - {effect: allow, Action: ["s3:GetObject", "s3:GetObject"], Resource: "arn:aws:s3:::a/*"}
`;

/** More files than one batch takes. */
const MANY = Object.fromEntries(
  Array.from({ length: 70 }, (_, i) => [
    `many/t${String(i).padStart(2, '0')}.yaml`,
    topic(i % 7 === 0 ? POLICY : `# ${String(i)}\n`),
  ]),
);

const FILES: Readonly<Record<string, string>> = {
  ...MANY,
  // The name of the child is not one that is searched for, so only the analysis joins the batches.
  'a parent.yaml':
    'Resources:\n  Child:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: "z/ein Kind é.yaml"\n      Parameters: {Acls: "false"}\n',
  'z/ein Kind é.yaml': topic(POLICY),
  'terraform/main.tf':
    'variable "acls" {\n  default = false\n}\nresource "aws_s3_bucket" "b" {}\nresource "aws_s3_bucket_public_access_block" "b" {\n  bucket            = aws_s3_bucket.b.id\n  block_public_acls = var.acls\n}\n',
  'terraform/other.tf': 'resource "aws_ebs_volume" "d" {\n  availability_zone = "a"\n}\n',
  'bad.yaml': 'Resources: {Bucket: {Type: AWS::S3::Bucket, Properties: [',
  '.stackwarden.yaml':
    'profile: strict\nreportUnusedSuppressions: true\nsuppressions:\n  - {rule: s3-bucket-versioning, resources: [Bucket], reason: used in all batches}\n  - {rule: s3-bucket-versioning, resources: [Gone], reason: used in none}\n',
};

const folder = makeFolder(FILES);
after(() => folder.remove());

const world = (): World => ({
  today: '2026-11-24',
  cwd: folder.path,
  program: programOf(import.meta.url),
  rules: RULES,
  out: () => undefined,
  err: () => undefined,
  stdin: () => new Uint8Array(),
  display: { color: false, columns: 80, terminal: false },
});

function onlyGroup(): Group {
  const { groups } = groupsOf(inputsOf([], {}, world()), {}, world());
  assert.equal(groups.length, 1);
  return groups[0]!;
}

function plain({ texts, passes, fixed: numbers, refused }: FixedDocuments): unknown {
  const sorted = <T>(entries: Iterable<readonly [string, T]>): readonly (readonly [string, T])[] =>
    [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    passes,
    texts: sorted(texts),
    fixed: sorted(numbers),
    refused: refused
      .map(({ at: { doc, start }, title, reason }) => `${doc} ${String(start)} ${title} ${reason}`)
      .sort(),
  };
}

describe('fixes in batches', () => {
  it('are those of all files together', () => {
    const { reader, files, options } = onlyGroup();
    const together = fixAll(
      reader,
      files.map(({ uri }) => uri),
      options,
      new ParseCache({ limit: 1000 }),
    );
    assert.ok(together.passes > 1, 'not more than one pass');
    assert.ok(together.texts.size > 10);
    assert.ok([...together.texts.keys()].some((doc) => doc.endsWith('.stackwarden.yaml')));
    assert.deepEqual(plain(finished(fixingBatches(onlyGroup()))), plain(together));
  });

  it('end when the run is interrupted', () => {
    let checks = 0;
    assert.throws(
      () => finished(fixed([onlyGroup()], { cwd: folder.path, interrupted: () => checks++ > 20 })),
      /Interrupted\. No files were changed\./,
    );
  });
});
