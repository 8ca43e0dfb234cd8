import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, linkSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { encodeText, type Encoding } from '../../server/src/host/text-encoding.ts';
import { replaceOrCreate, writeText } from '../../server/src/host/write.ts';
import { makeFolder, withoutPrivileges } from './workspace.ts';

const BEFORE = 'Größe: 1 # 😀\r\n';
const AFTER = 'Größe: 22 # 😀\r\n';

describe('writing a changed text', () => {
  for (const encoding of ['utf-8', 'utf-8-bom', 'utf-16le', 'utf-16be'] as const satisfies readonly Encoding[]) {
    it(`keeps ${encoding}`, () => {
      const folder = makeFolder({ 'a.yaml': encodeText(BEFORE, encoding) });
      assert.equal(writeText(folder.at('a.yaml'), BEFORE, AFTER), undefined);
      assert.ok(readFileSync(folder.at('a.yaml')).equals(encodeText(AFTER, encoding)));
      assert.deepEqual(readdirSync(folder.path), ['a.yaml']);
      folder.remove();
    });
  }

  it('keeps permissions and links', () => {
    const folder = makeFolder({ 'real.yaml': BEFORE, 'link.yaml': { link: 'real.yaml' } });
    chmodSync(folder.at('real.yaml'), 0o666);
    assert.equal(writeText(folder.at('link.yaml'), BEFORE, AFTER), undefined);
    assert.ok(lstatSync(folder.at('link.yaml')).isSymbolicLink());
    assert.equal(readFileSync(folder.at('real.yaml'), 'utf8'), AFTER);
    assert.equal(statSync(folder.at('real.yaml')).mode & 0o777, 0o666);
    folder.remove();
  });

  it('leaves a file alone that is no longer what was read', () => {
    const folder = makeFolder({ 'a.yaml': 'other' });
    assert.equal(writeText(folder.at('a.yaml'), BEFORE, AFTER), 'was changed by another program');
    assert.equal(readFileSync(folder.at('a.yaml'), 'utf8'), 'other');
    folder.remove();
  });

  it('leaves a file alone whose bytes it cannot keep', () => {
    const bytes = Buffer.from('a: caf\xe9\n', 'latin1');
    const folder = makeFolder({ 'a.yaml': bytes });
    assert.equal(
      writeText(folder.at('a.yaml'), 'a: caf\uFFFD\n', 'a: 1\n'),
      'contains characters that are invalid in its encoding',
    );
    assert.ok(readFileSync(folder.at('a.yaml')).equals(bytes));
    folder.remove();
  });

  it('leaves a protected file alone, though its folder could be written', function () {
    if (process.platform === 'win32') this.skip();
    const folder = makeFolder({ 'a.yaml': BEFORE });
    chmodSync(folder.path, 0o777);
    chmodSync(folder.at('a.yaml'), 0o444);
    assert.equal(
      withoutPrivileges(() => writeText(folder.at('a.yaml'), BEFORE, AFTER)),
      'cannot be written: permission denied',
    );
    assert.equal(readFileSync(folder.at('a.yaml'), 'utf8'), BEFORE);
    folder.remove();
  });

  it('says why it cannot write', () => {
    const folder = makeFolder({ 'a.yaml': BEFORE });
    assert.equal(writeText(folder.at('none.yaml'), BEFORE, AFTER), 'does not exist');
    // A folder in the place of the temporary file stands for everything that can go wrong while writing.
    mkdirSync(folder.at(`.a.yaml.${process.pid}.stackwarden.tmp`));
    assert.equal(writeText(folder.at('a.yaml'), BEFORE, AFTER), 'cannot be written: EEXIST');
    assert.equal(readFileSync(folder.at('a.yaml'), 'utf8'), BEFORE);
    folder.remove();
  });

  it('keeps the owner and the group, also where only the owner may give a file away', function () {
    if (process.geteuid?.() !== 0) this.skip();
    const folder = makeFolder({ 'a.yaml': BEFORE, 'b.yaml': BEFORE });
    chmodSync(folder.path, 0o777);
    for (const [name, write] of [
      ['a.yaml', writeText],
      ['b.yaml', (...args: Parameters<typeof writeText>) => withoutPrivileges(() => writeText(...args))],
    ] as const) {
      chownSync(folder.at(name), 1234, 5678);
      chmodSync(folder.at(name), 0o666);
      assert.equal(write(folder.at(name), BEFORE, AFTER), undefined);
      const { uid, gid, mode } = statSync(folder.at(name));
      assert.deepEqual([uid, gid, mode & 0o777, readFileSync(folder.at(name), 'utf8')], [1234, 5678, 0o666, AFTER]);
    }
    assert.deepEqual(readdirSync(folder.path), ['a.yaml', 'b.yaml']);
    folder.remove();
  });

  it('writes for all names of a file, and in a folder in which no file may be made', () => {
    const folder = makeFolder({ 'a.yaml': `${BEFORE}longer`, 'closed/b.yaml': BEFORE });
    linkSync(folder.at('a.yaml'), folder.at('other.yaml'));
    assert.equal(writeText(folder.at('a.yaml'), `${BEFORE}longer`, AFTER), undefined);
    assert.equal(readFileSync(folder.at('other.yaml'), 'utf8'), AFTER);
    chmodSync(folder.at('closed/b.yaml'), 0o666);
    chmodSync(folder.path, 0o755);
    chmodSync(folder.at('closed'), 0o555);
    assert.equal(
      withoutPrivileges(() => writeText(folder.at('closed/b.yaml'), BEFORE, AFTER)),
      undefined,
    );
    assert.equal(readFileSync(folder.at('closed/b.yaml'), 'utf8'), AFTER);
    chmodSync(folder.at('closed'), 0o755);
    folder.remove();
  });

  it('removes what a run that was killed left behind, and nothing else', () => {
    const others = [
      `.a.yaml.${process.ppid}.stackwarden.tmp`,
      '.a.yaml.x.stackwarden.tmp',
      '.a.yaml.4194305.tmp',
      '.b.yaml.4194305.stackwarden.tmp',
    ];
    // No process has a number that is larger than the largest.
    const folder = makeFolder(
      Object.fromEntries(['a.yaml', '.a.yaml.4194305.stackwarden.tmp', ...others].map((name) => [name, BEFORE])),
    );
    assert.equal(writeText(folder.at('a.yaml'), BEFORE, AFTER), undefined);
    assert.deepEqual(readdirSync(folder.path).sort(), ['a.yaml', ...others].sort());
    folder.remove();
  });

  it('is not interrupted by a signal', () => {
    const script =
      "import('./server/src/host/write.ts').then(({ uninterrupted }) => { uninterrupted(() => { process.kill(process.pid, 'SIGTERM'); process.kill(process.pid, 'SIGINT'); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50); console.log('done'); }); });";
    const { stdout } = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      encoding: 'utf8',
    });
    assert.equal(stdout, 'done\n');
  });
});

