/** Reports of several formats in one run, to standard output and to files. */
import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { flatMap } from '../../server/src/base/flat-map.ts';
import { LINT_REPORTERS } from '../../server/src/cli/reporters/lint-reporters.ts';
import { makeFolder } from '../host/workspace.ts';
import { call, type Called } from './call.ts';

const TEMPLATE = `Resources:
  Disk: {Type: AWS::EC2::Volume, Properties: {AvailabilityZone: a, Size: 1, Encrypted: false}}
  Wide:
    Type: AWS::IAM::ManagedPolicy
    Properties: {PolicyDocument: {Version: '2012-10-17', Statement: {Effect: allow, Action: 's3:GetObject', Resource: '*'}}}
`;

describe('reports', () => {
  let folder: ReturnType<typeof makeFolder>;
  beforeEach(() => {
    folder = makeFolder({ '.git/HEAD': '', 'a.yaml': TEMPLATE, 'infra/b.yaml': TEMPLATE });
  });
  afterEach(() => folder.remove());

  const lint = (...args: readonly string[]): Called => call(['lint', ...args], { cwd: folder.path });
  const read = (name: string): string => readFileSync(join(folder.path, name), 'utf8');

  it('of a format go to standard output', () => {
    for (const { name } of LINT_REPORTERS) {
      const { out, err, code } = lint('--format', name, 'a.yaml');
      assert.ok(out.includes('ebs-volume-encryption'), name);
      assert.deepEqual([err, code], ['', 1], name);
    }
  });

  it('of the only format go to a file', () => {
    const { out, err, code } = lint('--format', 'json', '--output', 'report.json', 'a.yaml');
    assert.deepEqual([out, err, code], ['', '', 1]);
    assert.equal((JSON.parse(read('report.json')) as { version: number }).version, 1);
  });

  it('go to a file as text without colors', () => {
    const { out } = call(['lint', '--output', 'report.txt', 'a.yaml'], {
      cwd: folder.path,
      color: true,
      terminal: true,
    });
    assert.equal(out, '');
    assert.match(read('report.txt'), /^a\.yaml\n\nhigh {2}ebs-volume-encryption /);
  });

  it('of another format go to a file beside the text', () => {
    const { out, err } = lint('--output', 'sarif=out.sarif', '--output', 'junit=out.xml', 'a.yaml');
    assert.match(out, /findings? in 1 file/);
    assert.equal(err, '');
    assert.match(read('out.sarif'), /"version":"2\.1\.0"/);
    assert.match(read('out.xml'), /^<\?xml/);
  });

  it('of two formats go to standard output and a file', () => {
    const { out } = lint('--format', 'text', '--format', 'json', '--output', 'json=out.json', 'a.yaml');
    assert.match(out, /^a\.yaml\n/);
    assert.equal((JSON.parse(read('out.json')) as { version: number }).version, 1);
  });

  it('of two formats go to two files', () => {
    const { out } = lint('--format', 'github', '--output', 'json=out.json', '--output', 'out.txt', 'a.yaml');
    assert.equal(out, '');
    assert.match(read('out.txt'), /^::error /);
  });

  it('of all formats are those of each format alone', () => {
    const names = LINT_REPORTERS.map(({ name }) => name);
    const written = (formats: readonly string[]): Readonly<Record<string, string>> => {
      lint(...flatMap(formats, (name) => ['--format', name, '--output', `${name}=${name}.out`]), 'a.yaml');
      return Object.fromEntries(formats.map((name) => [name, read(`${name}.out`)]));
    };
    const alone = Object.assign({}, ...names.map((name) => written([name]))) as Readonly<Record<string, string>>;
    assert.match(alone['json']!, /"newText"/);
    assert.match(alone['text']!, /fix: /);
    assert.deepEqual(written(names), alone);
    assert.deepEqual(written(names.toReversed()), alone);
  });

  it('are not in the output if messages of --fix are', () => {
    const { out, err } = lint('--fix', '--output', 'json=out.json', '--format', 'json', 'a.yaml');
    assert.match(out, /^Fixed 1 finding in a\.yaml\.\n/);
    assert.equal(err, '');
    assert.match(read('out.json'), /"findings"/);
  });

  it('are written to files beside a patch', () => {
    const { out } = lint('--fix-dry-run', '--output', 'json=out.json', 'a.yaml');
    assert.match(out, /^diff --git|^--- /);
    assert.match(read('out.json'), /"findings"/);
  });

  it('have paths relative to the repository for CI systems, and to the current directory otherwise', () => {
    const inFolder = (format: string): string =>
      call(['lint', '--format', format, 'b.yaml'], { cwd: join(folder.path, 'infra') }).out;
    assert.match(inFolder('github'), /file=infra\/b\.yaml,/);
    assert.match(inFolder('gitlab'), /"path":"infra\/b\.yaml"/);
    assert.match(inFolder('sarif'), /"uri":"infra\/b\.yaml","uriBaseId":"%SRCROOT%"/);
    assert.match(inFolder('junit'), /file="infra\/b\.yaml"/);
    assert.match(inFolder('markdown'), /`infra\/b\.yaml:2`/);
    assert.match(inFolder('text'), /^b\.yaml\n/);
    assert.match(inFolder('json'), /"path":"b\.yaml"/);
  });

  const refused: readonly (readonly [what: string, args: readonly string[], message: string])[] = [
    [
      'two formats on standard output',
      ['--format', 'text', '--format', 'json'],
      '--format: Only one report can be written to standard output, not text and json. Use --output, such as --output json=FILE.',
    ],
    [
      'a file that could be of two formats',
      ['--format', 'json', '--format', 'sarif', '--output', 'x'],
      '--output x: Name the format, such as --output sarif=x.',
    ],
    [
      'two files of one format',
      ['--output', 'x', '--output', 'y'],
      '--output x: Name the format, such as --output text=x.',
    ],
    [
      'a file without a format left',
      ['--format', 'json', '--output', 'json=y', '--output', 'x'],
      '--output x: Name the format, such as --output json=x.',
    ],
    [
      'one file for two formats',
      ['--output', 'json=x', '--output', 'sarif=./x'],
      '--output: ./x is given for two reports.',
    ],
    [
      'an unknown format of a file',
      ['--output', 'sarf=x'],
      '--output sarf=x: Unknown format "sarf". Did you mean "sarif"?',
    ],
    ['a format without file', ['--output', 'sarif='], '--output sarif=: Expected FORMAT=FILE or FILE.'],
    ['an empty file', ['--output', ''], '--output : Expected FORMAT=FILE or FILE.'],
    ['a directory', ['--output', 'infra'], '--output: infra is a directory.'],
    [
      'a file in a missing directory',
      ['--output', 'none/x'],
      '--output: none/x cannot be written: its directory does not exist.',
    ],
    [
      'a file below a file',
      ['--output', 'a.yaml/x'],
      '--output: a.yaml/x cannot be written: its directory does not exist.',
    ],
    ['a checked file', ['--output', 'a.yaml'], '--output: a.yaml is one of the checked files.'],
  ];
  for (const [what, args, message] of refused)
    it(`refuse ${what}`, () => {
      const before = readdirSync(folder.path);
      const { out, err, code } = lint(...args, 'a.yaml');
      assert.deepEqual([out, code], ['', 2], err);
      assert.ok(err.startsWith(`stackwarden: ${message}`), err);
      assert.deepEqual(readdirSync(folder.path), before);
      assert.equal(read('a.yaml'), TEMPLATE);
    });

  it('refuse an unknown format, with the nearest name', () => {
    const { err, code } = lint('--format', 'sarf');
    assert.equal(code, 2);
    assert.match(err, /Allowed choices are text, json, sarif, .*Did you mean "sarif"\?/);
  });

  it('replace an old report in a checked directory, but no document', () => {
    for (const name of ['json', 'json', 'sarif', 'sarif', 'gitlab', 'gitlab']) {
      const called = lint('--output', `${name}=infra/${name}.json`);
      assert.deepEqual([called.err, called.code], ['', 1]);
    }
    const { err, code } = lint('--output', 'json=infra/b.yaml');
    assert.deepEqual([err, code], ['stackwarden: --output: infra/b.yaml is one of the checked files.\n', 2]);
    assert.equal(read('infra/b.yaml'), TEMPLATE);
  });

  it('replace a file and keep its mode', function () {
    if (process.platform === 'win32') this.skip();
    writeFileSync(join(folder.path, 'out.json'), 'old '.repeat(10_000));
    chmodSync(join(folder.path, 'out.json'), 0o640);
    lint('--output', 'json=out.json', 'a.yaml');
    assert.equal((JSON.parse(read('out.json')) as { version: number }).version, 1);
    assert.equal(statSync(join(folder.path, 'out.json')).mode & 0o777, 0o640);
    assert.deepEqual(readdirSync(folder.path).sort(), ['.git', 'a.yaml', 'infra', 'out.json']);
  });

  it('are written through links', function () {
    if (process.platform === 'win32') this.skip();
    mkdirSync(join(folder.path, 'reports'));
    writeFileSync(join(folder.path, 'reports/real.json'), '');
    linkSync(join(folder.path, 'reports/real.json'), join(folder.path, 'hard.json'));
    symlinkSync('reports/real.json', join(folder.path, 'link.json'));
    lint('--output', 'json=link.json', 'a.yaml');
    assert.ok(lstatSync(join(folder.path, 'link.json')).isSymbolicLink());
    assert.match(read('reports/real.json'), /"version":1/);
    assert.match(read('hard.json'), /"version":1/);
  });

  it('are written to devices', function () {
    if (!existsSync('/dev/null')) this.skip();
    const { err, code } = lint('--output', 'json=/dev/null', 'a.yaml');
    assert.deepEqual([err, code], ['', 1]);
  });
});

