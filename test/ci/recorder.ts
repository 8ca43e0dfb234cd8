/** A program in place of Stackwarden that records its arguments, and an npm that installs it and records its own. */
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { delimiter } from 'node:path';
import { makeFolder } from '../host/workspace.ts';

/** Records its arguments and where it runs, and writes the files of `--output`, unless it is to fail with 2. */
const PROGRAM = `
const fs = require('node:fs');
const args = process.argv.slice(2);
fs.writeFileSync(process.env.CALLED, JSON.stringify({ args, cwd: process.cwd() }));
console.log('the report');
if (process.env.STATUS === '2') process.exit(2);
for (const arg of args) {
  const [, format, file] = /^--output=(\\w+)=(.*)$/s.exec(arg) ?? [];
  if (file) fs.writeFileSync(file, 'as ' + format + '\\n');
}
process.exit(Number(process.env.STATUS ?? 0));
`;

const NPM = `#!/usr/bin/env bash
printf '%s\\n' "$PWD" "$@" >>"$INSTALLED"
[ "\${NPM_FAILS:-}" != yes ] || exit 1
mkdir -p node_modules/stackwarden/dist
cp "$PROGRAM" node_modules/stackwarden/dist/cli.cjs
`;

export interface Recorder {
  readonly folder: ReturnType<typeof makeFolder>;
  readonly environment: Readonly<Record<string, string>>;
  /**
   * What the program was called with, and the arguments of npm after its folder. Paths are relative to the recorder's
   * folder.
   */
  recorded(): {
    readonly args: readonly string[] | undefined;
    readonly cwd: string | undefined;
    readonly installed: readonly string[];
  };
  /** The text of a file in the folder, or undefined. */
  read(name: string): string | undefined;
}

/** A recorder with further files in its folder. */
export function recorder(entries: Readonly<Record<string, string>>): Recorder {
  const folder = makeFolder({ 'program.cjs': PROGRAM, 'bin/npm': NPM, ...entries });
  chmodSync(folder.at('bin/npm'), 0o755);
  const read = (name: string): string | undefined =>
    existsSync(folder.at(name)) ? readFileSync(folder.at(name), 'utf8') : undefined;
  const inFolder = (text: string): string => text.replaceAll(folder.path, '');
  return {
    folder,
    environment: {
      PATH: [folder.at('bin'), process.env['PATH']].join(delimiter),
      PROGRAM: folder.at('program.cjs'),
      CALLED: folder.at('called'),
      INSTALLED: folder.at('installed'),
    },
    recorded() {
      const { args, cwd } = JSON.parse(read('called') ?? '{}') as { readonly args?: string[]; readonly cwd?: string };
      return {
        args: args?.map(inFolder),
        cwd: cwd === undefined ? undefined : inFolder(cwd),
        installed: (read('installed') ?? '').trim().split('\n').map(inFolder),
      };
    },
    read,
  };
}

/** Texts that a shell, GitHub or GitLab could evaluate. */
export const HOSTILE: readonly string[] = [
  '$(touch /tmp/x)',
  '`id`',
  '"; exit 0; "',
  "'; exit 0; '",
  '--fix',
  '${IFS}',
  'a && b',
  '*',
  '\\',
  '${{ github.token }}',
  '%0A::set-output',
];
