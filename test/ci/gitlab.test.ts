/** The template for GitLab CI/CD: its inputs, its job, and what its script calls. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';
import { HOSTILE, recorder } from './recorder.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const TEXT = readFileSync(join(ROOT, 'templates/stackwarden.yml'), 'utf8');
const { version: VERSION } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  readonly version: string;
};

interface Input {
  readonly description: string;
  readonly default: string | boolean;
  readonly type?: string;
}

interface GitLabJob {
  readonly variables: Readonly<Record<string, string>>;
  readonly script: readonly string[];
  readonly rules: readonly unknown[];
  readonly artifacts: {
    readonly when: string;
    readonly paths: readonly string[];
    readonly reports: Readonly<Record<string, string>>;
  };
}

const documents = parseAllDocuments(TEXT);
const header = documents[0]!.toJS() as { readonly spec: { readonly inputs: Readonly<Record<string, Input>> } };
const jobs = documents[1]!.toJS() as Readonly<Record<string, GitLabJob>>;
const { inputs } = header.spec;
const [job] = Object.values(jobs);

/** The file in which the job expects its report. */
const REPORT = 'gl-code-quality-report.json';

describe('the template for GitLab', () => {
  it('has a header with inputs and one job', () => {
    assert.deepEqual(
      documents.flatMap(({ errors }) => errors),
      [],
    );
    assert.equal(documents.length, 2);
    assert.deepEqual(Object.keys(jobs), ['$[[ inputs.job-name ]]']);
  });

  it('uses each input once, and has no other', () => {
    const used = [...TEXT.matchAll(/\$\[\[ inputs\.([\w-]+) \]\]/g)].map(([, name]) => name);
    assert.deepEqual(used.toSorted(), Object.keys(inputs).sort());
  });

  it('gives each input a default and a description, and Stackwarden the version of the package', () => {
    for (const [name, input] of Object.entries(inputs)) {
      assert.match(input.description, /^[A-Z].*\.$/, name);
      assert.equal(typeof input.default, input.type ?? 'string', name);
    }
    assert.equal(inputs['version']!.default, VERSION);
  });

  it('has no input in its script', () => {
    assert.doesNotMatch(job!.script.join('\n'), /\$\[\[/);
  });

  it('shows the report in merge requests, also after findings', () => {
    assert.deepEqual(job!.artifacts, { when: 'always', paths: [REPORT], reports: { codequality: REPORT } });
  });
});

describe('the script of the template for GitLab', function () {
  if (process.platform === 'win32') return;

  /** Runs the script as a runner does: in one shell that stops at the first failure. */
  const run = (given: Readonly<Record<string, string>>, status = '0') => {
    const { folder, environment, recorded, read } = recorder({ 'project/a.yaml': '' });
    try {
      const values = Object.entries(job!.variables).map(([name, text]) => {
        const input = /^\$\[\[ inputs\.([\w-]+) \]\]$/.exec(text)![1]!;
        return [name, given[input] ?? String(inputs[input]!.default)];
      });
      const script = job!.script.join('\n').replaceAll('/tmp/stackwarden', folder.at('tool'));
      const ran = spawnSync('sh', ['-e', '-c', script], {
        cwd: folder.at('project'),
        encoding: 'utf8',
        env: {
          ...environment,
          CI_PROJECT_DIR: folder.at('project'),
          STATUS: status,
          ...(Object.fromEntries(values) as Record<string, string>),
        },
      });
      return {
        status: ran.status,
        stdout: ran.stdout,
        stderr: ran.stderr,
        ...recorded(),
        report: read(`project/${REPORT}`),
      };
    } finally {
      folder.remove();
    }
  };

  it('installs the version outside the project, and checks the project', () => {
    const { status, installed, args, cwd, report } = run({});
    assert.deepEqual(
      [installed[0], installed.at(-1), installed.includes('--ignore-scripts')],
      ['/tool', `stackwarden@${VERSION}`, true],
    );
    assert.deepEqual(args, ['lint', `--output=gitlab=${REPORT}`, '--', '.']);
    assert.deepEqual([status, cwd, report], [0, '/project', 'as gitlab\n']);
  });

  it('passes inputs on as options', () => {
    const { args } = run({
      path: 'web app\n\n-b.yaml',
      profile: 'strict',
      'fail-on': 'high',
      baseline: 'known findings.json',
      args: '--certainty possible --ignore s3-*',
    });
    assert.deepEqual(args, [
      'lint',
      `--output=gitlab=${REPORT}`,
      '--profile=strict',
      '--fail-on=high',
      '--baseline=known findings.json',
      '--certainty',
      'possible',
      '--ignore',
      's3-*',
      '--',
      'web app',
      '-b.yaml',
    ]);
  });

  it('fails with the exit code of the program', () => {
    assert.deepEqual([run({}, '1').status, run({}, '2').status], [1, 2]);
  });

  for (const text of HOSTILE)
    it(`does not evaluate ${text}`, () => {
      const { args, status, stderr } = run({ path: text, profile: text, 'fail-on': text, baseline: text, args: text });
      assert.deepEqual([status, stderr], [0, '']);
      assert.deepEqual(args, [
        'lint',
        `--output=gitlab=${REPORT}`,
        `--profile=${text}`,
        `--fail-on=${text}`,
        `--baseline=${text}`,
        ...text.split(' '),
        '--',
        text,
      ]);
    });
});