describe('the options of the text report', () => {
  const folder = makeFolder({
    '.git/HEAD': '',
    'a.yaml': TEMPLATE,
    'b.yaml': TEMPLATE,
    'c.yaml': 'Resources:\n  A: {Type: AWS::EC2::Volume, Properties: {Size: [}}\n',
    'live/main.tf': 'module "one" {\n  source = "./gone"\n}\nmodule "two" {\n  source = "./missing"\n}\n',
  });
  after(() => folder.remove());
  const lint = (...args: readonly string[]): Called => call(['lint', ...args], { cwd: folder.path });

  it('--quiet prints one line per finding', () => {
    const { out } = lint('--quiet', 'a.yaml');
    assert.match(out, /^a\.yaml:2:\d+ high ebs-volume-encryption Disk is not encrypted at rest\. .*\n/);
    for (const line of out.trim().split('\n'))
      assert.match(line, /^a\.yaml:\d+:\d+ (?:critical|high|medium|low|info) [a-z0-9-]+ \S/);
  });

  it('--quiet prints nothing without findings', () =>
    assert.equal(lint('--quiet', '--select', 'kms-key-rotation', 'a.yaml').out, ''));

  const INCOMPLETE =
    'stackwarden: Incomplete results for live/main.tf: calls a module that does not exist: ./gone; calls a module that does not exist: ./missing.\n';

  it('--quiet prints one line per file with incomplete results to standard error, and they are no failure', () => {
    assert.deepEqual(lint('--quiet', 'live'), { out: '', err: INCOMPLETE, code: 0 });
    assert.equal(lint('--quiet', '--output', 'json=report.json', 'live').err, INCOMPLETE);
  });

  it('states incomplete results once', () => {
    const { out, err } = lint('live');
    assert.match(out, /^Incomplete results:\n {2}live\/main\.tf: /m);
    assert.equal(err, '');
    for (const { name, withoutIncomplete } of LINT_REPORTERS) {
      const called = lint('--quiet', '--format', name, 'live');
      const isOnError = withoutIncomplete || name === 'text';
      assert.equal(called.err, isOnError ? INCOMPLETE : '', name);
      assert.equal(called.out.includes('./gone'), !isOnError, name);
    }
    // A file that cannot be read is a failure.
    assert.deepEqual(lint('--quiet', 'gone.yaml'), {
      out: '',
      err: 'stackwarden: gone.yaml does not exist.\n',
      code: 2,
    });
  });

  it('--statistics prints the findings by rule', () => {
    const { out } = lint('--statistics', '--select', 'ebs-volume-encryption', 'a.yaml', 'b.yaml');
    assert.match(out, /\nrule +severity +findings +files +fixable\n/);
    assert.match(out, /\nebs-volume-encryption +high +2 +2 +0\n/);
    assert.match(out, /\n\d findings in 2 files/);
  });

  for (const [most, code] of [
    ['0', 1],
    ['1', 1],
    ['2', 0],
  ] as const)
    it(`--max-findings ${most} results in exit code ${code} for two findings`, () =>
      assert.equal(lint('--select', 'ebs-volume-encryption', '--max-findings', most, 'a.yaml', 'b.yaml').code, code));

  it('--max-findings does not accept syntax errors', () =>
    assert.equal(lint('--max-findings', '100', 'c.yaml').code, 1));

  for (const wrong of ['-1', 'x', '1.5', ''])
    it(`--max-findings refuses ${JSON.stringify(wrong)}`, () => {
      const { err, code } = lint(`--max-findings=${wrong}`, 'a.yaml');
      assert.equal(code, 2);
      assert.match(err, /Expected a number from 0\./);
    });
});
