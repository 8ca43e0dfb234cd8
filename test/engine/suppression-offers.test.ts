/** The quick fixes that suppress a finding of the real engine, and what the documents are with them. */
import assert from 'node:assert/strict';
import { DEFAULT_CONFIGURATION } from '../../server/src/config/configuration.ts';
import { suppressionOffers } from '../../server/src/engine/suppression-offers.ts';
import { applyEdits } from '../../server/src/fixes/merge.ts';
import type { Format } from '../../server/src/model/format.ts';
import { memoryReader } from '../kit/memory-reader.ts';

const ROOT = 'file:///w';
const TEMPLATE = 'Resources:\n  Site:\n    Type: AWS::S3::Bucket\n    Properties: {AccessControl: PublicRead}\n';

/** The titles and the lines that are new with each offer, for a finding at a text. */
function offered(
  files: Readonly<Record<string, string>>,
  name: string,
  at: string,
  {
    format = 'cloudformation',
    inlineSuppressions = true,
  }: { readonly format?: Format; readonly inlineSuppressions?: boolean } = {},
): readonly (readonly [title: string, doc: string, lines: readonly string[]])[] {
  const doc = `${ROOT}/${name}`;
  const start = files[name]!.indexOf(at);
  const finding = {
    rule: 'a-rule',
    at: { doc, start, end: start + at.length },
    resource: 'Site',
    valueText: 'Public Read',
    format,
  };
  const reader = memoryReader(new Map(Object.entries(files).map(([path, text]) => [`${ROOT}/${path}`, text])));
  return suppressionOffers(reader, ROOT, { ...DEFAULT_CONFIGURATION, inlineSuppressions }, finding).map((offer) => {
    const before = new Set(offer.text.split('\n'));
    const lines = applyEdits(offer.text, [offer]).split('\n');
    return [offer.title, offer.doc.slice(ROOT.length + 1), lines.filter((line) => !before.has(line) && line !== '')];
  });
}

const IN_FILE: readonly string[] = ['# stackwarden-disable a-rule -- reason'];

describe('offers to suppress a finding', () => {
  it('are for the place, the resource, the file and the configuration', () => {
    assert.deepEqual(offered({ 'a/t.yaml': TEMPLATE }, 'a/t.yaml', 'PublicRead'), [
      ['Ignore a-rule here', 'a/t.yaml', ['    # stackwarden-disable-next-line a-rule -- reason']],
      ['Ignore a-rule on Site', 'a/t.yaml', ['  # stackwarden-disable-next-line a-rule -- reason']],
      ['Ignore a-rule in this file', 'a/t.yaml', IN_FILE],
      [
        'Ignore a-rule in .stackwarden.yaml',
        '.stackwarden.yaml',
        [
          'suppressions:',
          '  - rules:',
          '      - a-rule',
          '    paths:',
          '      - a/t.yaml',
          '    resources:',
          '      - Site',
          '    value: Public Read',
          '    reason: reason',
        ],
      ],
      ['Disable rule a-rule in .stackwarden.yaml', '.stackwarden.yaml', ['rules:', '  a-rule: off']],
    ]);
  });

  it('are not twice for a resource as a whole, and use the nearest configuration', () => {
    const files = { 'a/.stackwarden.yaml': 'suppressions: []\n', 'a/t[1].yaml': TEMPLATE };
    assert.deepEqual(
      offered(files, 'a/t[1].yaml', 'Site').map(([title, doc]) => [title, doc]),
      [
        ['Ignore a-rule on Site', 'a/t[1].yaml'],
        ['Ignore a-rule in this file', 'a/t[1].yaml'],
        ['Ignore a-rule in .stackwarden.yaml', 'a/.stackwarden.yaml'],
        ['Disable rule a-rule in .stackwarden.yaml', 'a/.stackwarden.yaml'],
      ],
    );
    const lines = offered(files, 'a/t[1].yaml', 'Site').at(-2)![2];
    assert.ok(lines.includes('      - /t\\[1\\].yaml'), lines.join('\n'));
  });

  it('name blocks by their addresses', () => {
    const text = 'data "aws_iam_policy_document" "p" {\n  version = "x"\n}\nmodule "m" {\n  source = "y"\n}\n';
    const titles = (at: string): readonly string[] =>
      offered({ 'a.tf': text }, 'a.tf', at, { format: 'terraform' }).map(([title]) => title);
    assert.ok(titles('"x"').includes('Ignore a-rule on data.aws_iam_policy_document.p'));
    assert.ok(titles('"y"').includes('Ignore a-rule on module.m'));
    const json = '{"resource": {"aws_s3_bucket": {"b": {"acl": 1}}}, "data": [{"aws_x": {"y": {"z": 2}}}]}';
    const inJson = (at: string): readonly string[] =>
      offered({ 'a.tf.json': json }, 'a.tf.json', at, { format: 'terraform' }).map(([title]) => title);
    assert.deepEqual(inJson('1').slice(0, 2), ['Ignore a-rule on aws_s3_bucket.b', 'Ignore a-rule in this file']);
    assert.ok(inJson('2').includes('Ignore a-rule on data.aws_x.y'), inJson('2').join());
  });

  it('are only for the configuration in generated files and plans, and where suppressions in documents do not count', () => {
    const cdk = offered({ 't.yaml': `${TEMPLATE}    Metadata: {'aws:cdk:path': a/b}\n` }, 't.yaml', 'Site');
    const sam = offered({ 'a/.aws-sam/t.yaml': TEMPLATE }, 'a/.aws-sam/t.yaml', 'Site');
    const cdktf = offered({ 'a.tf.json': '{"//": {"metadata": {"stackName": "s"}}, "a": 1}' }, 'a.tf.json', '1', {
      format: 'terraform',
    });
    const plan = offered({ 'p.json': '{"format_version": 1}' }, 'p.json', '1', { format: 'terraform-plan' });
    const template = offered({ 't.yaml': TEMPLATE }, 't.yaml', 'Site', { inlineSuppressions: false });
    for (const found of [cdk, sam, cdktf, plan, template])
      assert.deepEqual(
        found.map(([title]) => title),
        ['Ignore a-rule in .stackwarden.yaml', 'Disable rule a-rule in .stackwarden.yaml'],
      );
  });

  it('are not for findings about suppressions, and not for files that are not checked', () => {
    const start = TEMPLATE.indexOf('Site');
    const at = { doc: `${ROOT}/t.yaml`, start, end: start + 4 };
    const reader = memoryReader(new Map([[at.doc, TEMPLATE]]));
    const unused = {
      rule: 'suppression-unused',
      at,
      resource: null,
      valueText: undefined,
      format: 'cloudformation',
    } as const;
    assert.deepEqual(suppressionOffers(reader, ROOT, DEFAULT_CONFIGURATION, unused), []);
    assert.deepEqual(offered({ 't.yaml': TEMPLATE }, 't.yaml', 'Site', { format: 'none' }), []);
  });

  it('leave a configuration alone that cannot be changed', () => {
    const files = { '.stackwarden.yaml': 'suppressions: all\nrules: none\n', 't.yaml': TEMPLATE };
    assert.ok(!offered(files, 't.yaml', 'Site').some(([title]) => title.includes('.stackwarden')));
  });
});