describe('writing a report', () => {
  it('creates a file with the mode of new files', () => {
    const folder = makeFolder({});
    assert.equal(replaceOrCreate(folder.at('new.txt'), BEFORE), undefined);
    assert.equal(readFileSync(folder.at('new.txt'), 'utf8'), BEFORE);
    if (process.platform !== 'win32')
      assert.equal(statSync(folder.at('new.txt')).mode & 0o777, 0o666 & ~process.umask());
    assert.deepEqual(readdirSync(folder.path), ['new.txt']);
    folder.remove();
  });

  it('replaces a file', () => {
    const folder = makeFolder({ 'a.txt': 'x'.repeat(1000) });
    assert.equal(replaceOrCreate(folder.at('a.txt'), BEFORE), undefined);
    assert.equal(readFileSync(folder.at('a.txt'), 'utf8'), BEFORE);
    assert.deepEqual(readdirSync(folder.path), ['a.txt']);
    folder.remove();
  });

  it('writes a text in pieces, and leaves the file alone if making one fails', () => {
    const folder = makeFolder({ 'a.txt': 'x'.repeat(1000) });
    function* pieces(fails: boolean): Generator<string> {
      yield 'é1';
      if (fails) throw new Error('A report fails.');
      yield '2';
    }
    for (const name of ['a.txt', 'new.txt'])
      assert.throws(() => replaceOrCreate(folder.at(name), pieces(true)), /A report fails/);
    assert.equal(readFileSync(folder.at('a.txt'), 'utf8'), 'x'.repeat(1000));
    assert.deepEqual(readdirSync(folder.path), ['a.txt']);
    assert.equal(replaceOrCreate(folder.at('a.txt'), pieces(false)), undefined);
    assert.equal(readFileSync(folder.at('a.txt'), 'utf8'), 'é12');
    folder.remove();
  });

  it('says why it cannot write, and leaves the file alone', () => {
    const folder = makeFolder({ 'a.txt': 'old', 'd/x': '' });
    assert.equal(replaceOrCreate(folder.at('d'), BEFORE), 'is a folder');
    assert.equal(replaceOrCreate(folder.at('none/a.txt'), BEFORE), 'cannot be written: its directory does not exist');
    if (process.platform !== 'win32') {
      chmodSync(folder.at('a.txt'), 0o444);
      chmodSync(folder.path, 0o755);
      for (const name of ['a.txt', 'new.txt'])
        assert.equal(
          withoutPrivileges(() => replaceOrCreate(folder.at(name), BEFORE)),
          'cannot be written: permission denied',
        );
      assert.equal(readFileSync(folder.at('a.txt'), 'utf8'), 'old');
    }
    assert.deepEqual(readdirSync(folder.path), ['a.txt', 'd']);
    folder.remove();
  });
});
