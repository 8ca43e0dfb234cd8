/** Syntax problems of HCL: each is reported once, although the document and its expressions have parsers of their own. */
import assert from 'node:assert/strict';
import { directory } from './terraform-stack.ts';

describe('a syntax problem of HCL is reported once', () => {
  const cases: readonly (readonly [what: string, value: string, message: string])[] = [
    ['for an argument without a value', '', 'Invalid expression: expected a value after =.'],
    ['for a string that is not closed', '"a', 'Invalid multi-line string: the string is not closed on its line.'],
    ['for a bracket that is not closed', 'max(1', 'Unbalanced brackets: ( is not closed.'],
    ['for an operator without an operand', '1 +', 'Expected an expression.'],
  ];
  for (const [what, value, message] of cases)
    it(what, () => {
      const text = `resource "aws_kms_key" "k" {\n  enable_key_rotation = ${value}\n}\n`;
      const { problems } = directory({ 'main.tf': text }).analysis.documents[0]!;
      assert.deepEqual(
        problems.map((problem) => problem.message),
        [message],
      );
    });
});
