/** The command `baseline` and the baseline of `lint`, with the real engine. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { makeFolder } from '../host/workspace.ts';
import { call, type Called } from './call.ts';

const volume = (name: string, encrypted = false): string =>
  `  ${name}:\n    Type: AWS::EC2::Volume\n    Properties: {AvailabilityZone: a, Size: 1, Encrypted: ${encrypted}}\n`;
const template = (...resources: readonly string[]): string => `Resources:\n${resources.join('')}`;
const FILE = '.stackwarden-baseline.json';
const SECRET = 'Horse7BatteryStaple';
const DATABASE = `  Db:\n    Type: AWS::RDS::DBInstance\n    Properties: {MasterUsername: admin, MasterUserPassword: ${SECRET}, StorageEncrypted: true}\n`;

describe('a baseline', () => {
  let folder: ReturnType<typeof makeFolder>;
  beforeEach(() => {
    folder = makeFolder({
      '.git/HEAD': '',
      'a.yaml': template(volume('A'), volume('B')),
      'sub/b.yaml': template(volume('C')),
      'main.tf': 'resource "aws_ebs_volume" "d" {\n  availability_zone = "a"\n  size = 1\n  encrypted = false\n}\n',
    });
  });
  afterEach(() => folder.remove());

  const run = (...args: string[]): Called => call(args, { cwd: folder.path });
  const lint = (...args: string[]): Called =>
    run('lint', '--profile', 'recommended', '--format', 'json', '--baseline', FILE, ...args);
  const record = (...args: string[]): Called => run('baseline', '--profile', 'recommended', ...args);
  const write = (name: string, text: string): void => writeFileSync(folder.at(name), text);
  const text = (name = FILE): string => readFileSync(folder.at(name), 'utf8');
  const entries = (name = FILE): readonly string[] =>
    (JSON.parse(text(name)) as { findings: Record<string, string>[] }).findings.map(({ path, resource }) =>
      [path, resource].join(' '),
    );
  const ALL = ['a.yaml A', 'a.yaml B', 'main.tf aws_ebs_volume.d', 'sub/b.yaml C'];

  it('is recorded next to the configuration, else in the current directory', () => {
    const { code, out, err } = record();
    assert.equal(code, 0, err);
    assert.equal(
      out,
      `Recorded 4 findings (4 high) in ${FILE}.\nAdd "baseline: ${FILE}" to .stackwarden.yaml, or run "stackwarden lint --baseline ${FILE}".\n`,
    );
    assert.deepEqual(entries(), ALL);
    assert.deepEqual(
      readdirSync(folder.path).filter((name) => name.includes('.tmp')),
      [],
    );
    write('.stackwarden.yaml', 'profile: recommended\n');
    rmSync(folder.at(FILE));
    assert.equal(call(['baseline'], { cwd: folder.at('sub') }).code, 0);
    assert.deepEqual(entries(), ['sub/b.yaml C']);
  });

  it('hides known findings, and a run fails on new ones only', () => {
    record();
    assert.equal(lint().code, 0);
    assert.equal(lint('--fail-on', 'new').code, 0);
    write('a.yaml', `# moved\n${template(volume('New'), volume('B'), volume('A'))}`);
    assert.equal(lint().code, 1);
    assert.equal(lint('--fail-on', 'critical').code, 0);
    assert.equal(lint('--fail-on', 'new').code, 1);
  });

  it('follows renamed files and a conversion to JSON', () => {
    record();
    mkdirSync(folder.at('moved'));
    renameSync(folder.at('a.yaml'), folder.at('moved/t.yaml'));
    rmSync(folder.at('main.tf'));
    write(
      'other.tf.json',
      '{"resource": {"aws_ebs_volume": {"d": {"encrypted": false, "availability_zone": "a", "size": 1}}}}',
    );
    const { code, err } = lint('--strict-baseline');
    assert.equal(code, 0, err);
  });

  it('does not hide copies', () => {
    record();
    write('copy.yaml', text('a.yaml'));
    assert.equal(lint().code, 1);
    assert.equal(lint('copy.yaml').code, 1);
    assert.equal(lint('a.yaml').code, 0);
  });

  it('has entries that no longer match, which are reported and removed', () => {
    record();
    write('a.yaml', template(volume('A', true), volume('B')));
    const { code, err } = lint();
    assert.equal(code, 0);
    assert.equal(err, `stackwarden: 1 finding in ${FILE} no longer exists. Run "stackwarden baseline --prune".\n`);
    assert.equal(lint('--strict-baseline').code, 1);
    assert.equal(lint('sub').err, '', 'files that were not checked are not reported');
    assert.equal(run('baseline', '--prune').out, `Removed 1 finding from ${FILE}. 3 findings remain.\n`);
    assert.deepEqual(
      entries(),
      ALL.filter((one) => one !== 'a.yaml A'),
    );
    assert.equal(lint('--strict-baseline').code, 0);
    assert.equal(run('baseline', '--prune').out, `Removed no findings from ${FILE}. 3 findings remain.\n`);
  });

  it('does not report entries that a run with fewer rules, less certainty or one scenario cannot match', () => {
    run('baseline', '--profile', 'strict', '--certainty', 'possible');
    for (const args of [
      ['--profile', 'strict'],
      ['--certainty', 'possible'],
      ['--scenario', 'X=true'],
    ])
      assert.doesNotMatch(lint(...args).err, /no longer/, args.join(' '));
    assert.doesNotMatch(
      lint('--profile', 'strict', '--certainty', 'possible', '--ignore', 'ebs-volume-encryption').err,
      /no longer/,
    );
    const before = text();
    assert.match(run('baseline', '--prune').out, /^Removed no findings/);
    assert.equal(text(), before);
  });

  it('is recorded again: new findings are added, and those of other files stay', () => {
    record();
    write('a.yaml', template(volume('A', true), volume('B'), volume('New')));
    assert.equal(record().out, `Recorded 4 findings (4 high) in ${FILE}. 1 is new. 1 finding no longer exists.\n`);
    const now = ['a.yaml B', 'a.yaml New', ...ALL.slice(2)];
    assert.deepEqual(entries(), now);
    rmSync(folder.at('main.tf'));
    write('sub/b.yaml', template(volume('C'), volume('More')));
    record('sub');
    assert.deepEqual(entries(), ['a.yaml B', 'a.yaml New', 'sub/b.yaml C', 'sub/b.yaml More']);
  });

  it('keeps entries of files with syntax errors, and of rules that this version does not have', () => {
    record();
    write(
      FILE,
      text().replace(
        '"findings": [',
        '"findings": [\n    { "rule": "later-rule", "path": "a.yaml", "at": "", "value": "1" },',
      ),
    );
    write('sub/b.yaml', `${template(volume('C'))}  X: [\n`);
    record();
    assert.deepEqual(entries(), ['a.yaml ', ...ALL]);
    assert.doesNotMatch(lint().err, /no longer/);
    run('baseline', '--prune');
    assert.deepEqual(entries(), ['a.yaml ', ...ALL]);
  });

  it('is configured, also for several folders', () => {
    write('.stackwarden.yaml', 'profile: recommended\nbaseline: lists/known.json\nfailOn: new\n');
    write('sub/.stackwarden.yaml', 'profile: recommended\nbaseline: known.json\n');
    mkdirSync(folder.at('lists'));
    assert.match(run('lint').err, /lists\/known\.json does not exist\. Run "stackwarden baseline" to create it\.\n/);
    assert.equal(run('lint').code, 2);
    const { code, out, err } = run('baseline');
    assert.equal(code, 0, err);
    assert.equal(
      out,
      'Recorded 3 findings (3 high) in lists/known.json.\nRecorded 1 finding (1 high) in sub/known.json.\n',
    );
    assert.deepEqual(entries('lists/known.json'), ['../a.yaml A', '../a.yaml B', '../main.tf aws_ebs_volume.d']);
    assert.equal(run('lint').code, 0);
    assert.equal(run('lint', '--baseline', 'sub/known.json').code, 1, 'the option takes precedence');
  });

  it('contains no secrets and no suppressed findings', () => {
    write(
      'a.yaml',
      template(DATABASE, volume('A').replace('\n', ' # stackwarden-disable-line ebs-volume-encryption -- known\n')),
    );
    write('sub/b.yaml', template(volume('C')).replace('Encrypted: false', 'Encrypted: false # x'));
    const { code, err } = run('baseline', '--profile', 'strict', '--certainty', 'possible');
    assert.equal(code, 0, err);
    assert.ok(!text().includes('Horse'));
    assert.ok(entries().includes('a.yaml Db'));
    const before = text();
    write('a.yaml', text('a.yaml').replace(SECRET, 'Another9Password'));
    run('baseline', '--profile', 'strict', '--certainty', 'possible');
    assert.equal(text(), before);
  });

  it('with errors counts as far as it is read', () => {
    record();
    write(FILE, text().replace('"path": "a.yaml"', '"path": 7'));
    const { code, err } = lint();
    assert.equal(code, 2);
    assert.match(err, /Expected "path" to be a string\. The entry is ignored\./);
    assert.match(
      run('baseline', '--prune').err,
      /has errors\. Fix them, or run "stackwarden baseline" to record it again\./,
    );
    assert.equal(record().code, 0);
    assert.deepEqual(entries(), ALL);
  });

  it('of a later version is not overwritten', () => {
    write(FILE, '{"version": 2, "findings": {}}');
    for (const args of [['baseline'], ['baseline', '--prune']]) {
      const { code, err } = run(...args);
      assert.equal(code, 2);
      assert.match(err, /has version 2, and this Stackwarden reads version 1\. Update Stackwarden\./);
    }
    assert.equal(text(), '{"version": 2, "findings": {}}');
    assert.equal(lint().code, 2);
  });

  it('keeps its line ends', () => {
    record();
    write(FILE, text().replaceAll('\n', '\r\n'));
    write('a.yaml', template(volume('A', true)));
    record();
    assert.match(text(), /\{\r\n {2}"version": 1,\r\n/);
    assert.equal(text().replaceAll('\r\n', '').includes('\n'), false);
  });

  const wrong: Readonly<Record<string, readonly [args: readonly string[], error: RegExp]>> = {
    'a missing file': [
      ['lint', '--baseline', 'no.json'],
      /--baseline: no\.json does not exist\. Run "stackwarden baseline --output no\.json"/,
    ],
    'new findings without a baseline': [['lint', '--fail-on', 'new'], /Failing on new findings requires a baseline\./],
    'nothing to prune': [['baseline', '--prune'], /\.stackwarden-baseline\.json does not exist\./],
    'pruning in one scenario': [
      ['baseline', '--prune', '--scenario', 'A=b'],
      /--prune cannot be combined with --scenario/,
    ],
    'a folder that does not exist': [
      ['baseline', '--output', 'no/x.json'],
      /no\/x\.json cannot be written: its directory does not exist\./,
    ],
    'a folder in place of the file': [['baseline', '--output', 'sub'], /sub is a directory\./],
  };
  for (const [what, [args, error]] of Object.entries(wrong)) {
    it(`reports ${what}`, () => {
      const { code, err } = run(...args);
      assert.equal(code, 2);
      assert.match(err, error);
      assert.ok(!existsSync(folder.at(FILE)));
    });
  }
});
