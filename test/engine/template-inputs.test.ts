/** The inputs of a template: its parameter files, the configuration, and a scenario. */
import assert from 'node:assert/strict';
import type { FileAnswer } from '../../server/src/base/snapshot.ts';
import { readConfiguration } from '../../server/src/config/read-configuration.ts';
import type { ReadingOptions } from '../../server/src/engine/analysis.ts';
import { Documents } from '../../server/src/engine/documents.ts';
import { givenBy } from '../../server/src/engine/given.ts';
import { filesBeside } from '../../server/src/formats/cloudformation/parameter-files.ts';
import { ParseCache } from '../../server/src/engine/parse-cache.ts';
import { collect } from '../../server/src/engine/run.ts';
import { loadInputs, type LoadedInputs } from '../../server/src/formats/cloudformation/load-inputs.ts';
import { analysed, EVERYTHING, readerOf, uri, type Files } from './analysis.ts';

const NET = `Parameters:
  Stage: {Type: String, AllowedValues: [dev, prod], Default: dev}
  Cidr: {Type: String}
  Password: {Type: String, NoEcho: true, Default: hunter2}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Resources:
  Topic: {Type: AWS::SNS::Topic}
`;

interface CaseOptions extends Partial<ReadingOptions> {
  readonly answers?: Readonly<Record<string, FileAnswer>>;
  /** The text of `.stackwarden.yaml`. */
  readonly configured?: string;
}

function loaded(files: Files, { answers, configured, ...more }: CaseOptions = {}, template = 'net.yaml'): LoadedInputs {
  const { configuration, problems } = readConfiguration(uri('.stackwarden.yaml'), configured ?? '');
  assert.deepEqual(problems, []);
  const options: ReadingOptions = { ...EVERYTHING, configuration, ...more };
  const cache = new ParseCache();
  const documents = new Documents(
    collect(readerOf({ [template]: NET, ...files }, answers), [uri(template)], options, cache),
    cache,
  );
  return loadInputs(documents, documents.tree(uri(template))!, givenBy(options))!;
}

/** Each deployment as NAME: PARAMETER=TEXT …, with `?` behind those of which it says nothing. */
function deployments({ inputs }: LoadedInputs): readonly string[] {
  return inputs.deployments.map(
    ({ name, parameters, open }) =>
      `${name}: ${[...[...parameters].map(([parameter, { text }]) => `${parameter}=${text}`), ...[...(open ?? [])].map((parameter) => `${parameter}?`)].join(' ')}`,
  );
}

const names = (files: readonly string[]): readonly string[] =>
  files.map((file) => decodeURIComponent(file.slice(uri('').length)));

describe('the parameter files next to a template', () => {
  const beside = (template: string, ...others: readonly string[]): readonly string[] =>
    names(filesBeside(uri(template), [template, ...others].map(uri)));

  for (const file of [
    'net.parameters.json',
    'net-parameters.json',
    'net.params.json',
    'net-params.json',
    'net.parameters.yaml',
    'net-params.yml',
    'net.prod.parameters.json',
    'net-prod-params.yaml',
    'net.prod-params.json',
    'net.parameters.prod.json',
    'net-parameters-prod.json',
    'net-params-eu1.yml',
  ])
    it(`include ${file}`, () => {
      for (const template of [
        'net.yaml',
        'net.yml',
        'net.json',
        'net.template',
        'net.template.yaml',
        'net.template.json',
      ])
        assert.deepEqual(beside(template, file), [file], template);
    });

  for (const file of [
    'parameters.json',
    'params.json',
    'net.json',
    'net2-params.json',
    'netparams.json',
    'net-params',
    'net-params.txt',
    'net-params.json.bak',
    'xnet-params.json',
    'net_params.json',
    'net-prod-eu-params.json',
    'net-params-prod-eu.json',
    'net-parameterstore.json',
    'net-prod.json',
    'network-params.json',
    'net.params.json~',
    '.net.params.json',
    'net-parameter.json',
  ])
    it(`do not include ${file}`, () => {
      assert.deepEqual(beside('net.yaml', file), []);
    });

  it('belong to the template with the longest name', () => {
    const files = ['net-prod.yaml', 'net-prod-params.json', 'net-params.json', 'net-dev-params.json'];
    assert.deepEqual(beside('net.yaml', ...files), ['net-params.json', 'net-dev-params.json']);
    assert.deepEqual(names(filesBeside(uri('net-prod.yaml'), ['net.yaml', ...files].map(uri))), [
      'net-prod-params.json',
    ]);
  });

  it('are found if their names are encoded', () => {
    assert.deepEqual(beside('my%20net.yaml', 'my%20net.params.json'), ['my net.params.json']);
  });

  it('are found with one listing of a folder for all of its templates', () => {
    const listing = Array.from({ length: 5000 }, (_, index) => [
      uri(`t${index}.yaml`),
      uri(`t${index}-params.json`),
    ]).flat();
    for (let index = 0; index < 5000; index++) assert.equal(filesBeside(uri(`t${index}.yaml`), listing).length, 1);
  });
});

