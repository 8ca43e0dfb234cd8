import assert from 'node:assert/strict';
import { documentNames } from '../../server/src/cli/batches/batches.ts';

/** What a name is: characters of paths, as many as there are, up to the last ending of a document. */
const NAME = /(?<![\w@./-])[\w@./-]+\.(?:ya?ml|json|template)(?![\w-])/g;

/** What texts are made of. */
const PIECES = ['.yaml', '.yml', '.json', '.template', 'a', 'Z9', '/', '..', '@', '-', '_', ' ', '"', ':', 'é', '\n'];

const CASES: readonly (readonly [text: string, names: readonly string[]])[] = [
  ['TemplateURL: ./vpc.yaml', ['./vpc.yaml']],
  ['"a.json", "b/c.yml"', ['a.json', 'b/c.yml']],
  ['a.json/b.json', ['a.json/b.json']],
  ['.yaml', []],
  ['.yaml.json', ['.yaml.json']],
  ['a.yamls b.json-c', []],
  ['https://host/a.template?v=1', ['//host/a.template']],
];

describe('names of documents in a text', () => {
  for (const [text, names] of CASES)
    it(JSON.stringify(text), () => {
      assert.deepEqual(documentNames(text), names);
    });

  it('are those of a pattern', () => {
    for (let number = 0; number < PIECES.length ** 4; number++) {
      const text = [0, 1, 2, 3].map((at) => PIECES[Math.floor(number / PIECES.length ** at) % PIECES.length]).join('');
      assert.deepEqual(documentNames(text), text.match(NAME) ?? [], text);
    }
  });
});
