/** The place of each character of a string in HCL that is read as a document. */
import assert from 'node:assert/strict';
import { parseScalar } from '../../server/src/formats/terraform/expression/template.ts';
import { templateText } from '../../server/src/formats/terraform/expression/template-text.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { childrenOf, type Node, type ScalarNode } from '../../server/src/syntax/tree.ts';

/** Strings in HCL, and their texts. */
const CASES: readonly (readonly [what: string, source: string, text: string])[] = [
  ['a quoted string', '"{\\"a\\": \\"${var.x}/*\\"}"', '{"a": "${var.x}/*"}'],
  ['a heredoc', '<<E\n{\n  "a": "${var.x}"\n}\nE', '{\n  "a": "${var.x}"\n}\n'],
  ['an indented heredoc', '<<-E\n    {\n      "a": "${var.x}"\n    }\n  E', '{\n  "a": "${var.x}"\n}\n'],
  ['an escape of a marker', '"${var.x}$${a}"', '${var.x}$${a}'],
];

function expressionBelow(node: Node): ScalarNode | undefined {
  if (node.kind === 'scalar') return node.style === 'expression' ? node : undefined;
  return childrenOf(node)
    .map(expressionBelow)
    .find((one) => one !== undefined);
}

describe('the text of a string in HCL', () => {
  for (const [what, source, expected] of CASES)
    it(`has its characters in the document: ${what}`, () => {
      const tree = parse('file:///main.tf', `locals {\n  a = ${source}\n}\n`, 'hcl');
      const scalar = expressionBelow(tree.roots[0]!) ?? assert.fail('an expression');
      const { expression } = parseScalar(scalar);
      assert.ok(expression.kind === 'template');
      const { text, layer } = templateText(expression, scalar.value)!;
      assert.equal(text, expected);
      const places = layer(tree, scalar);
      for (const [index, character] of [...text].entries()) {
        const written = tree.text.slice(places.outerOffset(index), places.outerEnd!(index + 1));
        assert.equal(written.replace(/^\\/, ''), character, `${index}`);
        assert.equal(places.innerOffset(places.outerOffset(index)), index);
      }
    });
});
