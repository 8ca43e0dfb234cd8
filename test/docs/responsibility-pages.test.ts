/** That the pages about shared responsibility are up to date, and have every type of CloudFormation. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { responsibilities } from '../../tools/docs.ts';
import { RESPONSIBILITY_FOLDER } from '../../tools/responsibility-pages.ts';

const PAGES = responsibilities();
const SCHEMAS = new URL('../../schemas/cloudformation/', import.meta.url);

describe('pages about shared responsibility', () => {
  it('are fresh, and there are no others', () => {
    assert.deepEqual(readdirSync(RESPONSIBILITY_FOLDER).sort(), [...PAGES.keys()].sort(), 'npm run generate');
    for (const [name, text] of PAGES)
      assert.equal(readFileSync(RESPONSIBILITY_FOLDER + name, 'utf8'), text, `${name}: npm run generate`);
  });

  it('have every resource type', () => {
    for (const file of readdirSync(SCHEMAS)) {
      const { types } = JSON.parse(readFileSync(new URL(file, SCHEMAS), 'utf8')) as { readonly types: object };
      const page = PAGES.get(file.replace('.json', '.md')) ?? '';
      assert.deepEqual(
        Object.keys(types).filter((type) => !page.includes(`| \`${type}\``)),
        [],
        file,
      );
    }
  });

  it('cite a page for each type and each claim', () => {
    for (const [name, text] of PAGES) {
      if (name === 'README.md') continue;
      const [, section = ''] = /\n## Resource types\n([^]*?)\n## /.exec(text) ?? [];
      const rows = section.split('\n').filter((line) => line.startsWith('| `'));
      assert.ok(rows.length > 0, name);
      assert.deepEqual(
        rows.filter((row) => !row.includes('](#sources)')),
        [],
        name,
      );
      assert.match(text, /\n## Sources\n\n1\. <https:/, name);
    }
  });
});
