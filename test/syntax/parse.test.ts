/** Which language a document is in. */
import assert from 'node:assert/strict';
import { parse } from '../../server/src/syntax/parse.ts';

type Row = readonly [what: string, doc: string, text: string, language: 'yaml' | 'json' | 'hcl', problems: number];

const ROWS: readonly Row[] = [
  ['a name that says JSON', 'file:///a.json', '{"a": 1}', 'json', 0],
  ['a name that says JSON, whatever is in it', 'file:///a.json', 'a: 1', 'json', 1],
  ['Terraform in JSON', 'file:///main.tf.json', '{"a": 1}', 'json', 0],
  ['an upper-case name', 'file:///A.JSON', '{"a": 1,}', 'json', 1],
  ['a query behind the name', 'git:/a.json?ref=main', '{"a": 1,}', 'json', 1],
  ['a name that says YAML', 'file:///a.yaml', 'a: 1', 'yaml', 0],
  ['JSON in a file that says YAML', 'file:///a.yaml', '{"a": 1}', 'json', 0],
  ['JSON in a template', 'file:///a.template', '\uFEFF\n{"a": 1}', 'json', 0],
  ['YAML in brackets', 'file:///a.yaml', '{a: 1, b: !Ref c}', 'yaml', 0],
  ['YAML in brackets with a comment', 'file:///a.yaml', '{"a": 1} # why', 'yaml', 0],
  ['YAML in brackets on lines of their own', 'file:///a.template', '[\n  a,\n  b\n]\n', 'yaml', 0],
  ['broken JSON in a template', 'file:///a.template', '{\n  "a": {\n    "b": "c\n  }\n}', 'json', 1],
  ['broken YAML in brackets', 'file:///a.template', '{a: [1}', 'yaml', 1],
  ['a Terraform configuration', 'file:///main.tf', 'a = 1', 'hcl', 0],
  ['a Terraform configuration that looks like JSON', 'file:///main.tf', '{"a": 1}', 'hcl', 1],
  ['a configuration for OpenTofu alone', 'file:///main.tofu', 'a = 1', 'hcl', 0],
  ['values of Terraform variables', 'git:/a.auto.tfvars?ref=main', 'a = 1', 'hcl', 0],
  ['other HCL', 'file:///terragrunt.hcl', 'a = 1', 'hcl', 0],
  ['a buffer without a name', 'untitled:1', '{"a": 1}', 'json', 0],
  ['nothing', 'file:///a.yaml', '', 'yaml', 0],
];

describe('the language of a document', () => {
  for (const [what, doc, text, language, problems] of ROWS) {
    it(what, () => {
      const tree = parse(doc, text);
      assert.equal(tree.language, language);
      assert.equal(tree.problems.length, problems);
      assert.equal(tree.text, text);
      assert.equal(tree.doc, doc);
    });
  }

  it('is what it is said to be', () => {
    assert.equal(parse('file:///a.json', '{"a": 1}', 'yaml').language, 'yaml');
    assert.equal(parse('file:///a.yaml', '{"a": 1}', 'json').language, 'json');
  });
});
