import assert from 'node:assert/strict';
import { pagesIn, type PageArchive } from '../../client/src/page-archive.ts';
import { compressed } from '../../tools/package/data-archive.mjs';

const ARCHIVE: PageArchive = {
  pages: { 'docs/a.md': 'ä', 'docs/rules/c/d.md': '' },
  rules: { b: { facts: '`b`', sections: 'Formats: CloudFormation.\n' } },
};
const TEXTS = { b: { title: 'Bs should be good', why: 'Why.', remedy: 'Do it.', sources: {} } };

describe('the archive of pages', () => {
  let reads = 0;
  const pages = pagesIn(compressed(JSON.stringify(ARCHIVE)), () => {
    reads++;
    return Promise.resolve(compressed(JSON.stringify(TEXTS)));
  });

  it('has the text of each page, as bytes', async () => {
    const { page } = await pages;
    assert.deepEqual(await page('/docs/a.md'), Buffer.from('ä'));
    assert.deepEqual(await page('/docs/rules/c/d.md'), Buffer.from(''));
    assert.equal(await page('/docs/rules'), undefined);
    assert.equal(await page('/constructor'), undefined);
    assert.equal(reads, 0);
  });

  it('has the pages of rules with their texts, which are read once', async () => {
    const { page } = await pages;
    const text = Buffer.from((await page('/docs/rules/b.md'))!).toString();
    assert.match(
      text,
      /\n# Bs should be good\n\n`b`\n\nWhy\.\n\n\*\*Remediation:\*\* Do it\.\n\nFormats: CloudFormation\.\n$/,
    );
    await page('/docs/rules/b.md');
    assert.equal(reads, 1);
  });

  it('lists the pages of a folder, without those below it', async () => {
    const { names } = await pages;
    assert.deepEqual(names('/docs/rules'), ['b.md']);
    assert.deepEqual(names('/docs/rules/'), ['b.md']);
    assert.deepEqual(names('/docs/none'), []);
  });
});
