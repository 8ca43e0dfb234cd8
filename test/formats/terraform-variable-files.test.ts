import assert from 'node:assert/strict';
import { DEFAULT_CONFIGURATION } from '../../server/src/config/configuration.ts';
import type { AnalysisOptions } from '../../server/src/engine/analysis.ts';
import { variableFileOf } from '../../server/src/formats/terraform/variable-file.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { directory, EVERYTHING, FOLDER, stackOf, valuesAt, valuesOf, type Files } from './terraform-stack.ts';

const MAIN = {
  variable: { e: { default: true }, o: { default: 'x' } },
  resource: { aws_ebs_volume: { v: { availability_zone: 'eu-west-1a', encrypted: '${var.e}' } } },
};
const UNKNOWN = 'an unknown value';

const encrypted = (files: Files): readonly string[] =>
  valuesAt(stackOf({ 'main.tf.json': MAIN, ...files }), 'aws_ebs_volume.v', 'Encrypted');

describe('files with values of variables in a directory', () => {
  const cases: readonly (readonly [what: string, files: Files, values: readonly string[]])[] = [
    ['in JSON', { 'terraform.tfvars.json': { e: false } }, ['false']],
    ['in the syntax of Terraform', { 'terraform.tfvars': 'e = false\n' }, ['false']],
    [
      'in JSON go before those in the syntax of Terraform',
      { 'terraform.tfvars': 'e = true\n', 'terraform.tfvars.json': { e: false } },
      ['false'],
    ],
    [
      'that are automatic go before the others, in the order of their names',
      { 'terraform.tfvars.json': { e: true }, 'a.auto.tfvars.json': { e: true }, 'b.auto.tfvars': 'e = false' },
      ['false'],
    ],
    [
      'of another name do not count',
      { 'prod.tfvars': 'e = false', 'prod.tfvars.json': { e: false } },
      ['true', `${UNKNOWN} when var.e=another value`],
    ],
    ['that cannot be read leave open what they name', { 'terraform.tfvars': 'e = [\n' }, [UNKNOWN]],
    [
      'that cannot be read leave the rest as it is',
      { 'terraform.tfvars': 'o = [\n' },
      ['true', `${UNKNOWN} when var.e=another value`],
    ],
  ];
  for (const [what, files, values] of cases)
    it(what, () =>
      assert.deepEqual(
        encrypted(files).map((value) => value.replace(' when var.e=true', '')),
        values,
      ),
    );
});

