/** `lint --changed-since`, with a real repository. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { makeFolder } from '../host/workspace.ts';
import { call, type Called } from './call.ts';

const VOLUME =
  'Resources:\n  Disk:\n    Type: AWS::EC2::Volume\n    Properties: {AvailabilityZone: a, Size: 1, Encrypted: false}\n';
const DISK = `resource "aws_ebs_volume" "d" {
  availability_zone = "a"
  size              = 1
  encrypted         = var.encrypted
}
`;

describe('stackwarden lint --changed-since', () => {
  let folder: ReturnType<typeof makeFolder>;
  const git = (...args: readonly string[]): string =>
    execFileSync(
      'git',
      ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false', ...args],
      {
        cwd: folder.path,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' },
      },
    );
  const write = (name: string, text: string): void => writeFileSync(folder.at(name), text);
  const commit = (): void => {
    git('add', '-A');
    git('commit', '-qm', 'x');
  };
  const lint = (...args: string[]): Called =>
    call(['lint', '--format', 'json', '--changed-since', ...args], { cwd: folder.path });
  const checked = ({ out, err }: Called): readonly string[] => {
    assert.equal(err, '');
    return (JSON.parse(out) as { files: { path: string }[] }).files.map(({ path }) => path);
  };

  beforeEach(() => {
    folder = makeFolder({
      'a.yaml': VOLUME,
      'b.yaml': VOLUME,
      'c.yaml': VOLUME,
      'sub/d.yaml': VOLUME,
      'tf/main.tf': DISK,
      'tf/variables.tf': 'variable "encrypted" {}\n',
      'tf/terraform.tfvars': 'encrypted = false\n',
      '.gitignore': 'ignored/\n',
    });
    git('init', '-q', '-b', 'main');
    commit();
    git('switch', '-qc', 'work');
  });
  afterEach(() => folder.remove());

  it('checks nothing if nothing was changed, which is no error', () => {
    const { code, out, err } = call(['lint', '--changed-since', 'main'], { cwd: folder.path });
    assert.deepEqual([code, err], [0, '']);
    assert.match(out, /found in the changes\s+since main\.\n$/);
  });

  it('checks files that are committed, modified, staged, renamed or untracked, and no others', () => {
    write('a.yaml', `# committed\n${VOLUME}`);
    commit();
    write('b.yaml', `# modified\n${VOLUME}`);
    renameSync(folder.at('c.yaml'), folder.at('sub/renamed é.yaml'));
    git('add', 'c.yaml', 'sub');
    write('new.yaml', VOLUME);
    mkdirSync(folder.at('ignored'));
    write('ignored/e.yaml', VOLUME);
    assert.deepEqual(checked(lint('main')), ['a.yaml', 'b.yaml', 'new.yaml', 'sub/renamed é.yaml']);
    assert.deepEqual(checked(lint('HEAD')), ['b.yaml', 'new.yaml', 'sub/renamed é.yaml']);
    assert.deepEqual(checked(lint('main', 'sub')), ['sub/renamed é.yaml']);
    assert.deepEqual(checked(lint('main', 'a.yaml', 'sub/d.yaml')), ['a.yaml']);
    assert.equal(lint('main').code, 1);
  });

  it('leaves out deleted files, and what changed only on the other side', () => {
    git('switch', '-q', 'main');
    write('a.yaml', `# on main\n${VOLUME}`);
    commit();
    git('switch', '-q', 'work');
    rmSync(folder.at('b.yaml'));
    assert.deepEqual(checked(lint('main')), []);
  });

  it('works in a subdirectory', () => {
    write('a.yaml', `# x\n${VOLUME}`);
    write('sub/d.yaml', `# x\n${VOLUME}`);
    const { out } = call(['lint', '--format', 'json', '--changed-since', 'main'], { cwd: folder.at('sub') });
    assert.deepEqual(
      (JSON.parse(out) as { files: { path: string }[] }).files.map(({ path }) => path),
      ['d.yaml'],
    );
  });

  it('reads unchanged files of the directory', () => {
    write('tf/main.tf', `# x\n${DISK}`);
    const called = lint('main');
    assert.deepEqual(checked(called), ['tf/main.tf']);
    assert.match(called.out, /ebs-volume-encryption/);
  });

  describe('with a changed configuration', () => {
    const TEAM = 'rules: {s3-bucket-versioning: off}\n';
    const configure = (files: Readonly<Record<string, string>>): void => {
      git('switch', '-q', 'main');
      for (const [name, text] of Object.entries(files)) write(name, text);
      commit();
      git('switch', '-q', 'work');
      git('merge', '-q', 'main');
    };
    const resultOf = (...args: string[]): readonly [files: readonly string[], err: string] => {
      const { out, err } = lint('main', ...args);
      return [(JSON.parse(out) as { files: { path: string }[] }).files.map(({ path }) => path), err];
    };
    const ALL = ['a.yaml', 'b.yaml', 'c.yaml', 'sub/d.yaml', 'tf/main.tf', 'tf/variables.tf'];

    it('checks all files that it governs', () => {
      write('.stackwarden.yaml', TEAM);
      assert.deepEqual(resultOf(), [
        ALL,
        'stackwarden: .stackwarden.yaml was changed. All files with this configuration are checked.\n',
      ]);
      assert.deepEqual(resultOf('sub')[0], ['sub/d.yaml']);
    });
    it('checks no others', () => {
      write('sub/.stackwarden.yaml', TEAM);
      write('a.yaml', `# x\n${VOLUME}`);
      assert.deepEqual(resultOf(), [
        ['a.yaml', 'sub/d.yaml'],
        'stackwarden: sub/.stackwarden.yaml was changed. All files with this configuration are checked.\n',
      ]);
    });
    it('follows what it extends', () => {
      configure({ 'team.stackwarden.yaml': TEAM, 'sub/.stackwarden.yaml': 'extends: ../team.stackwarden.yaml\n' });
      assert.deepEqual(resultOf(), [[], '']);
      write('team.stackwarden.yaml', `# x\n${TEAM}`);
      assert.deepEqual(resultOf(), [
        ['sub/d.yaml'],
        'stackwarden: team.stackwarden.yaml was changed. All files with this configuration are checked.\n',
      ]);
    });
    it('includes one above, which enforces settings', () => {
      configure({ '.stackwarden.yaml': TEAM, 'sub/.stackwarden.yaml': TEAM });
      write('.stackwarden.yaml', 'inlineSuppressions: false\n');
      assert.deepEqual(resultOf()[0], ALL);
    });
    it('includes a deleted one', () => {
      configure({ 'sub/.stackwarden.yaml': TEAM });
      rmSync(folder.at('sub/.stackwarden.yaml'));
      assert.deepEqual(resultOf()[0], ['sub/d.yaml']);
    });
    it('includes one that --config names', () => {
      configure({ 'ci.stackwarden.yaml': TEAM });
      assert.deepEqual(resultOf('--config', 'ci.stackwarden.yaml'), [[], '']);
      write('ci.stackwarden.yaml', `# x\n${TEAM}`);
      assert.deepEqual(resultOf('--config', 'ci.stackwarden.yaml')[0], ALL);
    });
    it('reports no entry as unused if not all files are checked', () => {
      configure({ '.stackwarden.yaml': 'suppressions: [{rule: ebs-volume-encryption, paths: b.yaml, reason: x}]\n' });
      write('a.yaml', `# x\n${VOLUME}`);
      assert.deepEqual(resultOf('--profile', 'strict')[0], ['a.yaml']);
    });
  });

  it('is combined with a baseline', () => {
    call(['baseline'], { cwd: folder.path });
    write('a.yaml', `# x\n${VOLUME}`);
    const baseline = ['--baseline', '.stackwarden-baseline.json', '--strict-baseline'];
    assert.equal(lint('main', ...baseline).code, 0);
    write('a.yaml', VOLUME.replace('Disk', 'Other'));
    assert.equal(lint('main', ...baseline).code, 1);
  });

  const wrong: Readonly<Record<string, readonly [revision: string, error: RegExp]>> = {
    'an unknown revision': ['nowhere', /Git does not know the revision "nowhere"\. In a shallow clone/],
    'a revision that Git would read as an option': ['--output=x', /"--output=x" is not a revision/],
    'an empty revision': ['', /"" is not a revision/],
    'a file': ['HEAD:a.yaml', /Git does not know the revision "HEAD:a\.yaml"/],
  };
  for (const [what, [revision, error]] of Object.entries(wrong)) {
    it(`reports ${what}`, () => {
      const { code, err } = call(['lint', `--changed-since=${revision}`], { cwd: folder.path });
      assert.equal(code, 2);
      assert.match(err, error);
    });
  }

  it('reports a history without a common commit', () => {
    git('switch', '-q', '--orphan', 'other');
    write('x.yaml', VOLUME);
    commit();
    assert.match(lint('main').err, /no common history with "main"/);
  });

  it('reports a missing repository, and standard input', () => {
    rmSync(folder.at('.git'), { recursive: true });
    assert.match(lint('main').err, /The current directory is not in a Git repository\./);
    assert.match(lint('main', '--stdin-filename', 'a.yaml').err, /cannot be used with option/);
  });

  it('reports that Git is not installed', () => {
    const path = process.env['PATH'];
    process.env['PATH'] = folder.path;
    try {
      assert.match(lint('main').err, /Git is not installed, or not in the PATH\./);
    } finally {
      process.env['PATH'] = path;
    }
  });
});
