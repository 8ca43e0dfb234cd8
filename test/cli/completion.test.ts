/** Completion scripts, in the shells that are installed. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { bashScript } from '../../server/src/cli/completion/bash.ts';
import { completedCommands } from '../../server/src/cli/completion/completed.ts';
import { SHELLS } from '../../server/src/cli/shells.ts';
import { COMMANDS } from '../../server/src/cli/options.ts';
import { makeFolder } from '../host/workspace.ts';
import { call } from './call.ts';

function has(shell: string): boolean {
  return spawnSync(shell, ['--version']).status === 0;
}

describe('stackwarden completion', () => {
  const place = makeFolder({ 'my templates/a.yaml': '', 'b.yaml': '', '$(touch evaluated).yaml': '' });
  const script = (shell: string): string => call(['completion', shell], { cwd: place.path }).out;
  before(() => {
    for (const shell of SHELLS) writeFileSync(place.at(`script.${shell}`), script(shell));
  });
  after(() => place.remove());

  it('prints a script for each shell, with all commands, options and rules', () => {
    for (const shell of SHELLS) {
      const text = script(shell);
      for (const { name, options } of COMMANDS) {
        assert.ok(text.includes(name), `${shell} ${name}`);
        for (const { flags } of options) {
          const long = /--([A-Za-z-]+)/.exec(flags)![1]!;
          assert.ok(text.includes(long), `${shell} ${long}`);
        }
      }
      assert.ok(text.includes('s3-bucket-versioning'), shell);
    }
  });

  it('knows the values of each option that has any', () => {
    for (const { name, options } of completedCommands())
      for (const { names, values } of options)
        if (values?.kind === 'choices') assert.ok(values.choices.length > 0, `${name} ${names.join()}`);
    const kinds = new Set(completedCommands().flatMap(({ options }) => options.map(({ values }) => values?.kind)));
    assert.deepEqual([...kinds].sort(), ['choices', 'directories', 'files', 'other', 'rules', undefined]);
  });

  it('rejects an unknown shell', () => {
    const { code, err } = call(['completion', 'tcsh'], { cwd: place.path });
    assert.equal(code, 2);
    assert.match(err, /'tcsh' is invalid for argument 'shell'\. Allowed choices are bash, zsh, fish, powershell\./);
  });

  describe('in bash', () => {
    before(function () {
      if (!has('bash')) this.skip();
    });

    /** The completions of the last word. */
    function completions(...words: string[]): string {
      const program = `
        source script.bash
        COMP_WORDS=(stackwarden "$@")
        COMP_CWORD=$#
        _stackwarden
        printf '%s\\n' "\${COMPREPLY[*]-}"`;
      const { stdout, stderr, status } = spawnSync('bash', ['--norc', '-u', '-c', program, 'bash', ...words], {
        cwd: place.path,
        encoding: 'utf8',
      });
      assert.equal(status, 0, stderr);
      return stdout.trim();
    }

    const RULES = 's3-bucket-versioning';
    const cases: readonly (readonly [words: readonly string[], expected: string])[] = [
      [['l'], 'lint lsp'],
      [['-'], '-h --help -V --version'],
      [['lint', '--fo'], '--format'],
      [['lint', '--format', 'js'], 'json'],
      [['lint', '--format', '=', 'js'], 'json'],
      [['lint', '--format', '='], 'text json sarif github gitlab junit markdown'],
      [['lint', '--format', 'x'], ''],
      [['lint', 'a.yaml', '--fail-on', 'h'], 'high'],
      [['lint', '--select', 's3-bucket-vers'], RULES],
      [['lint', '--select', 'ebs-volume-encryption,s3-bucket-vers'], `ebs-volume-encryption,${RULES}`],
      [['explain', 's3-bucket-vers'], RULES],
      [['rules', '--format', ''], 'text json'],
      [['completion', ''], SHELLS.join(' ')],
      [['help', 'explain'], 'explain explain-value'],
      // Readline completes file names where there are no words.
      [['lint', ''], ''],
      [['lint', '--config', ''], ''],
      [['explain-value', ''], ''],
      [['access', ''], ''],
      [['access', 'Data', '--format', ''], 'text json'],
      [['nonsense', ''], ''],
    ];
    for (const [words, expected] of cases)
      it(`completes "${words.join(' ')}"`, () => {
        assert.equal(completions(...words), expected);
      });

    it('evaluates nothing that was typed', () => {
      completions('lint', '$(touch evaluated)', '');
      completions('lint', '--select', '$(touch evaluated)');
      completions('explain', '`touch evaluated`');
      assert.equal(spawnSync('test', ['-e', place.at('evaluated')]).status, 1);
    });

    it('can be loaded twice, and does not change options of the shell', () => {
      const program =
        'set -euo pipefail; a=$(set +o; shopt); source script.bash; source script.bash; [[ $a == "$(set +o; shopt)" ]]';
      const { status, stderr } = spawnSync('bash', ['--norc', '-c', program], { cwd: place.path, encoding: 'utf8' });
      assert.deepEqual([status, stderr], [0, '']);
    });

    it('has no words that need quoting', () => {
      const words = bashScript([])
        .match(/_stackwarden_words '([^']*)'/g)!
        .join(' ');
      assert.match(words, /^[\w' -]+$/);
    });
  });

  it('completes in fish', function () {
    if (!has('fish')) this.skip();
    const complete = (line: string): readonly string[] =>
      spawnSync('fish', ['--no-config', '-c', 'source script.fish; complete -C $argv[1]', line], {
        cwd: place.path,
        encoding: 'utf8',
      })
        .stdout.split('\n')
        .map((found) => found.split('\t')[0]!)
        .filter((found) => found !== '');
    assert.deepEqual(complete('stackwarden lint --format '), ['json', 'text']);
    assert.deepEqual(complete('stackwarden explain s3-bucket-vers'), ['s3-bucket-versioning']);
    assert.deepEqual(complete('stackwarden lint --select a,s3-bucket-vers'), ['a,s3-bucket-versioning']);
    assert.deepEqual(complete('stackwarden lint b.y'), ['b.yaml']);
  });

  it('is a valid script of zsh', function () {
    if (!has('zsh')) this.skip();
    const { status, stderr } = spawnSync('zsh', ['-n', 'script.zsh'], { cwd: place.path, encoding: 'utf8' });
    assert.deepEqual([status, stderr], [0, '']);
  });
});
