/** The command line as a process of its own. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { makeFolder } from '../host/workspace.ts';
import { commandLine } from '../kit/programs.ts';

/** Makes standard output one that is written later than it is asked to, as a pipe of Windows. */
const LATE = `
const { writeSync } = require('node:fs');
const { Writable } = require('node:stream');
const write = (data, _, done) => setTimeout(() => done(null, writeSync(1, data)), 20);
const late = new Writable({ write });
Object.defineProperty(process, 'stdout', { get: () => late });
`;

/** Makes standard output a file on a disk that is full. */
const FULL = `
const { Writable } = require('node:stream');
const write = (data, _, done) => done(Object.assign(new Error('full'), { code: 'ENOSPC' }));
const full = new Writable({ write });
Object.defineProperty(process, 'stdout', { get: () => full });
`;

/** Makes the current directory one that was removed. */
const GONE = "process.cwd = () => { throw Object.assign(new Error('uv_cwd'), { code: 'ENOENT' }); };\n";

describe('the process', () => {
  const volumes = Array.from(
    // Several times what a pipe holds.
    { length: 700 },
    (_, i) => `  Disk${i}: {Type: AWS::EC2::Volume, Properties: {AvailabilityZone: a, Size: 1, Encrypted: false}}\n`,
  );
  const folder = makeFolder({
    'many.yaml': `Resources:\n${volumes.join('')}`,
    'one.yaml': `Resources:\n${volumes[0]!}`,
    'broken.cjs':
      "Object.defineProperty(process, 'version', { get() { throw new Error('No version\\u001B[2J'); } });\n",
    'late.cjs': LATE,
    'full.cjs': FULL,
    'gone.cjs': GONE,
    'clean.yaml': 'Resources:\n  Handle: {Type: AWS::CloudFormation::WaitConditionHandle}\n',
  });
  let program: string;
  before(async () => {
    program = await commandLine();
  });
  after(() => folder.remove());

  it('reads standard input, writes JSON to standard output and ends with the exit code', () => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [program, 'lint', '--format', 'json', '--stdin-filename', 'a.yaml'],
      { cwd: folder.path, input: `Resources:\n${volumes[0]!}`, encoding: 'utf8' },
    );
    assert.equal(stderr, '');
    assert.equal((JSON.parse(stdout) as { files: { findings: unknown[] }[] }).files[0]!.findings.length, 1);
    assert.equal(status, 1);
  });

  it('writes all of a long report into a pipe', () => {
    const { status, stdout } = spawnSync(process.execPath, [program, 'lint', '--format', 'json', 'many.yaml'], {
      cwd: folder.path,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
    assert.equal(
      (JSON.parse(stdout) as { files: { findings: unknown[] }[] }).files[0]!.findings.length,
      volumes.length,
    );
    assert.equal(status, 1);
  });

  it('ends when the output is written', () => {
    const run = (...given: readonly string[]): readonly [number | null, string] => {
      const args = [...given, program, 'lint', 'one.yaml'];
      const { status, stdout } = spawnSync(process.execPath, args, { cwd: folder.path, encoding: 'utf8' });
      return [status, stdout];
    };
    const atOnce = run();
    assert.match(atOnce[1], /\n1 finding in 1 file: /);
    assert.deepEqual(run('--require', './late.cjs'), atOnce);
  });

  for (const name of ['one.yaml', 'clean.yaml'])
    it(`ends with the code of errors when the report of ${name} cannot be written`, () => {
      const args = ['--require', './full.cjs', program, 'lint', name];
      const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder.path, encoding: 'utf8' });
      assert.equal(stderr, 'stackwarden: The output cannot be written: the disk is full.\n');
      assert.equal(status, 2);
    });

  it('ends with the code of errors when the current directory was removed', () => {
    const args = ['--require', folder.at('gone.cjs'), program, 'lint', 'one.yaml'];
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder.path, encoding: 'utf8' });
    assert.equal(stderr, 'stackwarden: The current directory does not exist.\n');
    assert.equal(status, 2);
  });

  it('exits silently when the pipe is closed', async () => {
    const child = spawn(process.execPath, [program, 'lint', 'many.yaml'], {
      cwd: folder.path,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stderr = '';
    child.stderr.on('data', (data: Buffer) => {
      stderr += data.toString();
    });
    child.stdout.destroy();
    const [code] = (await once(child, 'close')) as [number];
    assert.deepEqual([code, stderr], [1, '']);
  });

  it('ends with the exit code of the run when the pipe is closed within the report', async () => {
    const child = spawn(process.execPath, [program, 'lint', '--format', 'json', 'many.yaml'], {
      cwd: folder.path,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stderr = '';
    child.stderr.on('data', (data: Buffer) => {
      stderr += data.toString();
    });
    child.stdout.once('data', () => child.stdout.destroy());
    const [code] = (await once(child, 'close')) as [number];
    assert.deepEqual([code, stderr], [1, '']);
  });

  it('writes reports to files when the pipe is closed', async () => {
    const child = spawn(process.execPath, [program, 'lint', '--output', 'sarif=out.sarif', 'many.yaml'], {
      cwd: folder.path,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stderr = '';
    child.stderr.on('data', (data: Buffer) => {
      stderr += data.toString();
    });
    child.stdout.destroy();
    const [code] = (await once(child, 'close')) as [number];
    assert.deepEqual([code, stderr], [1, '']);
    const { runs } = JSON.parse(readFileSync(folder.at('out.sarif'), 'utf8')) as { runs: { results: unknown[] }[] };
    assert.equal(runs[0]!.results.length, volumes.length);
  });

  it('ends with the code of errors, not of findings, when the engine cannot be loaded', () => {
    const { status, stderr } = spawnSync(process.execPath, ['--require', './broken.cjs', program, 'lint', 'one.yaml'], {
      cwd: folder.path,
      encoding: 'utf8',
    });
    assert.equal(stderr, 'stackwarden: Internal error: No version\uFFFD[2J\n');
    assert.equal(status, 2);
  });

  it('has no colors in a pipe, unless they are forced', () => {
    const run = (env: NodeJS.ProcessEnv): string =>
      spawnSync(process.execPath, [program, 'lint', 'one.yaml'], {
        cwd: folder.path,
        encoding: 'utf8',
        env: { PATH: process.env['PATH'], ...env },
      }).stdout;
    assert.ok(!run({ CI: 'true' }).includes('\u001b'));
    assert.ok(run({ FORCE_COLOR: '1' }).includes('\u001b[31mhigh'));
  });
});
