/** The lengths of open documents that the server tells the process. */
import assert from 'node:assert/strict';
import { nodeWorld } from '../../server/src/lsp/node-world.ts';
import type { DocumentLengths } from '../../server/src/lsp/document-lengths.ts';
import { SCHEMAS } from '../kit/memory-reader.ts';
import { FULL, TestClient } from './kit/client.ts';

const SMALL = 'Resources: {A: {Type: AWS::S3::Bucket}}\n';
const LARGE = `${SMALL}# ${'a'.repeat(1000)}\n`;
const [A, B] = ['untitled:a.yaml', 'untitled:b.yaml'];

describe('the lengths of open documents', () => {
  let client: TestClient;
  let told: DocumentLengths[];

  beforeEach(async () => {
    told = [];
    const lengthsChanged = (lengths: DocumentLengths): void => void told.push(lengths);
    client = await TestClient.inProcess(nodeWorld(SCHEMAS), { capabilities: FULL, lengthsChanged });
  });

  afterEach(() => client.stop());

  /** The different lengths that were told since the last call. */
  function changes(): readonly DocumentLengths[] {
    return told.splice(0).filter((one, index, all) => JSON.stringify(one) !== JSON.stringify(all[index - 1]));
  }

  const analyzed = (uri: string): Promise<unknown> =>
    client.connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } });

  it('have the document whose first analysis is running, until it ends', async () => {
    await client.open(A, LARGE);
    await analyzed(A);
    const largest = LARGE.length;
    assert.deepEqual(changes(), [
      { largest, first: 0 },
      { largest, first: largest },
      { largest, first: 0 },
    ]);

    await client.edit(A, 'b', 'a');
    await analyzed(A);
    assert.deepEqual(changes(), [{ largest, first: 0 }]);

    await client.open(B, SMALL);
    await analyzed(B);
    assert.deepEqual(changes(), [
      { largest, first: 0 },
      { largest, first: SMALL.length },
      { largest, first: 0 },
    ]);
  });

  it('do not have a document that was closed during its first analysis', async () => {
    await client.open(A, LARGE);
    const interrupted = analyzed(A).catch(() => undefined);
    await client.close(A);
    await interrupted;
    await client.open(B, SMALL);
    await analyzed(B);
    const largest = SMALL.length;
    assert.deepEqual(changes().slice(-3), [
      { largest, first: 0 },
      { largest, first: largest },
      { largest, first: 0 },
    ]);
  });

  it('have a first analysis again after the document was opened again', async () => {
    await client.open(A, LARGE);
    await analyzed(A);
    await client.close(A);
    changes();
    await client.open(A, LARGE);
    await analyzed(A);
    assert.ok(changes().some(({ first }) => first === LARGE.length));
  });

  it('have a first analysis that an edit interrupted until it has a result', async () => {
    await client.open(A, LARGE);
    const interrupted = analyzed(A).catch(() => undefined);
    await client.edit(A, 'b', 'a');
    await interrupted;
    changes();
    await analyzed(A);
    const largest = LARGE.length;
    assert.deepEqual(changes(), [
      { largest, first: largest },
      { largest, first: 0 },
    ]);
  });
});