describe('chosen files with values of variables', () => {
  const named = (...names: readonly string[]): Partial<AnalysisOptions> => ({
    parameterFiles: names.map((name) => ({ name, uri: FOLDER + name })),
  });
  const configured = (
    files: readonly string[] | undefined,
    values: Readonly<Record<string, string>> = {},
  ): Partial<AnalysisOptions> => ({
    configuration: {
      ...DEFAULT_CONFIGURATION,
      parameters: [
        {
          folder: FOLDER.slice(0, -1),
          templates: '*.tf.json',
          ...(files ? { files: files.map((name) => ({ name, uri: FOLDER + name })) } : {}),
          values: new Map(
            Object.entries(values).map(([name, text]) => [
              name,
              { text, at: { doc: `${FOLDER}.stackwarden.yaml`, start: 0, end: 0 } },
            ]),
          ),
        },
      ],
    },
  });

  /** The certain findings about encryption, and what is said of files. */
  function resultsFor(files: Files, options: Partial<AnalysisOptions>): readonly string[] {
    const { analysis } = directory(
      { 'main.tf.json': MAIN, ...files },
      { ...EVERYTHING, rules: new Set(['ebs-volume-encryption']), ...options },
    );
    return [
      ...analysis.documents.flatMap(({ findings }) =>
        findings
          .filter(({ certainty }) => certainty === 'certain')
          .map(({ related }) => related.map(({ at, message }) => `${at.doc.slice(FOLDER.length)}: ${message}`).join()),
      ),
      ...analysis.incomplete.map(({ doc, reason }) => `${doc.slice(FOLDER.length)} ${reason}`),
    ];
  }

  const files = {
    'prod.tfvars.json': { e: false },
    'terraform.tfvars.json': { e: true },
    'dev.tfvars': 'e = true\n',
    'other.tfvars': 'z = 1\n',
    'half.tfvars': 'e = {\n',
  };
  const FOUND = 'prod.tfvars.json: The value comes from var.e.';
  const cases: readonly (readonly [what: string, options: Partial<AnalysisOptions>, expected: readonly string[]])[] = [
    ['count before those in the directory', named('prod.tfvars.json'), [FOUND]],
    ['count together, the last one first', named('prod.tfvars.json', 'dev.tfvars'), []],
    ['count together, whatever the first says', named('dev.tfvars', 'prod.tfvars.json'), [FOUND]],
    ['do not count where they name no variable', named('other.tfvars'), []],
    [
      'are said to be read in part',
      named('half.tfvars'),
      ['half.tfvars cannot be fully parsed, so variables may have other values'],
    ],
    ['are said not to be there', named('none.tfvars'), ['none.tfvars does not exist, so its values are unknown']],
    ['can be configured', configured(['prod.tfvars.json']), [FOUND]],
    ['go before those of the configuration', { ...configured(['prod.tfvars.json']), ...named('dev.tfvars') }, []],
    [
      'leave single values to the configuration',
      configured(['dev.tfvars'], { e: 'false' }),
      ['.stackwarden.yaml: The value comes from var.e.'],
    ],
  ];
  for (const [what, options, expected] of cases) it(what, () => assert.deepEqual(resultsFor(files, options), expected));

  it('leave the defaults open where they cannot be read', () => {
    const { analysis } = directory(
      { 'main.tf.json': { ...MAIN, variable: { e: { default: false } } } },
      { ...EVERYTHING, rules: new Set(['ebs-volume-encryption']), ...named('none.tfvars') },
    );
    assert.deepEqual(
      analysis.documents.flatMap(({ findings }) => findings.map(({ certainty }) => certainty)),
      ['possible'],
    );
  });

  it('are named in the report', () => {
    const { analysis } = directory(
      { 'main.tf.json': MAIN, ...files },
      { ...EVERYTHING, ...named('dev.tfvars', 'prod.tfvars.json', 'other.tfvars') },
    );
    assert.deepEqual(analysis.documents.find(({ doc }) => doc.endsWith('main.tf.json'))?.inputs?.deployments, [
      'dev.tfvars and prod.tfvars.json',
    ]);
  });
});

describe('the syntax of files with values of variables', () => {
  const read = (text: string): Readonly<Record<string, readonly string[]>> =>
    Object.fromEntries(
      [...variableFileOf(parse('file:///x.tfvars', text, 'hcl')).values].map(([name, value]) => [
        name,
        valuesOf(value),
      ]),
    );

  it('has literals, lists, objects and comments', () => {
    const text =
      '# values\na = "x"\nb=1\n"c" = true // yes\nd = [\n  "y",\n  2,\n]\ne = { f = "z", "g": null }\n/* end */\nh = <<EOT\nline\nEOT\n';
    assert.deepEqual(read(text), { a: ['x'], b: ['1'], c: ['true'], d: ['a list'], e: ['an object'], h: ['line\n'] });
  });

  it('has nothing that refers to something', () =>
    assert.deepEqual(read('a = var.b\nc = "${local.d}"\n'), { a: [UNKNOWN], c: [UNKNOWN] }));
  it('is read as far as names go where it is broken', () =>
    assert.deepEqual(read('a = 1\nb {\nc = [\n'), { a: ['1'], b: [UNKNOWN], c: [UNKNOWN] }));
  it('may be empty', () => assert.deepEqual(read(''), {}));

  it('has places in the file', () => {
    const text = 'a = [\n  "0.0.0.0/0"\n]';
    const value = variableFileOf(parse('file:///x.tfvars', text, 'hcl')).values.get('a')!;
    assert.ok(value.state === 'list');
    const { use } = value.items[0]!.value.origin;
    assert.equal(text.slice(use.start, use.end), '"0.0.0.0/0"');
  });
});
