/** Progress of long runs, and their interruption. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Progress, Steps } from '../../server/src/base/steps.ts';
import { paced } from '../../server/src/cli/paced.ts';
import { ProgressLine, progressWanted } from '../../server/src/cli/progress-line.ts';
import { makeFolder } from '../host/workspace.ts';
import { commandLine } from '../kit/programs.ts';
import { call } from './call.ts';

const VOLUME =
  'Resources:\n  Disk:\n    Type: AWS::EC2::Volume\n    Properties: {AvailabilityZone: a, Size: 1, Encrypted: false}\n';
const CHECKING: Progress = { stage: 'checking', done: 3, total: 10 };

describe('the progress line', () => {
  function lineAt(columns = 80): { line: ProgressLine; written: string[]; wait: (time: number) => void } {
    const written: string[] = [];
    let now = 1000;
    const line = new ProgressLine({ write: (text) => written.push(text), columns: () => columns, now: () => now });
    return { line, written, wait: (time) => (now += time) };
  }

  it('appears after half a second, is rewritten and removed', () => {
    const { line, written, wait } = lineAt();
    line.show({ stage: 'reading', done: 0, total: 10 });
    line.clear();
    assert.deepEqual(written, []);
    wait(500);
    line.show({ stage: 'reading', done: 5, total: 10 });
    line.show({ stage: 'reading', done: 6, total: 10 });
    wait(100);
    line.show(CHECKING);
    line.show({ stage: 'reporting', done: 0, total: 0 });
    line.clear();
    line.clear();
    assert.deepEqual(written, [
      '\r\u001b[KReading files: 5 of 10',
      '\r\u001b[KChecking files: 3 of 10',
      '\r\u001b[KWriting the report',
      '\r\u001b[K',
    ]);
  });

  it('fits into a narrow terminal', () => {
    const { line, written, wait } = lineAt(10);
    wait(500);
    line.show(CHECKING);
    assert.deepEqual(written, ['\r\u001b[KChecking ']);
  });

  it('is shown on terminals of people only', () => {
    assert.equal(progressWanted({ TERM: 'xterm' }, true), true);
    assert.equal(progressWanted({ CI: 'false' }, true), true);
    assert.equal(progressWanted({}, false), false);
    assert.equal(progressWanted({ TERM: 'dumb' }, true), false);
    for (const CI of ['true', '1', 'yes']) assert.equal(progressWanted({ CI }, true), false);
  });
});

describe('paced work', () => {
  it('pauses between steps, and not for work without steps', async () => {
    const output: string[] = [];
    let now = 0;
    const pace = {
      now: () => now,
      pause: (): Promise<void> => Promise.resolve(void output.push('pause')),
      begin: () => output.push('begin'),
      show: ({ stage, done }: Progress) => output.push(`${stage} ${done}`),
      end: () => output.push('end'),
    };
    function* work(steps: number): Steps<number> {
      for (let done = 0; done < steps; done++) {
        now += 30;
        yield { stage: 'checking', done, total: steps };
      }
      if (steps > 0) yield { stage: 'reporting', done: 0, total: 0 };
      return steps;
    }
    assert.equal(await paced(work(0), pace), 0);
    assert.deepEqual(output, []);
    assert.equal(await paced(work(4), pace), 4);
    assert.deepEqual(
      output.join(', '),
      'begin, checking 0, checking 1, checking 2, pause, checking 3, reporting 0, end, end',
    );
  });
});

describe('an interrupted run', () => {
  const names = Array.from({ length: 6 }, (_, i) => `t${i}.yaml`);
  const place = makeFolder({ '.git/HEAD': '', ...Object.fromEntries(names.map((name) => [name, VOLUME])) });
  after(() => place.remove());
  const interruptedAfter = (limit: number): (() => boolean) => {
    let checks = 0;
    return () => checks++ >= limit;
  };

  it('reports the files that were checked, says that it is incomplete, and ends with 130', () => {
    const { code, out, err } = call(['lint', '--format', 'json'], {
      cwd: place.path,
      interrupted: interruptedAfter(10),
    });
    const { files, incomplete } = JSON.parse(out) as {
      files: { path: string; findings: unknown[] }[];
      incomplete: { path: string; reason: string }[];
    };
    assert.equal(code, 130);
    assert.ok(files.length > 0 && files.length < names.length, out);
    assert.ok(files.every(({ findings }) => findings.length === 1));
    assert.deepEqual([...files, ...incomplete].map(({ path }) => path).sort(), names);
    assert.equal(incomplete[0]!.reason, 'is not checked because the run was interrupted');
    assert.equal(err, `stackwarden: Interrupted. ${incomplete.length} files were not checked.\n`);
  });

  it('has an empty report if nothing was checked', () => {
    const { code, out, err } = call(['lint'], { cwd: place.path, interrupted: () => true });
    assert.deepEqual([code, out], [130, 'No files were checked.\n']);
    assert.equal(err, 'stackwarden: Interrupted. 6 files were not checked.\n');
  });

  it('does not write fixes', () => {
    const bucket = 'Resources:\n  B:\n    Type: AWS::S3::Bucket\n';
    const own = makeFolder({ '.git/HEAD': '', 'a.yaml': bucket });
    assert.deepEqual(call(['lint', '--fix'], { cwd: own.path, interrupted: () => true }), {
      code: 130,
      out: '',
      err: 'stackwarden: Interrupted. No files were changed.\n',
    });
    assert.equal(readFileSync(own.at('a.yaml'), 'utf8'), bucket);
    own.remove();
  });

  it('is one that receives SIGINT', async function () {
    if (process.platform === 'win32') this.skip();
    const many = makeFolder({
      '.git/HEAD': '',
      ...Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`t${i}.yaml`, VOLUME])),
    });
    // Sends the signal as soon as the program listens to it.
    const signal = `process.on('newListener', (name) => {
      if (name === 'SIGINT') setImmediate(() => process.kill(process.pid, 'SIGINT'));
    });`;
    const child = spawn(
      process.execPath,
      ['--import', `data:text/javascript,${encodeURIComponent(signal)}`, await commandLine(), 'lint'],
      { cwd: many.path, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    let err = '';
    child.stderr.on('data', (data: Buffer) => {
      err += data.toString();
    });
    assert.deepEqual(await once(child, 'close'), [130, null]);
    assert.match(err, /^stackwarden: Interrupted\. \d+ files were not checked\.\n$/);
    many.remove();
  });
});
