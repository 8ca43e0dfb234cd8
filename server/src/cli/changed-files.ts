/** The files that were changed since a Git revision. */
import { flatMap } from '../base/flat-map.ts';
import type * as ChildProcess from 'node:child_process';
import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { inert } from '../base/inert.ts';
import { changedConfigurations } from './changed-configuration.ts';
import type { Inputs } from './inputs.ts';
import type { LintOptions } from './lint.ts';
import { UsageError, type World } from './world.ts';

/**
 * The inputs that were changed since the merge base with a revision, and those whose configuration was changed. Throws
 * a `UsageError` if Git fails.
 */
export function changedAmong(
  inputs: Inputs,
  revision: string,
  options: Pick<LintOptions, 'root' | 'config'>,
  world: World,
): Inputs {
  const changed = changedFiles(revision, world.cwd);
  const isChanged = (path: string): boolean => changed.has(realPath(path));
  const configurationOf = changedConfigurations(inputs, isChanged, options, world);
  const governed = new Set<string>();
  const files = inputs.files.filter((file) => {
    const configuration = configurationOf(file);
    if (configuration !== undefined) governed.add(configuration);
    return configuration !== undefined || isChanged(file.path);
  });
  // Which of these files are documents is known only when they have been read, so they are not counted.
  for (const name of governed)
    world.err(`stackwarden: ${inert(`${name} was changed. All files with this configuration are checked.`)}\n`);
  return {
    ...inputs,
    files,
    isPartial: files.length < inputs.files.length,
    described: `the changes since ${revision}`,
  };
}

/** The absolute paths of changed, deleted and untracked files of the repository of a directory. */
function changedFiles(revision: string, cwd: string): ReadonlySet<string> {
  // Git would read it as an option.
  if (revision === '' || revision.startsWith('-'))
    throw new UsageError(`--changed-since: "${revision}" is not a revision. Expected a branch, a tag or a commit.`);
  const top = git(['rev-parse', '--show-toplevel'], cwd, NO_REPOSITORY).replace(/\r?\n$/, '');
  const commit = git(
    ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`],
    top,
    `Git does not know the revision "${revision}". In a shallow clone, fetch more of the history first.`,
  ).trim();
  const base = git(
    ['merge-base', commit, 'HEAD'],
    top,
    `The current commit has no common history with "${revision}". In a shallow clone, fetch more of the history first.`,
  ).trim();
  const failed = 'Git cannot list the changed files.';
  const diff = ['diff', '--name-only', '-z', '--no-ext-diff', '--no-textconv', '--ignore-submodules', '--no-renames'];
  const names = flatMap(
    [
      git([...diff, base, '--'], top, failed),
      git(['ls-files', '-z', '--others', '--exclude-standard', '--'], top, failed),
    ],
    (list) => list.split('\0').filter((name) => name !== ''),
  );
  return new Set(names.map((name) => realPath(join(top, name))));
}

const NO_REPOSITORY = 'The current directory is not in a Git repository.';

/** The largest list of files. */
const LARGEST = 256 * 1024 * 1024;

/**
 * Runs Git without a shell, and returns its output. A file system monitor that the repository configures is not
 * started.
 */
function git(args: readonly string[], cwd: string, otherwise: string): string {
  // Loaded on demand, because few runs need it and loading takes some milliseconds.
  const { execFileSync } = createRequire(import.meta.url)('node:child_process') as typeof ChildProcess;
  try {
    return execFileSync('git', ['-c', 'core.fsmonitor=false', ...args], {
      cwd: resolve(cwd),
      encoding: 'utf8',
      maxBuffer: LARGEST,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      env: { ...process.env, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' },
    });
  } catch (error) {
    throw new UsageError(`--changed-since: ${reasonOf(error) ?? otherwise}`);
  }
}

/** Why Git did not run at all; undefined if it ran and failed for the usual reason. */
function reasonOf(error: unknown): string | undefined {
  const { code, stderr } = error as NodeJS.ErrnoException & { readonly stderr?: unknown };
  if (code === 'ENOENT') return 'Git is not installed, or not in the PATH.';
  if (code !== undefined) return `Git cannot be run: ${code}.`;
  return typeof stderr === 'string' && stderr.includes('dubious ownership')
    ? 'Git does not trust the repository, because another user owns it. Add it to the setting safe.directory of Git.'
    : undefined;
}

/** A path with the symbolic links of its folder resolved. Links themselves are files of the repository. */
function realPath(path: string): string {
  try {
    return join(realpathSync.native(dirname(path)), basename(path));
  } catch {
    return path;
  }
}
