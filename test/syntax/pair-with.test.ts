/** The pair of a node is found without the nodes of other pairs, in maps of any size. */
import assert from 'node:assert/strict';
import { parse } from '../../server/src/syntax/parse.ts';
import { childrenOf, pairWith, type Node } from '../../server/src/syntax/tree.ts';

const many = (line: (index: number) => string): string =>
  Array.from({ length: 100 }, (_, index) => line(index)).join('');

const DOCUMENTS: readonly (readonly [what: string, file: string, text: string])[] = [
  ['YAML', 'a.yaml', many((index) => `k${index}: {a: ${index}, b: [${index}]}\n`)],
  ['YAML in brackets', 'a.yaml', `{${many((index) => `k${index}: ${index}, `)}}`],
  ['YAML without values', 'a.yaml', many((index) => `k${index}:\n`)],
  ['YAML without keys', 'a.yaml', `{${many(() => ': , ')}}`],
  ['YAML with duplicate and complex keys', 'a.yaml', many(() => 'a: 1\n? [b]\n: 2\n')],
  ['JSON', 'a.json', `{${many((index) => `"k${index}": {"a": ${index}},`)}"z": 1}`],
  ['JSON without separators', 'a.json', `{${many((index) => `"k${index}"`)}}`],
  ['JSON without values', 'a.json', `{${many(() => '"a",')}"b":}`],
  ['HCL', 'main.tf', many((index) => `resource "a" "b${index}" {\n  c = ${index}\n}\n`)],
  ['HCL without values', 'main.tf', `a {\n${many((index) => `  k${index} =\n`)}}\n`],
];

describe('the pair of a node', () => {
  for (const [what, file, text] of DOCUMENTS)
    it(`is found: ${what}`, () => {
      const { roots } = parse(`file:///${file}`, text);
      let pairs = 0;
      const open: Node[] = [...roots];
      for (let node = open.pop(); node; node = open.pop()) {
        open.push(...childrenOf(node));
        if (node.kind !== 'map') continue;
        for (const pair of node.pairs) {
          pairs++;
          assert.equal(pairWith(node, pair.value), pair);
          assert.equal(pairWith(node, pair.key), pair);
        }
        assert.equal(pairWith(node, node), undefined);
      }
      assert.ok(pairs >= 50, String(pairs));
    });
});
