/** Comments, which the formatter leaves as they are. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { globSync } from 'tinyglobby';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

/** The width of the formatter. */
const WIDTH = 120;

/** The part of a line that is a comment of its own, if it can be wrapped: a link cannot. */
const WRAPPABLE = /^\s*(?:\/\/|\/?\*).* (?!\(?https?:)\S/;

const files = globSync(['{server,client,tools,test}/**/*.{ts,mts,mjs,cjs}', '*.{mjs,cjs}'], {
  cwd: ROOT,
  ignore: ['**/node_modules/**', 'server/src/rules/{index,resource-paths}.ts'],
});

describe('comments', () => {
  it(`end before column ${WIDTH + 1}`, () => {
    const wide = files.flatMap((file) =>
      readFileSync(ROOT + file, 'utf8')
        .split('\n')
        .flatMap((line, index) => (line.length > WIDTH && WRAPPABLE.test(line) ? [`${file}:${index + 1}`] : [])),
    );
    assert.ok(files.length > 1000);
    assert.deepEqual(wide, []);
  });
});
