import assert from 'node:assert/strict';
import { pagesIn } from '../../client/src/page-archive.ts';
import { compressed } from '../../tools/package/data-archive.ts';

describe('the archive of pages', () => {
  const pages = pagesIn(
    compressed(JSON.stringify({ 'docs/a.md': 'ä', 'docs/rules/b.md': '# B', 'docs/rules/c/d.md': '' })),
  );

  it('has the text of each page, as bytes', () => {
    assert.deepEqual(pages.page('/docs/a.md'), Buffer.from('ä'));
    assert.deepEqual(pages.page('/docs/rules/c/d.md'), Buffer.from(''));
    assert.equal(pages.page('/docs/rules'), undefined);
    assert.equal(pages.page('/constructor'), undefined);
  });

  it('lists the pages of a folder, without those below it', () => {
    assert.deepEqual(pages.names('/docs/rules'), ['b.md']);
    assert.deepEqual(pages.names('/docs/rules/'), ['b.md']);
    assert.deepEqual(pages.names('/docs/none'), []);
  });
});
