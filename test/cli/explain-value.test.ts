/** `stackwarden explain-value` with the real engine, called in this process. */
import assert from 'node:assert/strict';
import { makeFolder } from '../host/workspace.ts';
import { call, type Called } from './call.ts';

const TEMPLATE = `# how it is
Parameters:
  Stage: {Type: String, Default: test, AllowedValues: [test, live]}
Conditions:
  IsLive: !Equals [!Ref Stage, live]

Resources:
  Disk:
    Type: AWS::EC2::Volume
    Properties:
      Encrypted: !If [IsLive, true, false]
      KmsKeyId: !Ref Key
      Size: 5
  Key: {Type: AWS::KMS::Key}
`;

describe('stackwarden explain-value', () => {
  let folder: ReturnType<typeof makeFolder>;
  before(() => {
    folder = makeFolder({
      '.git/HEAD': '',
      'a.yaml': TEMPLATE,
      'crlf.yaml': TEMPLATE.replaceAll('\n', '\r\n'),
      'c:/odd name:3.yaml': TEMPLATE,
      'other.yaml': 'services: {}\n',
      'terragrunt.hcl': 'inputs = {}\n',
      'assumed/a.yaml': TEMPLATE,
      'assumed/.stackwarden.yaml': 'assume: {ebs.defaultEncryption: true}\n',
      'levels/a.yaml': TEMPLATE,
      'levels/.stackwarden.yaml': 'rules: {ebs-volume-encryption: low}\n',
      'mine.yaml': 'assume: {ebs.defaultEncryption: true}\n',
      'params/prod.json': '{"Parameters": {\n  "Stage": "live",\n  "DbPassword": "hush"\n}}\n',
      'given.yaml':
        'Parameters:\n  Stage: {Type: String}\n  DbPassword: {Type: String}\nConditions: {IsLive: !Equals [!Ref Stage, live]}\nResources:\n  Topic: {Type: AWS::SNS::Topic, Properties: {TopicName: !Sub "${Stage}-a", DisplayName: !Sub "${DbPassword}-b"}}\n',
      'app/main.yaml':
        'Resources:\n  Inner: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: parts/middle.yaml}}\n',
      'app/parts/middle.yaml':
        'Resources:\n  Disks:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: disks.yaml\n      Parameters: {Encrypt: true}\n',
      'app/parts/disks.yaml':
        'Parameters:\n  Encrypt: {Type: String, Default: false}\nResources:\n  Disk:\n    Type: AWS::EC2::Volume\n    Properties:\n      Encrypted: !Ref Encrypt\n',
      'no-fix.tf':
        'locals {\n  on = false\n}\nresource "aws_ebs_volume" "a" {\n  encrypted = local.on\n}\nresource "aws_ebs_volume" "b" {\n  encrypted = local.on\n}\n',
      'binary.yaml': Buffer.from([0, 1, 2]),
    });
  });
  after(() => folder.remove());
  const explain = (...args: string[]): Called => call(['explain-value', ...args], { cwd: folder.path });

  it('shows what a value resolves to, why, and the result of each rule', () => {
    assert.deepEqual(explain('a.yaml:11:20'), {
      code: 0,
      err: '',
      out: `a.yaml:11:18
Properties.Encrypted of Disk (AWS::EC2::Volume)

!If [IsLive, true, false]
  false when IsLive is false (the default)
  true when IsLive is true

Why
  IsLive is false by default, true when Stage is "live": !Equals [!Ref Stage,
    live] (line 5)
    Stage is test by default, or live (line 3)

Rules
  ebs-volume-encryption: EBS volumes should be encrypted at rest
    finding (high) because Encrypted is false when IsLive is false
      Disk is not encrypted at rest. Set Encrypted to true.
    no finding when IsLive is true, because Encrypted is true
    Evaluated: Encrypted (false or true), SnapshotId (not set), SourceVolumeId
      (not set)
    Account settings: ebs.defaultEncryption (not stated)
`,
    });
  });

  it('says why a finding has no fix', () => {
    const { out } = explain('no-fix.tf:5:16');
    assert.match(
      out,
      /finding \(high\) because encrypted is false\n {6}aws_ebs_volume\.a is not encrypted at rest\. Set encrypted to true\.\n {6}No fix available: local\.on is used in 2 places\.\n/,
    );
    const { rules } = JSON.parse(explain('no-fix.tf:5:16', '--format', 'json').out) as {
      readonly rules: readonly { readonly verdicts: readonly { readonly noFix: string | null }[] }[];
    };
    assert.equal(rules[0]!.verdicts[0]!.noFix, 'local.on is used in 2 places.');
  });

  it('explains what is plainly written as far as rules look at it', () => {
    assert.equal(
      explain('a.yaml:13:13').out,
      'a.yaml:13:13\nProperties.Size of Disk (AWS::EC2::Volume)\n\n5\n\nRules\n  No rule evaluates this.\n',
    );
  });

  it('counts lines and columns from 1, whatever ends the lines', () => {
    assert.match(explain('crlf.yaml:11:18').out, /^crlf\.yaml:11:18\n/);
    for (const place of ['a.yaml:0:1', 'a.yaml:1:0'])
      assert.deepEqual(explain(place), {
        code: 2,
        out: '',
        err: `stackwarden: Lines and columns count from 1: "${place}".\n`,
      });
  });

  it('takes the last two numbers for line and column', () => {
    assert.match(explain('c:/odd name:3.yaml:11:20').out, /^c:\/odd name:3\.yaml:11:18\n/);
  });

  it('follows the configuration, or the one that is named', () => {
    assert.match(explain('assumed/a.yaml:11:20').out, /^ {4}no finding\b[^]*ebs\.defaultEncryption \(true\)/m);
    assert.match(explain('a.yaml:11:20', '--config', 'mine.yaml').out, /ebs\.defaultEncryption \(true\)/);
  });

  it('shows the severity that the configuration sets', () => {
    assert.match(
      explain('levels/a.yaml:11:20').out,
      /^ {4}finding \(low, set by the configuration\) because Encrypted is false/m,
    );
    const severityIn = (file: string): unknown => {
      const { rules } = JSON.parse(explain(`${file}:11:20`, '--format', 'json').out) as {
        readonly rules: readonly { readonly verdicts: readonly { severity?: string; severityBy?: string }[] }[];
      };
      const { severity, severityBy } = rules[0]!.verdicts[0]!;
      return { severity, severityBy };
    };
    assert.deepEqual(severityIn('levels/a.yaml'), { severity: 'low', severityBy: 'configuration' });
    assert.deepEqual(severityIn('a.yaml'), { severity: 'high', severityBy: 'rule' });
  });

  it('follows the values that the template is deployed with, and shows no secret of them', () => {
    const given = (column: number): string => explain(`given.yaml:6:${column}`, '--parameters', 'params/prod.json').out;
    assert.match(given(60), /^ {2}live-a\n\nWhy\n {2}Stage is live, set for Stage \(params\/prod\.json, line 2\)$/m);
    assert.match(
      given(93),
      /^ {2}a secret value\n\nWhy\n {2}DbPassword is a secret value, set for DbPassword \(params\/prod\.json, line 3\)/m,
    );
    assert.doesNotMatch(
      given(93) + explain('given.yaml:6:93', '--parameters', 'params/prod.json', '--format', 'json').out,
      /hush/,
    );
  });

  it('looks at one scenario that is chosen', () => {
    assert.match(explain('a.yaml:11:20', '--scenario', 'Stage=live').out, /^!If \[IsLive, true, false\]\n {2}true\n/m);
  });

  it('looks at a template in its place in those of the folder that include it', () => {
    const { out } = explain('app/parts/disks.yaml:7:20');
    assert.match(out, /^ {2}true, passed as Encrypt by the parent stack \(app\/parts\/middle\.yaml, line 6\)$/m);
    assert.match(out, /ebs-volume-encryption: .*\n {4}no finding$/m);
    assert.match(
      call(['explain-value', 'disks.yaml:7:20'], { cwd: `${folder.path}/app/parts` }).out,
      /true, passed as Encrypt/,
    );
  });

  it('says which profile a rule belongs to', () => {
    assert.match(
      explain('a.yaml:11:20', '--profile', 'essential').out,
      /ebs-volume-encryption: EBS volumes should be encrypted at rest \(profile\n {4}recommended\)\n {4}finding \(high\) because Encrypted is false when IsLive is false; reported\n {6}only in profile recommended\n/,
    );
  });

  it('has colors on a terminal that supports them', () => {
    assert.match(
      call(['explain-value', 'a.yaml:11:20'], { cwd: folder.path, color: true }).out,
      /\u001b\[1m\u001b\[36mfalse/,
    );
  });

  it('fits a narrow terminal', () => {
    const { out } = call(['explain-value', 'a.yaml:11:20'], { cwd: folder.path, columns: 40 });
    assert.deepEqual(
      out.split('\n').filter((line) => line.length > 40),
      [],
    );
  });

  it('reads nothing outside of the root', () => {
    const { code, out, err } = explain('a.yaml:11:20', '--root', 'assumed');
    assert.deepEqual([code, out], [2, '']);
    assert.match(err, /^stackwarden: a\.yaml is outside the root folder /);
  });

  const wrong: readonly (readonly [place: string, said: RegExp])[] = [
    ['a.yaml', /^stackwarden: Expected FILE:LINE:COLUMN, such as template\.yaml:12:20, but got "a\.yaml"\.$/m],
    ['a.yaml:3', /Expected FILE:LINE:COLUMN/],
    ['none.yaml:1:1', /^stackwarden: none\.yaml does not exist\.$/m],
    ['C:\\none.yaml:3:5', /^stackwarden: C:\\none\.yaml does not exist\.$/m],
    ['assumed:1:1', /Expected FILE:LINE:COLUMN, but assumed is a directory\.$/m],
    ['other.yaml:1:1', /^stackwarden: other\.yaml is not checked: /m],
    ['terragrunt.hcl:1:1', /^stackwarden: terragrunt\.hcl is not checked: a Terragrunt /m],
    ['binary.yaml:1:1', /^stackwarden: binary\.yaml is not a text file\.$/m],
    ['a.yaml:99:1', /Line 99 is out of range: a\.yaml has 15 lines\./],
    ['a.yaml:1:5', /^stackwarden: No value at a\.yaml:1:5: the line is a comment\.$/m],
    ['a.yaml:6:1', /No value at a\.yaml:6:1: the line is empty/],
    ['a.yaml:7:3', /No value at a\.yaml:7:3: no rule reads this, and nothing is evaluated\. Use/],
  ];
  for (const [place, message] of wrong)
    it(`refuses ${place}`, () => {
      const { code, out, err } = explain(place);
      assert.deepEqual([code, out], [2, '']);
      assert.match(err, message);
    });

  it('is JSON for programs, whose shape is a promise', () => {
    const { code, out, err } = explain('a.yaml:11:20', '--format', 'json');
    assert.deepEqual([code, err], [0, '']);
    const range = (line: number, start: number, end: number): object => ({
      start: { line, character: start },
      end: { line, character: end },
    });
    const stage = [
      {
        state: 'known',
        text: 'test',
        byDefault: true,
        when: [],
        from: [{ what: 'default', name: 'Stage', path: 'a.yaml', range: range(2, 33, 37) }],
      },
      {
        state: 'known',
        text: 'live',
        byDefault: false,
        when: [],
        from: [{ what: 'allowed', name: 'Stage', path: 'a.yaml', range: range(2, 61, 65) }],
      },
    ];
    const outcome = (text: string, byDefault: boolean, kind: string, name: string, value: unknown): object => ({
      state: 'known',
      text,
      byDefault,
      when: [{ kind, name, value }],
      from: [],
    });
    const { tool, ...report } = JSON.parse(out) as { readonly tool: { readonly name: string } };
    assert.equal(tool.name, 'stackwarden');
    assert.deepEqual(report, {
      version: 1,
      incomplete: false,
      path: 'a.yaml',
      range: range(10, 17, 42),
      resource: 'Disk',
      resourceType: 'AWS::EC2::Volume',
      resourcePath: 'Properties.Encrypted',
      explanation: {
        what: 'value',
        text: '!If [IsLive, true, false]',
        path: 'a.yaml',
        range: range(10, 17, 42),
        parameter: null,
        definition: null,
        moreOutcomes: 0,
        outcomes: [
          outcome('false', true, 'condition', 'IsLive', false),
          outcome('true', false, 'condition', 'IsLive', true),
        ],
        parts: [
          {
            what: 'condition',
            text: 'IsLive',
            path: 'a.yaml',
            range: range(10, 22, 28),
            parameter: null,
            moreOutcomes: 0,
            definition: { text: '!Equals [!Ref Stage, live]', path: 'a.yaml', range: range(4, 10, 36) },
            outcomes: [
              outcome('false', true, 'parameter', 'Stage', 'test'),
              outcome('true', false, 'parameter', 'Stage', 'live'),
            ],
            parts: [
              {
                what: 'value',
                text: '!Ref Stage',
                path: 'a.yaml',
                range: range(4, 19, 29),
                parameter: 'Stage',
                definition: null,
                outcomes: stage,
                moreOutcomes: 0,
                parts: [],
              },
            ],
          },
        ],
      },
      rules: [
        {
          rule: 'ebs-volume-encryption',
          title: 'EBS volumes should be encrypted at rest',
          profile: 'recommended',
          verdicts: [
            {
              what: 'found',
              property: 'Encrypted',
              value: 'false',
              byDefault: true,
              when: [{ kind: 'condition', name: 'IsLive', value: false }],
              certainty: 'certain',
              severity: 'high',
              severityBy: 'rule',
              profile: 'recommended',
              message: 'Disk is not encrypted at rest. Set Encrypted to true.',
              because: [],
              noFix: null,
              reported: true,
              unreported: null,
            },
            {
              what: 'fine',
              property: 'Encrypted',
              value: 'true',
              byDefault: false,
              when: [{ kind: 'condition', name: 'IsLive', value: true }],
            },
          ],
          read: [
            { path: 'Encrypted', value: 'false or true' },
            { path: 'SnapshotId', value: 'not set' },
            { path: 'SourceVolumeId', value: 'not set' },
          ],
          assumed: [{ name: 'ebs.defaultEncryption', value: null }],
        },
      ],
    });
  });
});
