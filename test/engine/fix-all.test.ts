/** Carrying out all safe fixes. */
import assert from 'node:assert/strict';
import type { AnalysisOptions } from '../../server/src/engine/analysis.ts';
import { fixAll, MAX_PASSES } from '../../server/src/engine/fix-all.ts';
import { EVERYTHING, findingsOf, readerOf, analysed, uri, type Files } from './analysis.ts';

/** The texts that change, by name, with how many findings were fixed in which pass. */
function fixed(files: Files, options: Partial<AnalysisOptions> = {}, named = Object.keys(files)) {
  const { texts, passes, fixed: counts } = fixAll(readerOf(files), named.map(uri), { ...EVERYTHING, ...options });
  const byName = <T>(of: ReadonlyMap<string, T>): Readonly<Record<string, T>> => Object.fromEntries([...of].map(([doc, it]) => [doc.slice(uri('').length), it]));
  return { texts: byName(texts), passes, counts: byName(counts) };
}

const KEYS = `Resources:
  # The first key
  A:
    Type: AWS::KMS::Key
    Properties: {}
  B:
    Type: AWS::KMS::Key
    Properties:
      EnableKeyRotation: false # for now
  Disk:
    Type: AWS::EC2::Volume
    Properties: {Encrypted: false}
`;

describe('fix-all', () => {
  it('carries out the safe fixes and no others', () => {
    const { texts, counts } = fixed({ 't.yaml': KEYS }, { profile: 'recommended' });
    assert.deepEqual(texts, { 't.yaml': KEYS.replace('Properties: {}\n  B', 'Properties: {EnableKeyRotation: true}\n  B').replace('false # for', 'true # for') });
    assert.deepEqual(counts, { 't.yaml': 2 });
  });

  it('comes to an end, after which there is nothing to fix', () => {
    const { texts, passes } = fixed({ 't.yaml': KEYS });
    assert.ok(passes < MAX_PASSES);
    assert.deepEqual(fixed({ 't.yaml': texts['t.yaml']! }), { texts: {}, passes: 0, counts: {} });
    assert.ok(findingsOf(analysed({ 't.yaml': texts['t.yaml']! })).every(({ fixes }) => fixes.every(({ safe }) => !safe)));
  });

  it('changes nothing that is only possibly wrong', () => {
    const text = 'Resources:\n  A: {Type: AWS::KMS::Key, Properties: {EnableKeyRotation: !ImportValue x}}\n';
    assert.deepEqual(fixed({ 't.yaml': text }, { certainty: 'possible' }).texts, {});
  });

  it('keeps to the rules and the profile that are asked for', () => {
    assert.deepEqual(fixed({ 't.yaml': KEYS }, { rules: new Set(['ebs-volume-encryption']) }).texts, {});
    assert.deepEqual(fixed({ 't.yaml': KEYS }, { profile: 'essential' }).texts, {});
  });

  it('fixes the documents that are named', () => {
    assert.deepEqual(Object.keys(fixed({ 't.yaml': KEYS, 'u.yaml': KEYS }, {}, ['u.yaml']).texts), ['u.yaml']);
  });

  it('leaves a document as it is when it cannot be read again', () => {
    const reader = readerOf({ 't.yaml': KEYS });
    let reads = 0;
    const fading = { ...reader, file: (doc: string) => reads++ === 0 ? reader.file(doc) : { kind: 'missing' as const } };
    assert.deepEqual([...fixAll(fading, [uri('t.yaml')], EVERYTHING).texts], []);
  });

  it('leaves what is not ours alone', () => assert.deepEqual(fixed({ 'x.json': '{}', 'y.yaml': '', 'z.yaml': 'a: [\n' }), { texts: {}, passes: 0, counts: {} }));
});
