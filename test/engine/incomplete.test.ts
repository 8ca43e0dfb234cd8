/** The parts of an analysis that are reported as incomplete. */
import assert from 'node:assert/strict';
import type { FileAnswer } from '../../server/src/base/snapshot.ts';
import { run } from '../../server/src/engine/run.ts';
import { EVERYTHING, findingsOf, readerOf, uri, type Files } from './analysis.ts';

const VOLUME = JSON.stringify({
  resource: { aws_ebs_volume: { a: { availability_zone: 'a', size: 1, encrypted: false } } },
});
const TEMPLATE = 'Resources:\n  Disk: {Type: AWS::EC2::Volume, Properties: {Encrypted: false}}\n';
const REFUSED: FileAnswer = { kind: 'refused', reason: 'is too large' };

function incomplete(files: Files, named: readonly string[], answers: Readonly<Record<string, FileAnswer>> = {}) {
  const analysis = run(readerOf(files, answers), named.map(uri), EVERYTHING);
  return {
    reasons: analysis.incomplete.map(({ doc, reason }) => `${doc.slice(uri('').length) || '.'} ${reason}`),
    found: findingsOf(analysis).map(({ resource, certainty }) => `${certainty} ${resource ?? ''}`),
  };
}

describe('a complete analysis', () => {
  const all: Readonly<Record<string, Files>> = {
    'of a template': { 't.yaml': TEMPLATE },
    'of a broken template': { 't.yaml': `${TEMPLATE}  B: "x\n` },
    'of a directory': {
      'main.tf.json': VOLUME,
      'terraform.tfvars.json': '{}',
      'notes.md': 'x',
      '.hidden.tf': 'x',
      'old.tf~': 'x',
    },
    'of a plan': { 'plan.json': '{"format_version":"1.2","resource_changes":[]}' },
    'of nothing': { 'x.json': '{}' },
  };
  for (const [what, files] of Object.entries(all))
    it(`reports no missing parts: ${what}`, () => assert.deepEqual(incomplete(files, Object.keys(files)).reasons, []));
});

describe('an incomplete analysis', () => {
  it('does not report HCL files, which are read', () => {
    assert.deepEqual(incomplete({ 'a.tf.json': VOLUME, 'w.tofu': '', 'x.tf': '' }, ['a.tf.json']).reasons, []);
  });

  it('names an unreadable file of a directory', () => {
    const { reasons, found } = incomplete({ 'a.tf.json': VOLUME }, ['a.tf.json'], { 'b.tf.json': REFUSED });
    assert.deepEqual(reasons, ['b.tf.json is too large']);
    assert.deepEqual(found, ['certain aws_ebs_volume.a']);
  });

  it('names an unreadable variable file', () => {
    assert.deepEqual(incomplete({ 'a.tf.json': VOLUME }, ['a.tf.json'], { 'x.auto.tfvars.json': REFUSED }).reasons, [
      'x.auto.tfvars.json is too large',
    ]);
  });

  for (const [name, text] of [
    ['t.yaml', TEMPLATE],
    ['main.tf.json', VOLUME],
    ['plan.json', '{"format_version":"1.2","resource_changes":[]}'],
  ] as const) {
    it(`names a document once if only its beginning can be read: ${name}`, () => {
      assert.deepEqual(incomplete({ [name]: text }, [name], { [name]: REFUSED }), {
        reasons: [`${name} is too large`],
        found: [],
      });
    });
  }

  for (const [what, before] of [
    ['comments', '# x\n'.repeat(17_000)],
    ['mappings', `Mappings:\n  M: {a: {b: ${'x'.repeat(70_000)}}}\n`],
  ] as const) {
    it(`names a document that may be a template after more ${what} than its beginning`, () => {
      const head = { ...readerOf({ 't.yaml': before }, { 't.yaml': REFUSED }) };
      const analysis = run(head, [uri('t.yaml')], EVERYTHING);
      assert.deepEqual(
        analysis.incomplete.map(({ reason }) => reason),
        ['is too large'],
      );
      assert.deepEqual(
        analysis.documents.map(({ format, reason }) => [format, reason]),
        [['none', 'it is too large']],
      );
    });

    it(`reads a template after more ${what} than its beginning`, () => {
      const { reasons, found } = incomplete({ 't.yaml': before + TEMPLATE }, ['t.yaml']);
      assert.deepEqual([reasons, found], [[], ['certain Disk']]);
    });
  }

  it('does not report an unsupported document of any size', () => {
    assert.deepEqual(incomplete({ 'x.json': '{}' }, ['x.json'], { 'x.json': REFUSED }).reasons, []);
  });

  it('checks a file whose directory cannot be listed, and reports that', () => {
    for (const answer of ['missing', 'refused'] as const) {
      const analysis = run(
        { ...readerOf({ 'a.tf.json': VOLUME }), folder: () => answer },
        [uri('a.tf.json')],
        EVERYTHING,
      );
      assert.deepEqual(
        findingsOf(analysis).map(({ resource }) => resource),
        ['aws_ebs_volume.a'],
      );
      assert.deepEqual(
        analysis.incomplete.map(({ reason }) => reason),
        ['cannot be listed, so other files of the configuration are not read'],
      );
    }
  });

  it('checks a file that its directory does not list yet', () => {
    const reader = readerOf({ 'a.tf.json': VOLUME });
    const analysis = run({ ...reader, folder: () => [] }, [uri('a.tf.json')], EVERYTHING);
    assert.deepEqual([findingsOf(analysis).length, analysis.incomplete.length], [1, 0]);
  });
});
