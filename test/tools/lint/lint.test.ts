import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'jsonc-parser';
import { ALLOWED, VIOLATIONS } from './violations.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

interface Configured {
  readonly rules?: Readonly<Record<string, unknown>>;
}

interface Report {
  readonly diagnostics: readonly { readonly code?: string; readonly filename: string }[];
}

describe('lint rules', () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'lint-')));
  after(() => {
    rmSync(folder, { recursive: true });
  });
  let reported: ReadonlyMap<string, readonly string[]>;
  const violations = VIOLATIONS.map(([rule, file, code], index) => ({ rule, code, file: named(file, `v${index}`) }));
  const allowed = ALLOWED.map(([file, code], index) => ({ code, file: named(file, `n${index}`) }));

  before(function () {
    this.timeout(120_000);
    for (const { file, code } of [...violations, ...allowed]) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), `${code}\n`);
    }
    for (const name of ['.oxlintrc.json', 'tsconfig.json']) copyFileSync(ROOT + name, join(folder, name));
    symlinkSync(`${ROOT}node_modules`, join(folder, 'node_modules'), 'junction');
    reported = reportedIn(folder);
  });

  it('each have code that violates them', () => {
    const { rules, overrides } = parse(readFileSync(`${ROOT}.oxlintrc.json`, 'utf8')) as Configured & {
      readonly overrides: readonly Configured[];
    };
    const active = [rules, ...overrides.map((override) => override.rules)]
      .flatMap((all) => Object.entries(all ?? {}))
      .filter(([, setting]) => setting !== 'off')
      .map(([rule]) => rule)
      .concat('unused directive');
    assert.deepEqual([...new Set(active)].sort(), [...new Set(VIOLATIONS.map(([rule]) => rule))].sort());
  });

  it('report what violates them', () => {
    const missed = violations.filter(({ rule, file }) => !reported.get(file)?.includes(rule));
    assert.deepEqual(
      missed.map(({ rule, code }) => [rule, code]),
      [],
    );
  });

  it('report nothing else', () => {
    assert.deepEqual(
      allowed.filter(({ file }) => reported.has(file)).map(({ file, code }) => [code, reported.get(file)]),
      [],
    );
  });
});

/** The path of a file with an own name in the folder of `a.ts`; other names are part of what a rule is about. */
function named(file: string, name: string): string {
  return file.replace(/(?<=^|\/)a(?=\.\w+$)/, name);
}

/** The rules that report each file, by their names in the configuration. */
function reportedIn(folder: string): ReadonlyMap<string, readonly string[]> {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [`${ROOT}node_modules/oxlint/bin/oxlint`, '--ignore-pattern', 'node_modules', '--format', 'json'],
    { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 26 },
  );
  assert.equal(stderr, '');
  const reported = new Map<string, string[]>();
  for (const { code, filename } of (JSON.parse(stdout) as Report).diagnostics) {
    const file = filename.replaceAll('\\', '/');
    const rules = reported.get(file) ?? [];
    reported.set(file, rules);
    rules.push(ruleOf(code));
  }
  return reported;
}

/** The name of a rule in the configuration: `typescript/array-type` of `typescript(array-type)`. */
function ruleOf(code: string | undefined): string {
  if (code === undefined) return 'unused directive';
  const [, plugin, rule] = /^([^(]+)\((.+)\)$/.exec(code) ?? [undefined, code, ''];
  return plugin === 'eslint' ? rule : `${plugin}/${rule}`;
}
