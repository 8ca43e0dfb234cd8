/** The programs that the operating system brings. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './run.ts';

interface SystemProgram {
  /** Names that it may have; the first that is there counts. */
  readonly names: readonly string[];
  readonly debianPackage: string;
}

const PROGRAMS = {
  chromium: { names: ['chromium', 'chromium-browser', 'google-chrome'], debianPackage: 'chromium' },
  neovim: { names: ['nvim'], debianPackage: 'neovim' },
  emacs: { names: ['emacs'], debianPackage: 'emacs-nox' },
} as const satisfies Record<string, SystemProgram>;

/** Text in a browser without any font has no width. */
const FONTS = 'fonts-dejavu-core';

export type SystemPrograms = Readonly<Record<keyof typeof PROGRAMS, string>>;

/** The paths of all programs, or an error that says which packages to install. */
export function systemPrograms(): SystemPrograms {
  const missing = missingPackages();
  if (missing.length > 0)
    throw new Error(
      `Not installed: ${missing.join(', ')}. On Debian: apt-get install --no-install-recommends ${missing.join(' ')} ${FONTS}`,
    );
  return Object.fromEntries(
    Object.entries(PROGRAMS).map(([name, { names }]) => [name, onPath(names)]),
  ) as SystemPrograms;
}

/** Installs what is missing where we may, which is as root on Debian; elsewhere it stays missing. */
export async function installSystemPrograms(): Promise<void> {
  const missing = missingPackages();
  if (missing.length === 0 || process.getuid?.() !== 0 || onPath(['apt-get']) === undefined) return;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], { env });
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing, FONTS], { env });
}

function missingPackages(): readonly string[] {
  return Object.values(PROGRAMS)
    .filter(({ names }) => onPath(names) === undefined)
    .map(({ debianPackage }) => debianPackage);
}

function onPath(names: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