describe('the deployments of a template', () => {
  it('are unknown without a parameter file', () => {
    const { inputs, seen, dependencies, incomplete, problems } = loaded({});
    assert.deepEqual(
      [inputs, seen, incomplete, problems],
      [{ deployments: [] }, { deployments: [], scenario: [] }, [], []],
    );
    assert.deepEqual(dependencies, ['file:///w']);
  });

  it('are one per file next to the template', () => {
    const found = loaded({
      'net.dev.params.json': '{"Stage": "dev"}',
      'net.prod.params.json':
        '[{"ParameterKey": "Stage", "ParameterValue": "prod"}, {"ParameterKey": "Cidr", "UsePreviousValue": true}]',
    });
    assert.deepEqual(deployments(found), ['net.dev.params.json: Stage=dev', 'net.prod.params.json: Stage=prod Cidr?']);
    assert.deepEqual(names(found.dependencies.slice(1)), ['net.dev.params.json', 'net.prod.params.json']);
  });

  it('do not include files next to the template with other contents', () => {
    const files = {
      'net.a.params.json': '{"Other": "x"}',
      'net.b.params.json': '{"Stage": {"value": "x"}}',
      'net.c.params.json': 'Resources: {Stage: x}',
      'net.d.params.json': '["Stage", "prod"]',
      'net.e.params.json': '',
      'net.f.params.yaml': 'template-file-path: stacks/other.yaml\nparameters: {Stage: prod}\n',
    };
    const { inputs, incomplete, problems } = loaded(files);
    assert.deepEqual([inputs.deployments, incomplete, problems], [[], [], []]);
  });

  it('include a deployment file that names the template', () => {
    assert.deepEqual(
      deployments(
        loaded({ 'net-params-prod.yaml': 'template-file-path: stacks/net.yaml\nparameters: {Stage: prod}\n' }),
      ),
      ['net-params-prod.yaml: Stage=prod'],
    );
  });

  it('include only the files that the configuration names', () => {
    const files = {
      'net.params.json': '{"Stage": "beside"}',
      'params/dev.json': '{"Stage": "dev"}',
      'params/p%20r%2Bod.yaml': 'Stage: prod\nOther: x\n',
    };
    const found = loaded(files, {
      configured: 'parameters:\n  - templates: net.yaml\n    files: [params/dev.json, "./params/p r+od.yaml"]\n',
    });
    assert.deepEqual(
      found.inputs.deployments.map(({ name, parameters }) => [name, parameters.get('Stage')?.text]),
      [
        ['params/dev.json', 'dev'],
        ['./params/p r+od.yaml', 'prod'],
      ],
    );
  });

  it('include a single file that the configuration names', () => {
    assert.deepEqual(
      deployments(
        loaded(
          { 'params/dev.json': '{"Stage": "dev"}' },
          { configured: 'parameters: [{templates: "*.yaml", files: params/dev.json}]' },
        ),
      ),
      ['params/dev.json: Stage=dev'],
    );
  });

  it('include the files of the last entry with files', () => {
    const configured =
      'parameters:\n  - {templates: "*.yaml", files: a.json}\n  - {templates: net.yaml, files: b.json}\n  - {templates: net.yaml, values: {Cidr: c}}\n  - {templates: other.yaml, files: a.json}\n';
    assert.deepEqual(deployments(loaded({ 'a.json': '{"Stage": "a"}', 'b.json': '{"Stage": "b"}' }, { configured })), [
      'b.json: Stage=b Cidr=c',
    ]);
  });

  it('are unknown if the configuration names no files', () => {
    const { inputs, dependencies } = loaded(
      { 'net.params.json': '{"Stage": "beside"}' },
      { configured: 'parameters: [{templates: "*", files: []}]' },
    );
    assert.deepEqual([inputs.deployments, dependencies], [[], []]);
  });

  it('have the values of the configuration instead of those in files', () => {
    const files = {
      'net.a.params.json': '{"Stage": "dev", "Cidr": "a"}',
      'net.b.params.json': '[{"ParameterKey": "Stage", "UsePreviousValue": true}]',
    };
    assert.deepEqual(
      deployments(
        loaded(files, {
          configured:
            'parameters:\n  - {templates: "*.yaml", values: {Stage: dev}}\n  - {templates: net.yaml, values: {Stage: prod}}\n',
        }),
      ),
      ['net.a.params.json: Stage=prod Cidr=a', 'net.b.params.json: Stage=prod'],
    );
  });

  it('have values of the configuration while other parameters remain unknown', () => {
    assert.deepEqual(
      deployments(
        loaded(
          {},
          { configured: 'parameters: [{templates: net.yaml, values: {Stage: prod, On: True, List: [a, 1]}}]' },
        ),
      ),
      ['.stackwarden.yaml: Stage=prod On=true List=a,1 Cidr? Password?'],
    );
  });

  it('do not have values that the configuration sets for other templates and parameters', () => {
    assert.deepEqual(
      deployments(
        loaded(
          {},
          {
            configured:
              'parameters: [{templates: other.yaml, values: {Stage: prod}}, {templates: net.yaml, values: {Other: x}}]',
          },
        ),
      ),
      [],
    );
  });

  it('include only the requested files', () => {
    const files = { 'net.params.json': '{"Stage": "beside"}', 'asked.json': '{"Stage": "asked"}' };
    assert.deepEqual(
      deployments(
        loaded(files, {
          parameterFiles: [{ name: 'a/asked.json', uri: uri('asked.json') }],
          configured: 'parameters: [{templates: net.yaml, files: net.params.json}]',
        }),
      ),
      ['a/asked.json: Stage=asked'],
    );
  });

  it('are not searched for if the template has no parameters', () => {
    const { dependencies, inputs } = loaded(
      { 'other.yaml': 'Resources: {T: {Type: AWS::SNS::Topic}}\n', 'other.params.json': '{"Stage": "x"}' },
      { configured: 'parameters: [{templates: other.yaml, files: gone.json}]' },
      'other.yaml',
    );
    assert.deepEqual([inputs.deployments, dependencies], [[], []]);
  });

  for (const [what, answers, files, reason] of [
    ['a file that does not exist', {}, {}, 'does not exist, so its values are unknown'],
    [
      'a file outside of the root',
      { 'p.json': { kind: 'refused', reason: 'is outside the root folder /w' } },
      {},
      'is outside the root folder /w',
    ],
    ['a file that is something else', {}, { 'p.json': '[1]' }, 'is not a parameter file, so its values are unknown'],
    [
      'a file that is broken',
      {},
      { 'p.json': '{"Stage": "prod", "Cidr": "' },
      'cannot be fully parsed, so parameters may have other values',
    ],
    [
      'a file in which a value cannot be read',
      {},
      { 'p.json': '{"Stage": "prod", "Cidr": {}}' },
      'cannot be fully parsed, so parameters may have other values',
    ],
  ] as const)
    it(`are incomplete because of ${what}`, () => {
      const { incomplete } = loaded(files, {
        answers,
        configured: 'parameters: [{templates: net.yaml, files: p.json}]',
      });
      assert.deepEqual(incomplete, [{ doc: uri('p.json'), reason }]);
    });

  it('include at most twenty files, and report that', () => {
    const { inputs, incomplete } = loaded(
      Object.fromEntries(Array.from({ length: 25 }, (_, index) => [`net.s${index}.params.json`, '{"Stage": "dev"}'])),
    );
    assert.equal(inputs.deployments.length, 20);
    assert.deepEqual(
      incomplete.map(({ reason }) => reason),
      ['has more than 20 parameter files; the others are not read'],
    );
  });

  it('are in the analysis of the template and of the file', () => {
    const { documents, incomplete, dependencies } = analysed({
      'net.yaml': NET,
      'net.params.json': '{"Stage": "prod", "Cidr": {}}',
    });
    const [template, values] = documents;
    assert.deepEqual(template?.inputs, { deployments: ['net.params.json'], scenario: [] });
    assert.deepEqual(
      values?.problems.map(({ at, kind }) => [at.start, at.end, kind]),
      [[26, 28, 'document']],
    );
    assert.equal(incomplete.length, 1);
    assert.deepEqual([...dependencies.get(uri('net.yaml'))!], [uri('net.yaml'), 'file:///w', uri('net.params.json')]);
  });

  it('are checked if only the file is named and it is unambiguous', () => {
    const {
      documents: [file],
    } = analysed({ 'x.json': '[{"ParameterKey": "Stage"}, {"ParameterKey": "B", "ParameterValue": "b"' });
    assert.equal(file?.reason, 'parameter values, which are read with the template that they are for');
    assert.deepEqual(
      file?.problems.filter(({ kind }) => kind === 'document').map(({ message }) => message),
      ['Stage has no ParameterValue, so its value is unknown.'],
    );
    assert.ok(file.problems.some(({ kind }) => kind === 'syntax'));
  });
});

