/** Explanations are made in steps, between which the server goes on. */
import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { DEFAULT_CONFIGURATION } from '../../server/src/config/configuration.ts';
import type { AnalysisOptions } from '../../server/src/engine/analysis.ts';
import { nodeEngine } from '../../server/src/lsp/node-engine.ts';
import { nodeWorld } from '../../server/src/lsp/node-world.ts';
import { memoryReader, SCHEMAS } from '../kit/memory-reader.ts';
import { FULL, TestClient } from './kit/client.ts';

const DOC = 'file:///w/t.yaml';
const TEXT = `Parameters:
  Encrypt: {Type: String, Default: 'false'}
Resources:
  Disk: {Type: AWS::EC2::Volume, Properties: {AvailabilityZone: a, Size: 1, Encrypted: !Ref Encrypt}}
`;
const OPTIONS: AnalysisOptions = {
  profile: 'recommended',
  certainty: 'possible',
  configuration: DEFAULT_CONFIGURATION,
};

describe('the steps of an explanation', () => {
  it('come before those of an analysis', async () => {
    const engine = nodeEngine();
    const reader = memoryReader(new Map([[DOC, TEXT]]));
    const analyze = (): Promise<unknown> => engine.analyze(reader, [DOC], OPTIONS, () => Promise.resolve(), [DOC]);
    await analyze();
    const { stacks } = engine.recent(DOC, TEXT)!;
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let pauses = 0;
    const explained = engine.explain(reader, { doc: DOC, offset: TEXT.indexOf('!Ref'), stacks }, OPTIONS, () =>
      pauses++ === 0 ? held : Promise.resolve(),
    );
    let isAnalyzed = false as boolean;
    const analysis = analyze().then(() => (isAnalyzed = true));
    for (let turns = 0; turns < 100; turns++) await turn();
    assert.equal(isAnalyzed, false);
    release();
    assert.equal((await explained)?.computed, true);
    await analysis;
    assert.ok(pauses > 3, `${pauses} pauses`);
  });

  it('are followed by those of an analysis after the answer was sent', async () => {
    const engine = nodeEngine();
    const reader = memoryReader(new Map([[DOC, TEXT]]));
    let steps = 0;
    const step = (): Promise<void> => Promise.resolve(void steps++);
    const analyze = (): Promise<unknown> => engine.analyze(reader, [DOC], OPTIONS, step, [DOC]);
    await analyze();
    const { stacks } = engine.recent(DOC, TEXT)!;
    const at = { doc: DOC, offset: TEXT.indexOf('!Ref'), stacks };
    const explained = engine.explain(reader, at, OPTIONS, () => turn());
    const analysis = analyze();
    await explained;
    const before = steps;
    // An answer is written in a later turn.
    await turn();
    assert.equal(steps, before);
    await analysis;
    assert.ok(steps > before, `${steps} steps`);
  });

  it('are prepared after an analysis: calls are compared at once, and made after a pause', async () => {
    const world = nodeWorld(SCHEMAS);
    const order: string[] = [];
    let prepared: () => void = () => undefined;
    const both = new Promise<void>((resolve) => (prepared = resolve));
    const client = await TestClient.inProcess(
      {
        machine: world.machine,
        engine: async () => ({
          ...(await world.engine()),
          prepare: (_doc, _options, _pause, isComparison) => {
            if (order.push(isComparison ? 'compare' : 'call') === 2) prepared();
            return Promise.resolve();
          },
        }),
      },
      { capabilities: FULL },
    );
    try {
      await client.open(DOC, TEXT);
      await client.items(DOC);
      await both;
      assert.deepEqual(order, ['compare', 'call']);
    } finally {
      await client.stop();
    }
  });

  it('end when the document is edited', async () => {
    const world = nodeWorld(SCHEMAS);
    const client: TestClient = await TestClient.inProcess(
      {
        machine: world.machine,
        engine: async () => {
          const engine = await world.engine();
          return {
            ...engine,
            explain: async (_reader, _at, _options, pause) => {
              await client.edit(DOC, '# A comment.\nParameters', 'Parameters');
              for (;;) {
                await turn();
                await pause();
              }
            },
          };
        },
      },
      { capabilities: FULL },
    );
    try {
      await client.open(DOC, TEXT);
      await client.items(DOC);
      await assert.rejects(
        client.connection.sendRequest('textDocument/hover', {
          textDocument: { uri: DOC },
          position: client.position(DOC, '!Ref'),
        }),
        /The document was changed/,
      );
    } finally {
      await client.stop();
    }
  });
});
