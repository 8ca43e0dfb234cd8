/** The configuration of a team on the command line: files, rules, precedence, and the command that shows it. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { makeFolder } from '../host/workspace.ts';
import { call } from './call.ts';

const VOLUME =
  'Resources:\n  Disk:\n    Type: AWS::EC2::Volume\n    Properties: {AvailabilityZone: a, Encrypted: false}\n';

const FILES = {
  '.git/HEAD': '',
  '.gitignore': 'built/\n*.out.yaml\n!keep.out.yaml\n',
  '.stackwarden.yaml':
    'extends: team.stackwarden.yaml\nexclude: [legacy/]\noverrides: [{paths: sandbox/, rules: {ebs-volume-encryption: low}}]\n',
  'team.stackwarden.yaml': 'failOn: high\nrules: {s3-bucket-versioning: off}\n',
  'a.yaml': VOLUME,
  'built/b.yaml': VOLUME,
  'legacy/c.yaml': VOLUME,
  'sandbox/d.yaml': VOLUME,
  'e.out.yaml': VOLUME,
  'keep.out.yaml': VOLUME,
};

describe('the configuration of a team', () => {
  let folder: ReturnType<typeof makeFolder>;
  beforeEach(() => {
    folder = makeFolder(FILES);
  });
  afterEach(() => folder.remove());

  const lint = (...args: readonly string[]) => call(['lint', '--quiet', ...args], { cwd: folder.path });
  const found = (...args: readonly string[]): readonly string[] =>
    lint(...args)
      .out.split('\n')
      .flatMap((line) => /^(\S+?):\d+:\d+ (\w+) (\S+)/.exec(line)?.slice(1).join(' ') ?? []);

  it('leaves out what it and .gitignore exclude, and sets severities by path', () =>
    assert.deepEqual(found(), [
      'a.yaml high ebs-volume-encryption',
      'keep.out.yaml high ebs-volume-encryption',
      'sandbox/d.yaml low ebs-volume-encryption',
    ]));
  it('checks a named file that .gitignore excludes, but not one that the configuration excludes', () => {
    assert.deepEqual(found('built/b.yaml', 'legacy/c.yaml'), ['built/b.yaml high ebs-volume-encryption']);
    assert.match(
      lint('legacy/c.yaml', 'a.yaml').err,
      /legacy\/c\.yaml was not checked: excluded by the configuration\./,
    );
  });
  it('says that nothing was checked if all is excluded', () => {
    const { code, err } = lint('legacy');
    assert.equal(code, 2);
    assert.match(err, /Nothing was checked/);
  });
  it('decides which severity fails a run, and an option takes precedence', () => {
    assert.equal(lint('sandbox').code, 0);
    assert.equal(lint('sandbox', '--fail-on', 'low').code, 1);
    assert.equal(lint('a.yaml').code, 1);
  });
  it('is overridden by options, also for some paths', () => {
    assert.deepEqual(found('sandbox', '--rule-severity', 'ebs-volume-encryption=critical'), [
      'sandbox/d.yaml critical ebs-volume-encryption',
    ]);
    assert.deepEqual(found('--exclude', '*.out.yaml', '--exclude', 'sandbox'), ['a.yaml high ebs-volume-encryption']);
    assert.deepEqual(found('a.yaml', '--rule-severity', 'ebs-*=off'), []);
  });
  describe('with entries of a file that two configurations extend', () => {
    const entry = (rule: string): string => `  - {rule: ${rule}, reason: scratch}\n`;
    const configure = (base: string, sub: string): void => {
      mkdirSync(folder.at('sub'));
      writeFileSync(folder.at('.stackwarden.yaml'), `suppressions:\n${base}`);
      writeFileSync(folder.at('sub/.stackwarden.yaml'), `extends: ../.stackwarden.yaml\n${sub}`);
      writeFileSync(
        folder.at('sub/f.yaml'),
        'Resources:\n  Key:\n    Type: AWS::KMS::Key\n    Properties: {EnableKeyRotation: false}\n',
      );
    };
    const unused = (...args: readonly string[]): readonly string[] =>
      call(['lint', '--quiet', '--profile', 'strict', ...args], { cwd: folder.path })
        .out.split('\n')
        .flatMap((line) => /^(\S+?:\d+):\d+ \w+ suppression-unused/.exec(line)?.[1] ?? []);
    it('reports those that no document uses, once', () => {
      configure(entry('kms-key-rotation') + entry('ebs-volume-encryption') + entry('s3-bucket-versioning'), '');
      assert.deepEqual(unused(), ['.stackwarden.yaml:4']);
    });
    it('reports those of the file that extends it', () => {
      configure(entry('ebs-volume-encryption'), `suppressions:\n${entry('s3-bucket-versioning')}`);
      assert.deepEqual(unused(), ['sub/.stackwarden.yaml:3']);
    });
    it('reports none whose documents are not all checked', () => {
      configure(entry('ebs-volume-encryption'), '');
      assert.deepEqual(unused('sub'), []);
    });
    it('removes none that a document of the other uses', () => {
      configure(entry('kms-key-rotation'), '');
      call(['lint', '--fix', '--profile', 'strict'], { cwd: folder.path });
      assert.match(readFileSync(folder.at('.stackwarden.yaml'), 'utf8'), /kms-key-rotation/);
    });
    it('removes those of a configuration that no other extends', () => {
      writeFileSync(
        folder.at('.stackwarden.yaml'),
        `suppressions:\n${entry('s3-bucket-versioning')}${entry('ebs-volume-encryption')}`,
      );
      call(['lint', '--fix', '--profile', 'strict'], { cwd: folder.path });
      assert.doesNotMatch(readFileSync(folder.at('.stackwarden.yaml'), 'utf8'), /s3-bucket-versioning/);
    });
  });
  it('names patterns that match no file', () => {
    writeFileSync(folder.at('.stackwarden.yaml'), 'overrides: [{paths: sandobx/, profile: strict}]\n');
    assert.match(lint().err, /The pattern "sandobx\/" of "overrides" matches no file\./);
    assert.doesNotMatch(lint('a.yaml').err, /matches no file/);
  });
  it('has problems in the files that it extends, with exit code 2', () => {
    writeFileSync(folder.at('team.stackwarden.yaml'), 'failOn: hig\n');
    const { code, err } = lint('a.yaml');
    assert.equal(code, 2);
    assert.match(err, /team\.stackwarden\.yaml:1:9/);
  });
  it('is shown with the origin of each part', () => {
    const { out, code } = call(['config', 'sandbox/d.yaml'], { cwd: folder.path });
    assert.equal(code, 0);
    for (const line of [
      /^# Configuration of sandbox\/d\.yaml\n# Files: \.stackwarden\.yaml, team\.stackwarden\.yaml\n/,
      /^profile: recommended +# default$/m,
      /^failOn: high +# team\.stackwarden\.yaml:1$/m,
      /^rules\.ebs-volume-encryption: low +# \.stackwarden\.yaml:3$/m,
      /^rules\.s3-bucket-versioning: off +# team\.stackwarden\.yaml:2$/m,
      /^exclude: \["legacy\/"\] +# \.stackwarden\.yaml:2$/m,
    ])
      assert.match(out, line);
    const json = JSON.parse(call(['config', 'legacy/c.yaml', '--format', 'json'], { cwd: folder.path }).out) as {
      readonly excluded: boolean;
      readonly settings: readonly { readonly name: string; readonly origins: readonly string[] }[];
    };
    assert.equal(json.excluded, true);
    assert.deepEqual(json.settings.find(({ name }) => name === 'failOn')?.origins, ['team.stackwarden.yaml:1']);
  });
  it('names the number of files that .gitignore excludes', () =>
    assert.match(lint().err, /2 files were not checked: excluded by \.gitignore\./));
  it('cannot allow in a nested directory what is forbidden above', () => {
    writeFileSync(folder.at('.stackwarden.yaml'), 'inlineSuppressions: false\n');
    writeFileSync(folder.at('sandbox/.stackwarden.yaml'), 'inlineSuppressions: true\n');
    writeFileSync(folder.at('sandbox/d.yaml'), `# stackwarden-disable ebs-volume-encryption -- scratch\n${VOLUME}`);
    assert.deepEqual(found('sandbox'), [
      'sandbox/d.yaml low suppression-invalid',
      'sandbox/d.yaml high ebs-volume-encryption',
    ]);
  });
  it('is enforced through directories between', () => {
    writeFileSync(folder.at('.stackwarden.yaml'), 'honorSuppressionsOf: []\n');
    writeFileSync(folder.at('sandbox/.stackwarden.yaml'), 'certainty: certain\n');
    mkdirSync(folder.at('sandbox/in'));
    writeFileSync(folder.at('sandbox/in/.stackwarden.yaml'), 'honorSuppressionsOf: [checkov]\n');
    const skip = '    Metadata: {checkov: {skip: [{id: CKV_AWS_3, comment: scratch}]}}\n';
    writeFileSync(folder.at('sandbox/in/e.yaml'), VOLUME + skip);
    assert.deepEqual(found('sandbox/in'), ['sandbox/in/e.yaml high ebs-volume-encryption']);
  });
  it('reads and writes no baseline outside the root', () => {
    const outside = makeFolder({ 'secret.txt': 'TOKEN=outside-value\n' });
    writeFileSync(folder.at('.stackwarden.yaml'), `baseline: ../${basename(outside.path)}/secret.txt\n`);
    const checked = call(['lint', 'a.yaml'], { cwd: folder.path });
    assert.equal(checked.code, 2);
    assert.doesNotMatch(checked.out + checked.err, /outside-value/);
    call(['baseline'], { cwd: folder.path });
    assert.equal(readFileSync(outside.at('secret.txt'), 'utf8'), 'TOKEN=outside-value\n');
    symlinkSync(outside.path, folder.at('link'));
    writeFileSync(folder.at('.stackwarden.yaml'), 'baseline: link/new.json\n');
    assert.equal(call(['baseline'], { cwd: folder.path }).code, 2);
    assert.ok(!existsSync(outside.at('new.json')));
    outside.remove();
  });
  it('overwrites no file that is not a baseline, and does not show it', () => {
    const { code, err } = call(['baseline', '--output', 'a.yaml'], { cwd: folder.path });
    assert.equal(code, 2);
    assert.match(err, /a\.yaml is not a baseline and is not overwritten\./);
    assert.equal(readFileSync(folder.at('a.yaml'), 'utf8'), VOLUME);
  });
  it('excludes a file from explain-value with words', () => {
    const { code, err } = call(['explain-value', 'legacy/c.yaml:4:50'], { cwd: folder.path });
    assert.equal(code, 2);
    assert.match(err, /legacy\/c\.yaml is not checked: the configuration excludes it\./);
  });
});

describe('the explanation of a value', () => {
  const cases: readonly (readonly [name: string, configuration: string, comment: string, reason: RegExp])[] = [
    [
      'a rule that is off',
      'rules: {ebs-volume-encryption: off}\n',
      '',
      /not reported, because the\s+configuration\s+turns the rule off/,
    ],
    [
      'a suppressed finding',
      '',
      ' # stackwarden-disable-line ebs-volume-encryption -- scratch',
      /not reported, because it is\s+suppressed/,
    ],
  ];
  for (const [name, configuration, comment, reason] of cases)
    it(`gives the reason of ${name}`, () => {
      const folder = makeFolder({
        '.git/HEAD': '',
        '.stackwarden.yaml': configuration,
        'a.yaml': `Resources:\n  Disk:\n    Type: AWS::EC2::Volume\n    Properties:\n      AvailabilityZone: a\n      Encrypted: false${comment}\n`,
      });
      const { out } = call(['explain-value', 'a.yaml:6:20'], { cwd: folder.path });
      folder.remove();
      assert.match(out, reason);
    });
});
