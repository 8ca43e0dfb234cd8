/** When requests get results of documents that are analyzed. */
import assert from 'node:assert/strict';
import { CancellationTokenSource } from 'vscode-languageserver';
import type { FileResult } from '../../server/src/lsp/file-result.ts';
import { ResultCache } from '../../server/src/lsp/result-cache.ts';
import { Abandoned, Superseded, type Run } from '../../server/src/lsp/run.ts';

const DOC = 'file:///w/a.yaml';

describe('the results of documents', () => {
  let runs: Run[] = [];
  let show: () => void = () => undefined;
  let results = new ResultCache(() => Promise.resolve([]));
  beforeEach(() => {
    runs = [];
    results = new ResultCache(async (named, run) => {
      runs.push(run);
      await new Promise<void>((resolve) => (show = resolve));
      return named.map((doc) => ({ doc, dependencies: new Set([doc]) }) as unknown as FileResult);
    });
  });

  it('are waited for until they may be shown, but an analysis only until it ends', async () => {
    let isShown = false as boolean;
    const shown = results.of(DOC).then(() => (isShown = true));
    const analyzed = results.analyzed(DOC);
    await Promise.resolve();
    runs[0]!.analyzed();
    await analyzed;
    assert.equal(isShown, false);
    show();
    await shown;
    await results.analyzed(DOC);
    assert.equal(runs.length, 1);
  });

  it('are not waited for where the stacks of their analysis suffice, or it ends without', async () => {
    let isAnalyzed = false as boolean;
    const analyzed = results.analyzed(DOC).then(() => (isAnalyzed = true));
    const built = results.built(DOC);
    await Promise.resolve();
    runs[0]!.built();
    await built;
    assert.equal(isAnalyzed, false);
    show();
    await analyzed;
    await results.built(DOC);
    const other = results.built('file:///w/b.yaml');
    await Promise.resolve();
    show();
    await other;
    assert.equal(runs.length, 2);
  });

  it('need not be asked for before an analysis is', async () => {
    const analyzed = results.analyzed(DOC);
    await Promise.resolve();
    show();
    await analyzed;
    assert.equal((await results.of(DOC)).doc, DOC);
    assert.equal(runs.length, 1);
  });

  it('leave nothing of a document that was discarded', async () => {
    const other = 'untitled:other.yaml';
    results = new ResultCache((named) =>
      Promise.resolve(named.map((doc) => ({ doc, dependencies: new Set([doc, DOC]) }) as unknown as FileResult)),
    );
    await results.ofAll([other, 'file:///w/b.yaml']);
    results.outdate(other);
    assert.deepEqual(results.dependants(DOC), ['file:///w/b.yaml', other]);
    results.discard(other);
    assert.deepEqual(results.dependants(DOC), ['file:///w/b.yaml']);
  });

  it('are not waited for when the document changes, or the request is cancelled', async () => {
    const changed = results.analyzed(DOC);
    results.outdate(DOC);
    await assert.rejects(changed, Superseded);
    const token = new CancellationTokenSource();
    const cancelled = results.analyzed(DOC, token.token);
    token.cancel();
    await assert.rejects(cancelled, Abandoned);
    const building = results.built(DOC);
    results.outdate(DOC);
    await assert.rejects(building, Superseded);
    assert.ok(runs.every(({ ended }) => ended));
  });
});
