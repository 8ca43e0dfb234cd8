/** The findings in a Terraform directory by its variable files. */
import assert from 'node:assert/strict';
import type { FileAnswer } from '../../server/src/base/snapshot.ts';
import { readConfiguration } from '../../server/src/config/read-configuration.ts';
import type { Analysis, AnalysisOptions } from '../../server/src/engine/analysis.ts';
import { run } from '../../server/src/engine/run.ts';
import { RULES } from '../../server/src/rules/index.ts';
import { EVERYTHING, findingsOf, readerOf, uri, type Files } from './analysis.ts';

const DISK = 'ebs-volume-encryption';
const MAIN = JSON.stringify({
  variable: { e: { type: 'bool', default: true }, other: { default: 'x' } },
  resource: { aws_ebs_volume: { v: { availability_zone: 'a', size: 1, encrypted: '${var.e}' } } },
});
const ON = '{"e": true}';
const OFF = '{"e": false}';

interface Given {
  readonly files: Files;
  /** The names of the files of the options. */
  readonly chosen?: readonly string[];
  readonly configured?: string;
  readonly answers?: Readonly<Record<string, FileAnswer>>;
  readonly options?: Partial<AnalysisOptions>;
}

function analysis({ files, chosen, configured = '', answers, options }: Given): Analysis {
  const { configuration } = readConfiguration(uri('.stackwarden.yaml'), configured);
  const parameterFiles = chosen?.map((name) => ({ name, uri: uri(name) }));
  return run(readerOf({ 'main.tf.json': MAIN, ...files }, answers), [uri('main.tf.json')], {
    ...EVERYTHING,
    rules: new Set([DISK]),
    configuration,
    ...(parameterFiles ? { parameterFiles } : {}),
    ...options,
  });
}

/** What is found of the volume, with where its value comes from, and what is said of what was not read. */
function found(given: Given): readonly string[] {
  const seen = analysis(given);
  const places = ({ related }: { related: readonly { at: { doc: string } }[] }): string =>
    related.map(({ at }) => ` by ${at.doc.slice(uri('').length)}`).join('');
  return [
    ...findingsOf(seen).map((finding) => `${finding.certainty}${places(finding)}`),
    ...seen.incomplete.map(({ doc, reason }) => `${doc.slice(uri('').length) || '.'} ${reason}`),
  ];
}

const UNKNOWN = 'so its values are unknown';

