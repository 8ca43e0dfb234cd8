/**
 * Reading takes steps in proportion to the text, however it is broken and however long its lines are: what somebody
 * could make to keep an editor busy.
 */
import assert from 'node:assert/strict';
import { parse } from '../../server/src/syntax/parse.ts';
import { charactersRead, stepsOf } from '../kit/steps.ts';

/** What is repeated, behind and in front of something else. */
interface Family {
  readonly doc: 't.json' | 't.yaml' | 't.tf';
  readonly before?: string;
  /** Made of the number of the repetition. */
  readonly each: (index: number) => string;
  readonly behind?: string;
}

const TEMPLATE = 'Resources:\n  A:\n    Type: AWS::S3::Bucket\n    Properties:\n      BucketName: ';

const FAMILIES: Readonly<Record<string, Family>> = {
  'keys with colons in the place of values, on one line': { doc: 't.json', each: () => '"a": ' },
  'brackets that close nothing, on one line': { doc: 't.json', before: '{\n', each: () => '] ' },
  'brackets that are not closed, on one line behind spaces': { doc: 't.json', before: '{\n    ', each: () => '[ ' },
  'braces and brackets that do not match, on one line': { doc: 't.json', before: '[\n', each: () => '{]' },
  'quotes that are one too many': { doc: 't.json', before: '{\n', each: () => '""a' },
  'strings without commas': { doc: 't.json', before: '[', each: () => '"a" ' },
  commas: { doc: 't.json', before: '[', each: () => ',' },
  'comments that are not closed': { doc: 't.json', before: '[', each: () => '/*' },
  members: { doc: 't.json', before: '{', each: (index) => `"k${index}": {"a": 1},`, behind: '"z": 1}' },
  escapes: { doc: 't.json', before: '{"a": "', each: () => '\\u0041\\n', behind: '"}' },
  keys: { doc: 't.yaml', each: (index) => `k${index}: v\n` },
  'members of a flow map': { doc: 't.yaml', before: 'a: {', each: (index) => `k${index}: v, `, behind: '}\n' },
  'items of a flow list on lines of their own': {
    doc: 't.yaml',
    before: 'a: [',
    each: () => '\n  b,',
    behind: '\n]\n',
  },
  'anchors with aliases': { doc: 't.yaml', before: 'a:\n', each: (index) => `  - &a${index} v\n  - *a${index}\n` },
  'aliases of aliases': {
    doc: 't.yaml',
    before: 'a:\n  - &a0 [x, x]\n',
    each: (index) => `  - &a${index + 1} [*a${index}, *a${index}]\n`,
  },
  tags: { doc: 't.yaml', before: 'a:\n', each: (index) => `  - !t${index} v\n` },
  documents: { doc: 't.yaml', each: (index) => `---\na: ${index}\n` },
  comments: { doc: 't.yaml', before: 'a: b\n', each: () => '  # c\n' },
  'words of one scalar': { doc: 't.yaml', before: TEMPLATE, each: () => 'x y ', behind: '\n' },
  'placeholders of one string': {
    doc: 't.yaml',
    before: `${TEMPLATE}!Sub "`,
    each: (index) => `\${a${index}}`,
    behind: '"\n',
  },
  'blocks of HCL': {
    doc: 't.tf',
    each: (index) =>
      `resource "t" "n${index}" {\n  a = { b = [1, "c"], d = "\${e}" } # f\n  g {\n    h = <<EOT\ni\nEOT\n  }\n}\n`,
  },
  'parentheses that are closed': { doc: 't.tf', before: 'a = ', each: () => '((1) + ', behind: '1' },
  'parentheses that are not closed': { doc: 't.tf', before: 'a = ', each: () => '(' },
  'parentheses that are not closed, on lines': { doc: 't.tf', before: 'a = ', each: () => '(\n' },
  'lists that are not closed, each in an argument': { doc: 't.tf', each: () => 'a = [\n' },
  'blocks that are not closed': { doc: 't.tf', each: () => 'a {\n' },
  'blocks that are not closed, on one line': { doc: 't.tf', each: () => 'a { ' },
  'braces that close nothing, on one line of HCL': { doc: 't.tf', each: () => '} ' },
  'values and brackets that are no arguments, on one line': { doc: 't.tf', each: () => '"x" ] } ' },
  'heredocs that are not closed': { doc: 't.tf', each: () => 'a = <<EOT\nx\n' },
  'heredocs that are not closed, each with its marker': { doc: 't.tf', each: (index) => `a = <<E${index}\nx\n` },
  'heredocs in heredocs': { doc: 't.tf', before: 'a = ', each: () => '<<E\n${' },
  'quotes that are not closed': { doc: 't.tf', each: () => 'a = ["\n' },
  'labels that are not closed': { doc: 't.tf', each: () => 'a "b {\n' },
  'comments behind names that are not closed': { doc: 't.tf', each: () => 'a /*\n' },
  'the same in a heredoc': { doc: 't.tf', before: 'a = <<EOT\n', each: () => 'a /*\n', behind: '*/' },
  'items of a tuple on one line': { doc: 't.tf', before: 'a = [', each: () => '"x", ', behind: ']' },
  'objects in a tuple': { doc: 't.tf', before: 'a = [', each: () => '{ a = 1 }\n, ', behind: ']' },
  'interpolations of one string': { doc: 't.tf', before: 'a = "', each: (index) => `\${a${index}}`, behind: '"' },
  'interpolations that are not closed': { doc: 't.tf', before: 'a = "', each: () => '${' },
  'names alone': { doc: 't.tf', each: () => 'a\n' },
  'lines of a block scalar': { doc: 't.yaml', before: `${TEMPLATE}|\n`, each: () => '        a: b\n' },
};

function textOf({ before = '', each, behind = '' }: Family, size: number): string {
  let text = before;
  for (let index = 0; text.length < size; index++) text += each(index);
  return text + behind;
}

describe('reading a text of many', function () {
  this.timeout(120_000);

  for (const [what, family] of Object.entries(FAMILIES))
    it(`${what} takes steps in proportion`, () => {
      const [small, large] = [textOf(family, 3_000), textOf(family, 12_000)];
      const work = (text: string) => (): unknown =>
        parse(`file:///${family.doc}`, text, family.doc === 't.tf' ? 'hcl' : undefined);
      const read = (text: string): number => charactersRead(work(text)) + stepsOf(work(text)).scanned;
      const [before, after] = [read(small), read(large)];
      assert.ok(
        after <= 1.2 * (large.length / small.length) * before,
        `${before} characters read become ${after} where the text grows from ${small.length} to ${large.length}`,
      );
    });
});
