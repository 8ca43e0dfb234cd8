/** Compares the reader with the `yaml` package: structure, values, tags, anchors, and where everything is. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseYaml } from '../../server/src/syntax/yaml.ts';
import { ODDITIES, TEMPLATES } from './documents.ts';
import { disagreements } from './oracle.ts';
import { outline } from './outline.ts';
import { yamlText } from './yaml-text.ts';

const TEXTS = Object.entries({ ...TEMPLATES, ...ODDITIES });

describe('YAML against another reader', () => {
  for (const [name, text] of TEXTS) {
    for (const [variant, changed] of [
      ['as it is', text],
      ['with CRLF', text.replaceAll('\n', '\r\n')],
    ] as const) {
      it(`${name} ${variant}`, () => {
        const tree = parseYaml('file:///a.yaml', changed);
        assert.deepEqual(tree.problems, []);
        assert.deepEqual(disagreements(tree), []);
      });
    }
  }

  it('generated texts', () => {
    let judged = 0;
    fc.assert(
      fc.property(yamlText, (text) => {
        const tree = parseYaml('file:///a.yaml', text);
        const found = disagreements(tree);
        // What the other reader finds fault with is not ours to judge.
        if (found === undefined) return;
        judged++;
        assert.deepEqual([...tree.problems, ...found], []);
      }),
      { numRuns: 1000 },
    );
    assert.ok(judged > 500, `${judged} texts were judged`);
  });

  it('a byte order mark moves everything by one', () => {
    for (const [name, text] of TEXTS) {
      const plain = outline(parseYaml('file:///a.yaml', text));
      const marked = outline(parseYaml('file:///a.yaml', `\uFEFF${text}`));
      assert.deepEqual(
        marked.map(([what, start, end]) => [what, start - 1, end - 1]),
        plain,
        name,
      );
    }
  });
});
