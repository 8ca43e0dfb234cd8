/** The action for GitHub: its metadata, and what its script calls. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { makeFolder } from '../host/workspace.ts';
import { HOSTILE, recorder } from './recorder.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SCRIPT = join(ROOT, 'tools/action/lint.sh');
const { version: VERSION } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  readonly version: string;
};

interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: {
    readonly using: string;
    readonly steps: readonly {
      readonly id: string;
      readonly shell: string;
      readonly env: Readonly<Record<string, string>>;
      readonly run: string;
    }[];
  };
}

const ACTION = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8')) as Action;

interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  /** What the program was called with; undefined if it was not. */
  readonly args: readonly string[] | undefined;
  readonly cwd: string | undefined;
  /** The folder and the arguments of npm. */
  readonly installed: readonly string[];
  readonly outputs: string;
  readonly summary: string;
  readonly sarif: string | undefined;
}

function run(inputs: Readonly<Record<string, string>>, environment: Readonly<Record<string, string>> = {}): Ran {
  const {
    folder,
    environment: recording,
    recorded,
    read,
  } = recorder({ 'repository/infra/a b/': '', 'temp/': '', out: '', summary: '' });
  try {
    const { status, stdout } = spawnSync('bash', [SCRIPT], {
      cwd: folder.at('repository'),
      encoding: 'utf8',
      env: {
        ...recording,
        RUNNER_TEMP: folder.at('temp'),
        GITHUB_OUTPUT: folder.at('out'),
        GITHUB_STEP_SUMMARY: folder.at('summary'),
        ...environment,
        // As action.yml passes them.
        ...Object.fromEntries(Object.entries(ACTION.inputs).map(([name, input]) => [variableOf(name), input.default])),
        ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [variableOf(name), value])),
      },
    });
    return {
      status,
      stdout,
      ...recorded(),
      outputs: read('out')!,
      summary: read('summary')!,
      sarif: read('repository/new/report.sarif'),
    };
  } finally {
    folder.remove();
  }
}

const variableOf = (input: string): string => `INPUT_${input.toUpperCase().replaceAll('-', '_')}`;