describe('a Terraform directory with selected variable files', () => {
  const rows: Readonly<Record<string, readonly [given: Given, expected: readonly string[]]>> = {
    none: [{ files: { 'prod.tfvars.json': OFF } }, []],
    one: [{ files: { 'p/prod.tfvars.json': OFF }, chosen: ['p/prod.tfvars.json'] }, ['certain by p/prod.tfvars.json']],
    'one whose name says nothing': [{ files: { 'prod.json': OFF }, chosen: ['prod.json'] }, ['certain by prod.json']],
    'one that comes before those that Terraform finds': [
      {
        files: { 'prod.tfvars.json': ON, 'terraform.tfvars.json': OFF, 'z.auto.tfvars.json': OFF },
        chosen: ['prod.tfvars.json'],
      },
      [],
    ],
    'one that leaves the rest to those that Terraform finds': [
      { files: { 'prod.tfvars.json': '{"other": "y"}', 'z.auto.tfvars.json': OFF }, chosen: ['prod.tfvars.json'] },
      ['certain by z.auto.tfvars.json'],
    ],
    'several, of which the last counts': [
      { files: { 'a.tfvars.json': OFF, 'b.tfvars.json': ON }, chosen: ['b.tfvars.json', 'a.tfvars.json'] },
      ['certain by a.tfvars.json'],
    ],
    'several, the other way round': [
      { files: { 'a.tfvars.json': OFF, 'b.tfvars.json': ON }, chosen: ['a.tfvars.json', 'b.tfvars.json'] },
      [],
    ],
    'one for something else': [
      {
        files: { 'prod.tfvars.json': '{"E": false}', 'net.json': '[{"ParameterKey": "e", "ParameterValue": "false"}]' },
        chosen: ['prod.tfvars.json', 'net.json'],
      },
      [],
    ],
    'one in YAML, which is for templates': [{ files: { 'prod.yaml': 'e: false\n' }, chosen: ['prod.yaml'] }, []],
    'one that the configuration names': [
      {
        files: { 'p/prod.tfvars.json': OFF },
        configured: 'parameters: [{templates: "*.tf.json", files: p/prod.tfvars.json}]',
      },
      ['certain by p/prod.tfvars.json'],
    ],
    'one that the configuration names for another directory': [
      {
        files: { 'p.tfvars.json': OFF },
        configured: 'parameters: [{templates: "net/*.tf.json", files: p.tfvars.json}]',
      },
      [],
    ],
    'one in place of those that the configuration names': [
      {
        files: { 'a.tfvars.json': OFF, 'b.tfvars.json': ON },
        chosen: ['b.tfvars.json'],
        configured: 'parameters: [{templates: "*", files: a.tfvars.json}]',
      },
      [],
    ],
    'none at all, because the configuration says so': [
      { files: { 'terraform.tfvars.json': OFF }, configured: 'parameters: [{templates: "*", files: []}]' },
      ['certain by terraform.tfvars.json'],
    ],
    'one that is not there': [
      { files: {}, configured: 'parameters: [{templates: "*", files: p.tfvars.json}]' },
      ['possible by main.tf.json', `p.tfvars.json does not exist, ${UNKNOWN}`],
    ],
    'one that cannot be read': [
      {
        files: { 'terraform.tfvars.json': OFF },
        answers: { 'p.tfvars.json': { kind: 'refused', reason: 'is too large' } },
        chosen: ['p.tfvars.json'],
      },
      ['possible by main.tf.json', 'p.tfvars.json is too large'],
    ],
    "one in Terraform's own syntax": [
      {
        files: { 'p.tfvars': 'e = false', 'terraform.tfvars.json': ON },
        configured: 'parameters: [{templates: "*", files: p.tfvars}]',
      },
      ['certain by p.tfvars'],
    ],
    'one in JSON that is half typed': [
      { files: { 'p.json': '{"e": false, ' }, chosen: ['p.json'] },
      ['certain by p.json', 'p.json cannot be fully parsed, so variables may have other values'],
    ],
    'one that is half typed': [
      { files: { 'p.tfvars.json': '{"e": false, "other": ' }, chosen: ['p.tfvars.json'] },
      ['certain by p.tfvars.json', 'p.tfvars.json cannot be fully parsed, so variables may have other values'],
    ],
    'more than are read': [
      {
        files: Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`${i}.tfvars.json`, OFF])),
        chosen: Array.from({ length: 21 }, (_, i) => `${i}.tfvars.json`),
      },
      ['possible by main.tf.json', 'main.tf.json has more than 20 variable files; the others are not read'],
    ],
  };
  for (const [what, [given, expected]] of Object.entries(rows))
    it(`has the correct findings with ${what}`, () => assert.deepEqual(found(given), expected));

  it('reports that they are used', () => {
    const { documents, dependencies } = analysis({
      files: { 'a.tfvars.json': OFF, 'b.tfvars.json': '{"other": "y"}', 'c.tfvars.json': '{}' },
      chosen: ['a.tfvars.json', 'b.tfvars.json', 'c.tfvars.json'],
    });
    assert.deepEqual(documents[0]!.inputs, { deployments: ['a.tfvars.json and b.tfvars.json'], scenario: [] });
    assert.ok(['a', 'b', 'c'].every((name) => dependencies.get(uri('main.tf.json'))!.has(uri(`${name}.tfvars.json`))));
  });

  it('passes only the arguments of calls to modules', () => {
    const given = {
      files: {
        'main.tf.json': '{"module": {"m": {"source": "./m"}}, "variable": {"e": {}}}',
        'm/main.tf.json': MAIN,
        'p.tfvars.json': OFF,
      },
      chosen: ['p.tfvars.json'],
    };
    assert.deepEqual(found(given), []);
  });

  for (const [file, text] of Object.entries({
    'terraform.tfvars.json': JSON.stringify({ policy: '{"Statement": [{"Effect": "allow"}]}' }),
    'terraform.tfvars': 'policy = <<EOF\n{"Statement": [{"Effect": "allow"}]}\nEOF\n',
  }))
    it(`shows findings on a policy in ${file} at the resource`, () => {
      const main =
        'variable "policy" {\n  type = string\n}\nresource "aws_iam_policy" "p" {\n  policy = var.policy\n}\n';
      const options = { ...EVERYTHING, rules: new Set(['iam-policy-invalid-effect']) };
      const [finding, ...others] = findingsOf(
        run(readerOf({ 'main.tf': main, [file]: text }), [uri('main.tf')], options),
      );
      const written = finding!.related[0]!.at;
      assert.deepEqual(
        [
          others.length,
          main.slice(finding!.at.start, finding!.at.end),
          written.doc,
          text.slice(written.start, written.end).replaceAll(/[\\"]/g, ''),
        ],
        [0, '"p"', uri(file), 'allow'],
      );
    });

  it('offers no fix that changes them', () => {
    const findings = findingsOf(analysis({ files: { 'p.tfvars.json': OFF }, chosen: ['p.tfvars.json'] }));
    assert.deepEqual(
      findings
        .flatMap(({ fixes }) => fixes.flatMap(({ edits }) => edits))
        .filter(({ doc }) => doc !== uri('main.tf.json')),
      [],
    );
  });

  it('never shows the value of a sensitive variable', () => {
    const main = MAIN.replace('"type":"bool"', '"sensitive":true').replace('true}', 'true,"nullable":false}');
    for (const files of [{}, { 'x.auto.tfvars': 'e = "hunter4"\n' }, { 'z.auto.tfvars': 'e = ["hunter5"\n' }]) {
      const seen = analysis({
        files: {
          'main.tf.json': main,
          'p.tfvars.json': '{"e": "hunter2"}',
          'y.auto.tfvars.json': '{"e": "hunter3"}',
          ...files,
        },
        chosen: ['p.tfvars.json'],
        options: { rules: new Set(RULES.map(({ id }) => id)) },
      });
      assert.ok(findingsOf(seen).some(({ rule }) => rule === DISK));
      assert.doesNotMatch(JSON.stringify(seen.documents), /hunter/);
    }
  });
});
