import assert from 'node:assert/strict';
import { LineIndex } from '../../server/src/base/line-index.ts';
import type { OpenDocument, OpenDocuments } from '../../server/src/lsp/documents.ts';
import { withoutNeighbors, buffersFirst, MAX_EDITOR_BYTES } from '../../server/src/lsp/reading.ts';
import { memoryReader } from '../kit/memory-reader.ts';

describe('the reader of the server', () => {
  it('reads no buffer that takes too long to look at, and says so', () => {
    const doc = 'file:///w/plan.json';
    const open = (text: string): OpenDocuments => {
      const document: OpenDocument = { doc, uri: doc, version: 1, text, lines: new LineIndex(text), stamp: '1' };
      return {
        get: (uri: string) => (uri === doc ? document : undefined),
        all: () => [doc],
      } as unknown as OpenDocuments;
    };
    for (const [size, kind] of [
      [MAX_EDITOR_BYTES, 'text'],
      [MAX_EDITOR_BYTES + 1, 'refused'],
    ] as const) {
      const documents = open(' '.repeat(size));
      for (const reader of [
        withoutNeighbors(doc, documents, () => null),
        buffersFirst(memoryReader(new Map()), documents, 'file:///w'),
      ]) {
        const answer = reader.file(doc);
        assert.equal(answer.kind, kind);
        if (answer.kind === 'refused')
          assert.match(answer.reason, /too large: 17 MiB, the limit is 16 MiB in editors; use "stackwarden lint"/);
        const head = reader.head(doc);
        assert.equal(head.kind === 'text' && head.text.length, 64 * 1024);
      }
    }
  });
});