describe('a scenario', () => {
  const chosen = (
    ...terms: readonly (readonly [name: string, value: string, kind?: 'condition' | 'parameter'])[]
  ): LoadedInputs =>
    loaded({}, { scenario: terms.map(([name, value, kind]) => ({ name, value, ...(kind ? { kind } : {}) })) });
  const inputsOf = ({ seen }: LoadedInputs): readonly string[] =>
    seen.scenario.map(({ kind, name, value }) => `${kind} ${name}=${value}`);

  it('applies to a template as far as it has its names', () => {
    const found = chosen(['IsProd', 'True'], ['Stage', 'prod'], ['Gone', 'true'], ['Cidr', '10.0.0.0/8']);
    assert.deepEqual(found.inputs.scenario, {
      conditions: new Map([['IsProd', true]]),
      parameters: new Map([
        ['Stage', 'prod'],
        ['Cidr', '10.0.0.0/8'],
      ]),
    });
    assert.deepEqual(inputsOf(found), ['condition IsProd=true', 'parameter Stage=prod', 'parameter Cidr=10.0.0.0/8']);
  });

  it('is undefined if the template has none of its names', () => {
    for (const found of [
      chosen(['Gone', 'true']),
      chosen(['IsProd', 'true', 'parameter']),
      chosen(['Stage', 'prod', 'condition']),
      chosen(['IsProd', 'maybe']),
    ]) {
      assert.equal(found.inputs.scenario, undefined);
      assert.deepEqual(inputsOf(found), []);
    }
  });

  it('can include a pseudo parameter', () => {
    assert.deepEqual(inputsOf(chosen(['AWS::Region', 'eu-west-1'])), ['parameter AWS::Region=eu-west-1']);
  });

  it('does not show the value of a secret parameter', () => {
    const found = chosen(['Password', 'hunter2']);
    assert.equal(found.inputs.scenario?.parameters.get('Password'), 'hunter2');
    assert.deepEqual(inputsOf(found), ['parameter Password=a secret value']);
  });
});