describe('action.yml', () => {
  const [step] = ACTION.runs.steps;

  it('passes every input in a variable, and has no expression in a command', () => {
    assert.equal(ACTION.runs.using, 'composite');
    assert.equal(ACTION.runs.steps.length, 1);
    assert.deepEqual(
      step!.env,
      Object.fromEntries(Object.keys(ACTION.inputs).map((name) => [variableOf(name), `\${{ inputs.${name} }}`])),
    );
    assert.doesNotMatch(step!.run + step!.shell, /\$\{\{/);
  });

  it('runs the script of the action', () => {
    assert.equal(step!.run, 'bash "$GITHUB_ACTION_PATH/tools/action/lint.sh"');
    assert.ok(existsSync(SCRIPT));
  });

  it('has the outputs that the script writes', () => {
    assert.deepEqual(
      Object.entries(ACTION.outputs).map(([name, { value }]) => [name, value]),
      ['exit-code', 'sarif-file'].map((name) => [name, `\${{ steps.${step!.id}.outputs.${name} }}`]),
    );
  });

  it('gives every input a default and a description', () => {
    for (const [name, input] of Object.entries(ACTION.inputs))
      assert.ok(typeof input.default === 'string' && /^[A-Z].*\.$/.test(input.description), name);
  });
});

describe('the script of the action', function () {
  // Runners of GitHub have Git's bash on Windows; the first bash in a PATH can be another one.
  if (process.platform === 'win32') return;

  it('installs the version of the action, outside the repository and without scripts', () => {
    const { status, args, cwd, installed, outputs, stdout } = run({});
    assert.deepEqual(installed, [
      `/temp/stackwarden-${VERSION}`,
      'install',
      '--prefix',
      '.',
      '--no-save',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
      `stackwarden@${VERSION}`,
    ]);
    assert.deepEqual(args, ['lint', '--format=github', '--', '.']);
    assert.deepEqual([status, cwd, outputs, stdout], [0, '/repository', 'exit-code=0\n', 'the report\n']);
  });

  it('passes inputs on as options', () => {
    const { args, cwd, installed } = run({
      path: 'a.yaml\nmodules/web app\r\n\n-b.json\n',
      version: '1.2.3-beta.1',
      profile: 'strict',
      'fail-on': 'high',
      format: 'text',
      baseline: 'known findings.json',
      args: '--certainty possible\n--ignore s3-*',
      'working-directory': 'infra/a b',
    });
    assert.equal(installed.at(-1), 'stackwarden@1.2.3-beta.1');
    assert.deepEqual(args, [
      'lint',
      '--profile=strict',
      '--fail-on=high',
      '--baseline=known findings.json',
      '--certainty',
      'possible',
      '--ignore',
      's3-*',
      '--format=text',
      '--',
      'a.yaml',
      'modules/web app',
      '-b.json',
    ]);
    assert.equal(cwd, '/repository/infra/a b');
  });

  it('writes a SARIF report and a summary in the same run, relative to the root of the repository', () => {
    const ran = run(
      { 'sarif-file': 'new/report.sarif', summary: 'true', 'working-directory': 'infra' },
      { STATUS: '1' },
    );
    assert.deepEqual(ran.args, [
      'lint',
      '--format=github',
      '--output=sarif=/repository/new/report.sarif',
      '--exclude-suppressed',
      '--output=markdown=/temp/stackwarden-summary.md',
      '--',
      '.',
    ]);
    assert.equal(ran.status, 1);
    assert.equal(ran.outputs, 'exit-code=1\nsarif-file=new/report.sarif\n');
    assert.equal(ran.sarif, 'as sarif\n');
    assert.equal(ran.summary, 'as markdown\n');
  });

  it('names no SARIF report that was not written', () => {
    const { status, outputs, summary } = run({ 'sarif-file': 'report.sarif', summary: 'true' }, { STATUS: '2' });
    assert.deepEqual([status, outputs, summary], [2, 'exit-code=2\n', '']);
  });

  for (const text of HOSTILE)
    it(`does not evaluate ${text}`, () => {
      const { args, status } = run({
        path: text,
        profile: text,
        'fail-on': text,
        format: text,
        baseline: text,
        'sarif-file': text,
        args: text,
      });
      assert.equal(status, 0);
      assert.deepEqual(args, [
        'lint',
        `--profile=${text}`,
        `--fail-on=${text}`,
        `--baseline=${text}`,
        ...text.split(' '),
        `--format=${text}`,
        `--output=sarif=/repository/${text}`,
        '--exclude-suppressed',
        '--',
        text,
      ]);
    });

  for (const version of [
    'latest',
    '^1.0.0',
    '1.2',
    '1.2.3 --registry=https://registry.example.com',
    '1.2.3\n--force',
    'npm:other@1.2.3',
    'https://example.com/x.tgz',
    '../x',
    '$(id)',
  ])
    it(`refuses the version ${JSON.stringify(version)}`, () => {
      const { status, installed, args, stdout } = run({ version });
      assert.deepEqual([status, installed, args], [2, [''], undefined]);
      assert.match(stdout, /^::error title=Stackwarden::version must be an exact version such as 1\.2\.3: [^\n]*\n$/);
    });

  it('refuses a file name that would add an output', () => {
    const { status, outputs, args } = run({ 'sarif-file': 'a.sarif\nexit-code=0' });
    assert.deepEqual([status, outputs, args], [2, '', undefined]);
  });

  it('refuses a missing folder, another summary, and a failed installation', () => {
    assert.match(run({ 'working-directory': 'missing' }).stdout, /working-directory is not a directory: missing/);
    assert.match(
      run({ summary: 'yes\n::warning::x' }).stdout,
      /^::error title=Stackwarden::summary must be true or false: yes%0A::warning::x\n$/,
    );
    const { status, stdout } = run({}, { NPM_FAILS: 'yes' });
    assert.deepEqual(
      [status, stdout],
      [2, `::error title=Stackwarden::stackwarden@${VERSION} could not be installed.\n`],
    );
  });

  it('ignores a program in the repository', () => {
    const folder = makeFolder({});
    mkdirSync(folder.at('node_modules/stackwarden/dist'), { recursive: true });
    writeFileSync(folder.at('node_modules/stackwarden/dist/cli.cjs'), 'process.exit(7)');
    const { status } = run({ 'working-directory': folder.path });
    folder.remove();
    assert.equal(status, 0);
  });

  it('needs Node.js 20', () => {
    const folder = makeFolder({ node: '#!/usr/bin/env bash\necho false\n' });
    chmodSync(folder.at('node'), 0o755);
    const { status, stdout } = run({}, { PATH: [folder.path, process.env['PATH']].join(delimiter) });
    folder.remove();
    assert.deepEqual([status, stdout.includes('needs Node.js 20')], [2, true]);
  });
});
