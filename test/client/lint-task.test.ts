/** The task that checks files, and how VS Code reads its output. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { lintArguments, MATCHERS, TASK_TYPE } from '../../client/src/lint-task.ts';
import { CERTAINTIES } from '../../server/src/model/finding.ts';
import { PROFILES } from '../../server/src/model/profile.ts';
import { SEVERITIES } from '../../server/src/model/severity.ts';

interface Pattern {
  readonly name: string;
  readonly regexp: string;
  readonly file: number;
  readonly line: number;
  readonly column: number;
  readonly code: number;
  readonly message: number;
}

interface Contributes {
  readonly problemPatterns: readonly Pattern[];
  readonly problemMatchers: readonly { readonly name: string; readonly pattern: string; readonly severity: string }[];
  readonly taskDefinitions: readonly {
    readonly type: string;
    readonly required: readonly string[];
    readonly properties: Readonly<Record<string, { readonly enum?: readonly string[] }>>;
  }[];
}

const { contributes } = JSON.parse(
  readFileSync(fileURLToPath(new URL('../../package.json', import.meta.url)), 'utf8'),
) as { readonly contributes: Contributes };

/** A line as a matcher reads it: the first matcher that fits counts. */
function read(line: string, matchers: readonly string[] = MATCHERS): readonly unknown[] | undefined {
  for (const name of matchers) {
    const matcher = contributes.problemMatchers.find((each) => `$${each.name}` === name)!;
    const pattern = contributes.problemPatterns.find((each) => `$${each.name}` === matcher.pattern)!;
    const match = new RegExp(pattern.regexp).exec(line);
    if (!match) continue;
    return [
      match[pattern.file],
      Number(match[pattern.line]),
      Number(match[pattern.column]),
      matcher.severity,
      match[pattern.code],
      match[pattern.message],
    ];
  }
  return undefined;
}

describe('the problem matchers', () => {
  it('read each finding of a quiet report', () => {
    const line = 'stacks/web app.yaml:12:7 high s3-bucket-versioning Pictures has no versioning. Set Status: Enabled.';
    assert.deepEqual(read(line), [
      'stacks/web app.yaml',
      12,
      7,
      'warning',
      's3-bucket-versioning',
      'Pictures has no versioning. Set Status: Enabled.',
    ]);
    assert.deepEqual(read(line, ['$stackwarden']), read(line));
  });

  it('know every severity, as editors show it', () =>
    assert.deepEqual(
      SEVERITIES.map((severity) => read(`a.yaml:1:1 ${severity} a-rule M.`)?.[3]),
      ['error', 'warning', 'warning', 'info', 'info'],
    ));

  it('read problems, and paths of Windows', () => {
    for (const word of ['syntax', 'problem'])
      for (const matchers of [MATCHERS, ['$stackwarden']])
        assert.deepEqual(read(`C:\\w\\a.yaml:1:1 ${word} M.`, matchers), [
          'C:\\w\\a.yaml',
          1,
          1,
          matchers === MATCHERS ? 'error' : 'warning',
          word,
          'M.',
        ]);
  });

  it('read nothing else', () => {
    for (const line of ['3 findings in 2 files.', 'a.yaml:1:1 M.', 'a.yaml: 12 high', '', '  fix: Set X (safe)'])
      assert.equal(read(line), undefined, line);
  });
});

describe('the task', () => {
  const [definition] = contributes.taskDefinitions;

  it('is the one of the manifest, with the values of the command line', () => {
    assert.equal(definition?.type, TASK_TYPE);
    assert.deepEqual(definition.required, ['task']);
    assert.deepEqual(definition.properties['profile']?.enum, PROFILES);
    assert.deepEqual(definition.properties['certainty']?.enum, CERTAINTIES);
  });

  it('checks the folder, or what is named', () => {
    assert.deepEqual(lintArguments({ type: TASK_TYPE, task: 'lint' }), ['lint', '--quiet', '--', '.']);
    assert.deepEqual(
      lintArguments({ type: TASK_TYPE, task: 'lint', paths: ['a', '--fix'], profile: 'strict', certainty: 'possible' }),
      ['lint', '--quiet', '--profile', 'strict', '--certainty', 'possible', '--', 'a', '--fix'],
    );
  });

  it('runs nothing that a workspace writes as something else', () => {
    for (const definition of [
      {},
      { task: 'fix' },
      { task: 'lint', paths: 'a' },
      { task: 'lint', paths: [1] },
      { task: 'lint', profile: '--fix' },
      { task: 'lint', profile: 'strict --fix' },
      { task: 'lint', certainty: ['possible'] },
    ])
      assert.equal(lintArguments({ type: TASK_TYPE, ...definition }), undefined, JSON.stringify(definition));
  });

  it('always runs the command line of the extension', () => {
    const source = readFileSync(fileURLToPath(new URL('../../client/src/lint-tasks.ts', import.meta.url)), 'utf8');
    assert.match(source, /new ProcessExecution\(process\.execPath, \[this\.#commandLine, \.\.\.args\]/);
    assert.match(source, /asAbsolutePath\('dist\/cli\.cjs'\)/);
    assert.doesNotMatch(source, /ShellExecution/);
  });
});
