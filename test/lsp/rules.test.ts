import assert from 'node:assert/strict';
import { nodeWorld } from '../../server/src/lsp/node-world.ts';
import { RULES_REQUEST as REQUEST, type FoundRules } from '../../server/src/lsp/rules.ts';
import { RULES } from '../../server/src/rules/index.ts';
import { uriOf } from '../../server/src/host/uri.ts';
import { makeFolder } from '../host/workspace.ts';
import { SCHEMAS } from '../kit/memory-reader.ts';
import { FULL, TestClient } from './kit/client.ts';

describe('stackwarden/rules', () => {
  let client: TestClient;
  before(async () => {
    client = await TestClient.inProcess(nodeWorld(SCHEMAS), { capabilities: FULL });
  });
  after(() => client.stop());

  const found = (search?: unknown): Promise<FoundRules> => client.connection.sendRequest(REQUEST, { search });
  const ids = async (search: string): Promise<readonly string[]> => (await found(search)).rules.map(({ id }) => id);

  it('answers all rules without a search', async () => {
    const all = RULES.map(({ id, title, severity, profile }) => ({ id, title, severity, profile }));
    assert.deepEqual(
      all.map(({ id }) => id),
      all.map(({ id }) => id).toSorted(),
    );
    for (const search of [undefined, '', ' ', 7]) assert.deepEqual((await found(search)).rules, all);
  });

  it('searches ids, titles, keywords and the ids of other tools', async () => {
    assert.deepEqual(await ids('CKV_AWS_3'), ['ebs-volume-encryption']);
    assert.ok((await ids('ebs encrypted')).includes('ebs-volume-encryption'));
    assert.ok((await ids('confused deputy')).length > 0);
    assert.ok((await ids('S3.14')).includes('s3-bucket-versioning'));
  });

  it('suggests the nearest search when nothing matches', async () =>
    assert.deepEqual(await found('ebs-volume-encrption'), { rules: [], nearest: 'ebs-volume-encryption' }));

  it('has the levels that the configuration of a document states', async () => {
    const folder = makeFolder({
      '.git/HEAD': '',
      '.stackwarden.yaml':
        'rules: {ebs-volume-encryption: low, kms-key-rotation: off, s3-bucket-versioning: on}\noverrides: [{paths: sandbox/, rules: {ebs-volume-encryption: critical}}]\n',
    });
    try {
      const levels = async (path: string): Promise<readonly unknown[]> => {
        const { rules } = await client.connection.sendRequest<FoundRules>(REQUEST, {
          search: '',
          textDocument: { uri: uriOf(folder.at(path)) },
        });
        return ['ebs-volume-encryption', 'kms-key-rotation', 's3-bucket-versioning', 'rds-instance-encryption'].map(
          (id) => {
            const { severity, configured } = rules.find((rule) => rule.id === id)!;
            return [severity, configured];
          },
        );
      };
      assert.deepEqual(await levels('a.yaml'), [
        ['low', 'severity'],
        ['medium', 'off'],
        ['low', 'on'],
        ['high', undefined],
      ]);
      assert.deepEqual((await levels('sandbox/a.yaml'))[0], ['critical', 'severity']);
    } finally {
      folder.remove();
    }
  });
});
