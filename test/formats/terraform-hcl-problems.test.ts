/**
 * Syntax problems of HCL: each is reported once, although the document and its expressions have parsers of their own.
 */
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

describe('a syntax problem of an expression that nothing evaluates is reported once, at its place', () => {
  const cases: readonly (readonly [what: string, text: string, marked: string, message: string])[] = [
    ['a local', 'locals {\n  a = max(1, 2]\n}\n', '(', 'Unbalanced brackets: ( is not closed.'],
    ['an output', 'output "a" {\n  value = var.x +\n}\n', '', 'Expected an expression.'],
    ['a default', 'variable "a" {\n  default = { b = 1 + }\n}\n', '', 'Expected an expression.'],
    [
      'a validation',
      'variable "a" {\n  validation {\n    condition = var.a == \n    error_message = "A."\n  }\n}\n',
      '',
      'Expected an expression.',
    ],
    [
      'an argument',
      'resource "aws_kms_key" "k" {\n  tags = { A = "${var.}" }\n}\n',
      '}',
      'Expected an attribute name.',
    ],
    [
      'a resource of another provider',
      'resource "null_resource" "n" {\n  triggers = !\n}\n',
      '',
      'Expected an expression.',
    ],
    [
      'a lifecycle condition',
      'resource "aws_kms_key" "k" {\n  lifecycle {\n    prevent_destroy = 1 ++ 2\n  }\n}\n',
      '+',
      'Expected an expression.',
    ],
    ['a string', 'locals {\n  a = "\\d"\n}\n', '\\d', 'Invalid escape sequence.'],
    ['a heredoc', 'locals {\n  a = <<E\n  ${a b}\n  E\n}\n', 'b', 'Expected } to close ${.'],
  ];
  for (const [what, text, marked, message] of cases)
    it(what, () => {
      const { problems } = directory({ 'main.tf': text }).analysis.documents[0]!;
      assert.deepEqual(
        problems.map((problem) => [text.slice(problem.at.start, problem.at.end), problem.message]),
        [[marked, message]],
      );
    });

  it('in Terraform JSON, where only templates are expressions', () => {
    const text = {
      locals: { a: '${1 +}', '//': '${1 +}' },
      variable: { a: { default: '${1 +}', description: '${1 +}' } },
      output: { a: { value: '${2 +}', description: '${1 +}' } },
    };
    const { problems } = directory({ 'main.tf.json': text }).analysis.documents[0]!;
    assert.deepEqual(
      problems.map((problem) => problem.message),
      ['Expected an expression.', 'Expected an expression.'],
    );
  });

  it('for a module that is called several times', () => {
    const { analysis } = directory({
      'main.tf': 'module "a" {\n  source = "./m"\n  count = 2\n}\nmodule "b" {\n  source = "./m"\n}\n',
      'm/main.tf': 'locals {\n  a = 1 +\n}\n',
    });
    assert.deepEqual(
      analysis.documents.flatMap(({ problems }) => problems.map(({ at, message }) => [at.doc, message])),
      [['file:///stack/m/main.tf', 'Expected an expression.']],
    );
  });

  it('but not for a reference to something unknown', () => {
    const text = 'locals {\n  a = var.none\n  b = aws_none.none.id\n  c = unknown_function(1)\n}\n';
    assert.deepEqual(directory({ 'main.tf': text }).analysis.documents[0]!.problems, []);
  });
});
