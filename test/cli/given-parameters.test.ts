/** Parameter values from the command line. */
import assert from 'node:assert/strict';
import { makeFolder } from '../host/workspace.ts';
import { call, type Called } from './call.ts';

const TEMPLATE = `Parameters:
  Stage: {Type: String, AllowedValues: [dev, prod], Default: dev}
  Key: {Type: String, NoEcho: true}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Resources:
  Disk:
    Type: AWS::EC2::Volume
    Properties: {AvailabilityZone: a, Size: 1, Encrypted: !If [IsProd, true, false]}
`;

const DIRECTORY = JSON.stringify({
  variable: { encrypted: { type: 'bool', default: true }, key: { sensitive: true }, tags: {} },
  resource: {
    aws_ebs_volume: { v: { availability_zone: 'a', size: 1, encrypted: '${var.encrypted}', kms_key_id: '${var.key}' } },
  },
});

describe('stackwarden lint, told of parameters', () => {
  let folder: ReturnType<typeof makeFolder>;
  beforeEach(() => {
    folder = makeFolder({
      'w/.git/HEAD': '',
      'w/net.yaml': TEMPLATE,
      'w/other.yaml': 'Resources: {Topic: {Type: AWS::SNS::Topic}}\n',
      'w/prod.json': '{"Stage": "prod", "Key": "hunter2"}',
      'w/beside/net.yaml': TEMPLATE,
      'w/beside/net.params.json': '{"Stage": "prod", "Key": "hunter2"}',
      'w/tf/main.tf.json': DIRECTORY,
      'w/tf/prod.tfvars.json': '{"encrypted": false, "key": "hunter2", "tags": {"a": {"b": 1}}}',
      'w/tf/dev.tfvars': 'encrypted = false\n',
      'w/tf/half.tfvars': 'encrypted = [\n',
      'on.tfvars.json': '{"encrypted": true}',
      'bad.tfvars.json': '{"encrypted": false, "key": "hunter2", ',
      'list.tfvars.json': '["encrypted=false"]',
      'outside.yaml': 'Stage: prod\n',
      'dev.yaml': '- {ParameterKey: Stage, ParameterValue: dev}\n',
      'none.json': '[1]',
      'bad.json':
        '[{"ParameterKey": "Stage", "ParameterValue": "prod"}, {"ParameterKey": "Key", "ParameterValue": {"hunter2": "hunter2"}}]',
    });
  });
  afterEach(() => folder.remove());
  const lint = (...args: string[]): Called => call(['lint', ...args], { cwd: folder.at('w') });
  const files = ({
    out,
  }: Called): readonly { path: string; findings: readonly unknown[]; deployments: unknown; scenario: unknown }[] =>
    (JSON.parse(out) as { files: [] }).files;

  it('looks at one scenario, and says so', () => {
    assert.match(lint('net.yaml').out, /^1 finding in 1 file/m);
    const { code, out, err } = lint('net.yaml', '--scenario', 'IsProd=true', '--scenario', 'Key=hunter2');
    assert.deepEqual(
      [code, out, err],
      [0, 'No findings in 1 file.\nChecked only the scenario where IsProd is true and Key is a secret value.\n', ''],
    );
  });

  it('tells programs what was looked at', () => {
    const [first, second] = files(
      lint(
        'net.yaml',
        'other.yaml',
        '--format',
        'json',
        '--scenario',
        'IsProd=false',
        '--scenario',
        'Stage=dev',
        '--parameters',
        'prod.json',
      ),
    );
    assert.deepEqual(
      [first?.deployments, first?.scenario],
      [
        ['prod.json'],
        [
          { kind: 'condition', name: 'IsProd', value: false },
          { kind: 'parameter', name: 'Stage', value: 'dev' },
        ],
      ],
    );
    assert.deepEqual([second?.deployments, second?.scenario], [[], []]);
  });

  it('says which names no template has', () => {
    const { code, err } = lint(
      'net.yaml',
      'other.yaml',
      '--scenario',
      'IsProd=true',
      '--scenario',
      'IsPrd=true',
      '--scenario',
      'IsProd=yes',
    );
    assert.equal(code, 0);
    assert.deepEqual(
      err,
      'stackwarden: --scenario: No template has a condition or parameter named IsPrd that can have this value.\n',
    );
    assert.match(
      lint('net.yaml', '--scenario', 'IsProd=yes').err,
      /No template has a parameter named IsProd that can have this value\. Conditions are true or false\.$/m,
    );
  });

  it('takes the values from files, wherever they are', () => {
    assert.match(lint('net.yaml').out, /^1 finding/m);
    assert.equal(lint('net.yaml', '--parameters', 'prod.json').out, 'No findings in 1 file.\n');
    assert.equal(lint('net.yaml', '--parameters', '../outside.yaml').out, 'No findings in 1 file.\n');
    assert.match(
      lint('net.yaml', '--parameters', 'prod.json', '--parameters', '../dev.yaml').out,
      /^ {2}Parameters from prod\.json, \.\.\/dev\.yaml$/m,
    );
  });

  it('takes them in place of those beside the template', () => {
    assert.equal(lint('beside/net.yaml').out, 'No findings in 1 file.\n');
    assert.match(lint('beside/net.yaml', '--parameters', '../dev.yaml').out, /^1 finding/m);
  });

  it('leads to what a configuration pins, wherever that is', () => {
    const other = makeFolder({
      'c.yaml': 'parameters:\n  - templates: net.yaml\n    values: {Stage: dev, Off: false}\n',
    });
    try {
      const template = TEMPLATE.replace('Conditions:', '  Off: {Type: String}\nConditions:').replace(
        '!If [IsProd, true, false]',
        '!Ref Off',
      );
      const { out } = call(
        ['lint', '--format', 'json', '--stdin-filename', 'net.yaml', '--config', other.at('c.yaml')],
        { cwd: folder.at('w'), stdin: template },
      );
      const [file] = (
        JSON.parse(out) as {
          files: readonly { findings: readonly { related: readonly { path: string; range: { start: object } }[] }[] }[];
        }
      ).files;
      assert.deepEqual(
        file?.findings[0]?.related.map(({ path, range }) => [path, range.start]),
        [[other.at('c.yaml'), { line: 2, character: 30 }]],
      );
    } finally {
      other.remove();
    }
  });

  it('says what is wrong in such a file and shows nothing of it, and what it says all the same counts', () => {
    const { code, out, err } = lint('net.yaml', '--parameters', '../bad.json');
    assert.equal(code, 2);
    assert.match(out, /No findings in 1 file\./);
    assert.match(err, /^problem {2}\S+\/bad\.json:1:\d+\n {2}Key is not a string/m);
    assert.doesNotMatch(`${out}${err}`, /hunter2/);
  });

  for (const [what, configuration, shown] of [
    [
      'on one line',
      'parameters:\n  - {templates: net.yaml, values: {Key: hunter2, Stage: {a: hunter2}}}\n',
      /\| {3}- \{templates: net\.yaml, values: \*+\}$/m,
    ],
    [
      'over several lines',
      'parameters:\n  - templates: net.yaml\n    values:\n      Key: hunter2\n      Stage: {a: hunter2}\n',
      /^ {2}Expected "Stage" to be a string[^|]*$/,
    ],
  ] as const)
    it(`shows no value that a configuration pins, ${what}`, () => {
      const other = makeFolder({ 'net.yaml': TEMPLATE, '.stackwarden.yaml': configuration });
      try {
        const { code, out, err } = call(['lint'], { cwd: other.path });
        assert.equal(code, 2);
        assert.match(err.replace(/^problem {2}\.stackwarden\.yaml:\d+:\d+\n/, ''), shown);
        assert.doesNotMatch(`${out}${err}`, /hunter2/);
      } finally {
        other.remove();
      }
    });

  it('says what is wrong in a parameter file that is to be checked, and shows nothing of it', () => {
    const { out, err } = call(['lint', 'bad.json'], { cwd: folder.path });
    assert.match(err, /bad\.json was not checked: parameter values, which are read with the template/);
    assert.match(out, /^problem {2}bad\.json:1:\d+$/m);
    assert.doesNotMatch(`${out}${err}`, /hunter2/);
  });

  it('gives them to the variables of Terraform, the last file first, wherever they are', () => {
    assert.equal(lint('tf').out.split('\n')[0], 'No findings in 1 file.');
    const { code, out, err } = lint('tf', '--parameters', 'tf/prod.tfvars.json');
    assert.deepEqual([code, err], [1, '']);
    assert.match(
      out,
      /^tf\/main\.tf\.json\n {2}Variables from tf\/prod\.tfvars\.json\n[^]*ebs-volume-encryption[^]*see tf\/prod\.tfvars\.json:1:15: The value comes from var\.encrypted\.$/m,
    );
    assert.doesNotMatch(
      out +
        lint(
          'tf',
          '--format',
          'json',
          '--certainty',
          'possible',
          '--profile',
          'strict',
          '--parameters',
          'tf/prod.tfvars.json',
        ).out,
      /hunter2/,
    );
    assert.equal(
      lint('tf', '--parameters', 'tf/prod.tfvars.json', '--parameters', '../on.tfvars.json').out.split('\n')[0],
      'No findings in 1 file.',
    );
    assert.match(
      lint('tf', '--parameters', '../on.tfvars.json', '--parameters', 'tf/prod.tfvars.json').out,
      /^1 finding in 1 file/m,
    );
    assert.match(
      lint('tf', '--parameters', 'tf/dev.tfvars').out,
      /see tf\/dev\.tfvars:1:13: The value comes from var\.encrypted\.$/m,
    );
  });

  it('says what a file with values of variables is broken by, and shows nothing of it', () => {
    const { code, out, err } = lint('tf', '--parameters', '../bad.tfvars.json');
    assert.equal(code, 2);
    assert.match(err, /^syntax {2}\S+\/bad\.tfvars\.json:1:\d+$/m);
    assert.match(out, /ebs-volume-encryption/);
    assert.doesNotMatch(`${out}${err}`, /hunter2/);
  });

  for (const [what, args, message] of [
    [
      'values of variables that cannot be read',
      ['--parameters', 'tf/half.tfvars'],
      /^stackwarden: --parameters: Cannot parse tf\/half\.tfvars as Terraform variable values\. See docs\/terraform\.md for the supported syntax\.$/m,
    ],
    [
      'values of variables that are none',
      ['--parameters', '../list.tfvars.json'],
      /^stackwarden: --parameters: \.\.\/list\.tfvars\.json is not a parameter file/,
    ],
    [
      'a scenario without a value',
      ['--scenario', 'IsProd'],
      /^stackwarden: --scenario: Expected NAME=VALUE, such as IsProd=true, but got "IsProd"/,
    ],
    [
      'a scenario without a name',
      ['--scenario', '=true'],
      /^stackwarden: --scenario: Expected NAME=VALUE, such as IsProd=true, but got "=true"/,
    ],
    [
      'a file that does not exist',
      ['--parameters', 'gone.json'],
      /^stackwarden: --parameters: gone\.json does not exist\.$/m,
    ],
    [
      'a file that is something else',
      ['--parameters', '../none.json'],
      /^stackwarden: --parameters: \.\.\/none\.json is not a parameter file/,
    ],
    ['a folder', ['--parameters', 'beside'], /^stackwarden: --parameters: beside is a directory\.$/m],
  ] as const)
    it(`refuses ${what}`, () => {
      const { code, out, err } = lint('net.yaml', ...args);
      assert.deepEqual([code, out], [2, '']);
      assert.match(err, message);
    });
});
